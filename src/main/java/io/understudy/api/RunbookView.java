package io.understudy.api;

import io.understudy.decision.Remediation;
import io.understudy.estate.ComponentId;
import io.understudy.runbook.Rehearsed;
import io.understudy.runbook.Runbook;
import io.understudy.runbook.Step;
import io.understudy.runbook.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A runbook as it is shown. */
record RunbookView(Remediation remediation, ComponentId target, List<StepView> steps) {

    /** One step, as data. */
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
            Optional<RehearsalView> rehearsal) {

        static StepView of(Step step, Optional<RehearsalView> rehearsal) {
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
                    rehearsal);
        }
    }

    /** What a step would come to now. */
    record RehearsalView(
            Rehearsed.Verdict verdict,
            String message,
            Optional<String> command,
            Optional<String> executor,
            List<Integer> after) {

        static RehearsalView of(Rehearsed found) {
            return new RehearsalView(
                    found.verdict(),
                    found.message(),
                    found.command(),
                    found.executor(),
                    found.after());
        }
    }

    static RunbookView of(Runbook runbook) {
        return of(runbook, List.of());
    }

    /** With what its steps would come to, where they were rehearsed. */
    static RunbookView of(Runbook runbook, List<Rehearsed> rehearsed) {
        return new RunbookView(
                runbook.remediation(),
                runbook.target(),
                runbook.steps().stream()
                        .map(step ->
                                StepView.of(
                                        step,
                                        rehearsed.stream()
                                                .filter(found -> found.step() == step.number())
                                                .findFirst()
                                                .map(RehearsalView::of)))
                        .toList());
    }
}
