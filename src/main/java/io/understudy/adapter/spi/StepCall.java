package io.understudy.adapter.spi;

import io.understudy.runbook.Action;
import java.time.Duration;

/**
 * One order to an executor.
 *
 * @param fencingToken grows with every owner of the run: an executor refuses a call with an older
 *     one than it has seen for the run
 * @param attempt from 1
 * @param timeLimit after which the executor must have stopped and answered
 */
public record StepCall(
        String runId,
        int stepNumber,
        int attempt,
        long fencingToken,
        Action action,
        Duration timeLimit) {}
