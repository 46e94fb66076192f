package io.understudy.run;

import io.understudy.decision.Decision;
import io.understudy.decision.RunState;
import io.understudy.runbook.Runbook;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A remediation being carried out.
 *
 * @param decision the decision that it carries out, as taken
 * @param openedBy the person who asked for it, or {@code understudy}
 * @param cancelRequestedBy who wants it to stop before its next step
 * @param outcome once ended: what came of it, and what to do where it failed
 * @param incident the incident that it belongs to
 */
public record Run(
        String id,
        Decision decision,
        Runbook runbook,
        RunState state,
        List<StepState> steps,
        List<Approval> approvals,
        String openedBy,
        Instant openedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<String> cancelRequestedBy,
        Optional<Outcome> outcome,
        Optional<String> incident) {

    /** How a run ended or why it asks, and what to do. */
    public record Outcome(String message, String whatToDo) {}

    public Run {
        steps = List.copyOf(steps);
        approvals = List.copyOf(approvals);
    }
}
