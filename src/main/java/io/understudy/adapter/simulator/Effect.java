package io.understudy.adapter.simulator;

import io.understudy.runbook.Action;
import java.time.Instant;

/** Something that an order really changed in the twin: one line of its log. */
public record Effect(Instant at, String runId, int step, int attempt, long token, Action action) {}
