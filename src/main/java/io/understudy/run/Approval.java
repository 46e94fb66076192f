package io.understudy.run;

import java.time.Instant;

/** Somebody's word that a run may start. */
public record Approval(String actor, Instant at) {}
