package io.understudy.run;

import io.understudy.runbook.Action;
import io.understudy.runbook.Step;
import java.util.Optional;

/** The one thing that a tick does for the current step of a run. */
record StepWork(StepContext context) {

    Tick tick() {
        Run run = context.run();
        Optional<StepState> current = run.current();
        if (current.isEmpty()) {
            context.store().write(OwnedRun::succeeded);
            return new Tick.Ended();
        }
        StepState state = current.get();
        Step step = run.step(state.number());
        return switch (state.phase()) {
            case PENDING -> begin(step, state);
            case INTENDED -> intended(step, state);
            case ACTED -> new StepLook(context).verify(step, state);
            case DONE, SKIPPED, FAILED ->
                    throw new IllegalStateException(
                            "run " + run.id() + " is RUNNING at a step that is " + state.phase());
        };
    }

    private Tick intended(Step step, StepState state) {
        return context.known(state)
                .map(known -> new StepAct(context).goOn(step, state, known))
                .orElseGet(() -> new StepRecovery(context).recover(step, state));
    }

    private Tick begin(Step step, StepState state) {
        Optional<String> cancelRequestedBy = context.run().cancelRequestedBy();
        if (cancelRequestedBy.isPresent()) {
            String why =
                    "cancelled by " + cancelRequestedBy.get() + " before step " + step.number();
            context.store().write(owned -> owned.cancelled(why));
            return new Tick.Ended();
        }
        if (step.action() instanceof Action.Reassess) {
            return reassess(step);
        }
        if (step.action() instanceof Action.ByHand) {
            context.store().write(owned -> owned.intend(step.number()));
            return new StepEnd(context).byHand(step);
        }
        return new StepAct(context).begin(step, state);
    }

    private Tick reassess(Step step) {
        Run run = context.run();
        return switch (context.reassessment().reassess(run)) {
            case Reassessment.Verdict.StillRight right -> {
                context.store().write(owned -> owned.reassessed(step.number(), right.why()));
                yield new Tick.Continue();
            }
            case Reassessment.Verdict.Changed changed -> {
                String why = "the evidence has changed: " + changed.why();
                if (run.steps().stream().anyMatch(other -> other.attempts() > 0)) {
                    yield new StepEnd(context).fail(step, why, run.whatWasDone());
                }
                context.store().write(owned -> owned.cancelled(why));
                yield new Tick.Ended();
            }
        };
    }
}
