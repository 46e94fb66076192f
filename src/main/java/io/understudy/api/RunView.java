package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.decision.Remediation;
import io.understudy.decision.RunState;
import io.understudy.document.DecisionDocument;
import io.understudy.estate.ComponentId;
import io.understudy.run.Approval;
import io.understudy.run.Carrier;
import io.understudy.run.Run;
import io.understudy.run.StepState;
import io.understudy.runbook.Step;
import io.understudy.runbook.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A run as it is shown. */
record RunView(
        String id,
        Remediation remediation,
        ComponentId target,
        RunState state,
        String openedBy,
        Instant openedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<String> cancelRequestedBy,
        Optional<String> incident,
        Optional<Run.Outcome> outcome,
        int approvalsRequired,
        List<Approval> approvals,
        Optional<JsonNode> decision,
        Optional<List<StepView>> steps) {

    /** A step and where it stands. */
    record StepView(
            int number,
            String title,
            String command,
            List<String> verifications,
            String undo,
            boolean repeatable,
            boolean irreversible,
            boolean optional,
            List<String> notes,
            Duration timeLimit,
            StepState.Phase phase,
            int attempts,
            Optional<Instant> intentAt,
            Optional<Instant> actedAt,
            Optional<Instant> endedAt,
            String message,
            Optional<String> executor,
            Optional<String> managementServer) {

        static StepView of(Step step, StepState state) {
            return new StepView(
                    step.number(),
                    step.title(),
                    step.command(),
                    step.verifications().stream().map(Verification::expectation).toList(),
                    step.undo(),
                    step.repeatable(),
                    step.irreversible(),
                    step.optional(),
                    step.notes(),
                    step.timeLimit(),
                    state.phase(),
                    state.attempts(),
                    state.intentAt(),
                    state.actedAt(),
                    state.endedAt(),
                    state.message(),
                    state.carrier().map(Carrier::executor),
                    state.carrier().flatMap(Carrier::managementServer).map(Carrier.Machine::name));
        }
    }

    /** All of it. */
    static RunView of(Run run) {
        List<StepView> steps =
                run.steps().stream().map(s -> StepView.of(run.step(s.number()), s)).toList();
        return shown(run, Optional.of(DecisionDocument.write(run.decision())), Optional.of(steps));
    }

    /** Without decision and steps, for listings. */
    static RunView summary(Run run) {
        return shown(run, Optional.empty(), Optional.empty());
    }

    private static RunView shown(
            Run run, Optional<JsonNode> decision, Optional<List<StepView>> steps) {
        return new RunView(
                run.id(),
                run.decision().remediation(),
                run.decision().target(),
                run.state(),
                run.openedBy(),
                run.openedAt(),
                run.startedAt(),
                run.endedAt(),
                run.cancelRequestedBy(),
                run.incident(),
                run.outcome(),
                run.approvalsNeeded(),
                run.approvals(),
                decision,
                steps);
    }
}
