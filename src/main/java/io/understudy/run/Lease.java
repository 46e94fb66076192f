package io.understudy.run;

import java.time.Instant;

/**
 * The right to act on a run.
 *
 * @param holder the process that has it
 * @param token only grows; goes with every write and every executor call
 * @param until by the database's clock
 */
public record Lease(String runId, String holder, long token, Instant until) {}
