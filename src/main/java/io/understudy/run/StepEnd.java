package io.understudy.run;

import io.understudy.runbook.Step;
import io.understudy.runbook.Verification;
import java.util.stream.Collectors;

/** How the work on a step ends when it is not done: asked, left out, failed. */
record StepEnd(StepContext context) {

    /** What is left to a person; resumed with TOOK_EFFECT the step is done. */
    Tick byHand(Step step) {
        if (step.optional()) {
            return skip(step, "this is done by hand, and the run need not wait for it");
        }
        return asked(
                step,
                "this is done by hand: " + step.title(),
                step.command()
                        + ". Then resume the run with TOOK_EFFECT; or hand it over or cancel it");
    }

    /** It may neither be taken as done nor repeated. */
    Tick ask(Step step, String why) {
        if (step.optional()) {
            return skip(step, why);
        }
        String look =
                step.verifications().isEmpty()
                        ? "look whether '" + step.title() + "' took effect"
                        : step.verifications().stream()
                                .map(Verification::expectation)
                                .collect(Collectors.joining("; ", "look whether: ", ""));
        return asked(
                step,
                why,
                look
                        + ". Then resume the run with TOOK_EFFECT if so, or with REPEAT if not; or"
                        + " hand it over or cancel it");
    }

    private Tick asked(Step step, String why, String whatToDo) {
        context.store().write(owned -> owned.asked(step.number(), why, whatToDo));
        return new Tick.AwaitsPerson();
    }

    Tick exhausted(Step step, int attempts, String why) {
        return fail(
                step,
                "no effect after " + attempts + " attempts: " + why,
                "find out why, mend it, and open the run again; " + context.run().whatWasDone());
    }

    /** It had no effect, and the run ends with it unless the step is optional. */
    Tick fail(Step step, String why, String whatToDo) {
        if (step.optional()) {
            return skip(step, why);
        }
        context.store().write(owned -> owned.failed(step.number(), why, whatToDo));
        return new Tick.Ended();
    }

    private Tick skip(Step step, String why) {
        String left = why + "; left to people: " + step.command();
        context.store().write(owned -> owned.skipped(step.number(), left));
        return new Tick.Continue();
    }
}
