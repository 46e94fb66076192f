package io.understudy.api;

import io.understudy.decision.Remediation;
import io.understudy.estate.ComponentId;
import io.understudy.runbook.Runbook;
import io.understudy.runbook.Step;
import io.understudy.runbook.Verification;
import java.time.Duration;
import java.util.List;

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
            Duration timeLimit) {

        static StepView of(Step step) {
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
                    step.timeLimit());
        }
    }

    static RunbookView of(Runbook runbook) {
        return new RunbookView(
                runbook.remediation(),
                runbook.target(),
                runbook.steps().stream().map(StepView::of).toList());
    }
}
