package io.understudy.adapter.spi;

import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.Optional;

/**
 * One order to an executor.
 *
 * @param runId a UUID as text; hold it against a pattern of your own before it becomes part of a
 *     path
 * @param stepNumber from 1
 * @param attempt from 1; run, step and attempt together name the order: the same order given again
 *     must not act again
 * @param fencingToken grows with every owner of the run: an executor refuses a call with an older
 *     one than it has seen for the run
 * @param managementServer the one that the routing chose; empty where the route names none
 * @param timeLimit after which the executor must have stopped and answered
 */
public record StepCall(
        String runId,
        int stepNumber,
        int attempt,
        long fencingToken,
        Action action,
        Optional<ManagementServer> managementServer,
        Duration timeLimit) {

    /**
     * What an executor answers that has seen a newer token of the run; empty when this call has the
     * newest.
     *
     * @param newest the greatest token seen for the run
     */
    public Optional<StepOutcome> refusal(long newest) {
        return fencingToken >= newest
                ? Optional.empty()
                : Optional.of(
                        new StepOutcome.Refused(
                                "token "
                                        + fencingToken
                                        + " of run "
                                        + runId
                                        + " is older than "
                                        + newest
                                        + ", which was seen already",
                                "let the run's present owner go on"));
    }
}
