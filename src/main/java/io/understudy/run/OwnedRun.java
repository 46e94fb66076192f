package io.understudy.run;

import io.understudy.decision.RunState;
import io.understudy.run.StepState.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run in the hands of the process that holds its lease: what only the owner may do. Like those of
 * {@link Run}, every transition returns the next state or throws {@link RunRefusal} WRONG_STATE.
 *
 * <p>Of a step: {@code PENDING -> INTENDED -> ACTED -> DONE}; back from INTENDED to PENDING when it
 * certainly had no effect; an optional one may be SKIPPED from each of them; FAILED ends the run.
 *
 * @param token the fencing token of the lease
 * @param at the time of the transition
 */
record OwnedRun(Run run, long token, Instant at) {

    /** A person is about to be asked to do the step. */
    RunStore.Change intend(int step) {
        return intend(step, Optional.empty());
    }

    /** The step is about to act. Refused once somebody wants the run to stop. */
    RunStore.Change intend(int step, Carrier carrier) {
        return intend(step, Optional.of(carrier));
    }

    private RunStore.Change intend(int step, Optional<Carrier> carrier) {
        StepState state = in(step, Phase.PENDING);
        if (run.cancelRequestedBy().isPresent()) {
            throw run.wrongState("carried on", "somebody wants it to stop");
        }
        StepState intended = state.intended(at, carrier);
        String title = run.step(step).title() + ", attempt " + intended.attempts();
        return change(run.withStep(intended), step, JournalEntry.Kind.INTENT, title);
    }

    /** A new owner has found the step's intention and cannot know whether it acted. */
    RunStore.Change found(int step) {
        in(step, Phase.INTENDED);
        return change(
                run,
                step,
                JournalEntry.Kind.RESUMED,
                "its intention was written by another owner; first it is looked whether it took"
                        + " effect");
    }

    /** The effect is there without anything having been done now; verification follows. */
    RunStore.Change alreadyDone(int step, String how) {
        StepState state = in(step, Phase.INTENDED);
        return change(
                run.withStep(state.answered(Phase.ACTED, at, how)),
                step,
                JournalEntry.Kind.ALREADY_DONE,
                how);
    }

    /** The executor says that it was carried out; verification follows. */
    RunStore.Change acted(int step, String said) {
        return answered(step, Phase.ACTED, said);
    }

    /** The executor says that it certainly had no effect and may work later. */
    RunStore.Change retryable(int step, String said) {
        return answered(step, Phase.PENDING, "no effect, to be tried again: " + said);
    }

    /** The executor does not know whether it had an effect. */
    RunStore.Change uncertain(int step, String said) {
        return answered(step, Phase.INTENDED, "may have taken effect: " + said);
    }

    /** It was seen that it had no effect: it may be carried out again. */
    RunStore.Change notDone(int step, String seen) {
        StepState state = in(step, Phase.INTENDED);
        return change(run.withStep(state.back(seen)), step, JournalEntry.Kind.RESUMED, seen);
    }

    /** The effect was seen. */
    RunStore.Change verified(int step, String seen) {
        StepState state = in(step, Phase.ACTED);
        return change(run.withStep(state.done(at, seen)), step, JournalEntry.Kind.VERIFIED, seen);
    }

    /** A step without an effect of its own came out well. */
    RunStore.Change reassessed(int step, String seen) {
        StepState state = in(step, Phase.PENDING);
        return change(run.withStep(state.done(at, seen)), step, JournalEntry.Kind.VERIFIED, seen);
    }

    /** What the executor's tool says meanwhile. */
    RunStore.Change said(int step, String line) {
        in(step, Phase.INTENDED);
        return change(run, step, JournalEntry.Kind.PROGRESS, line);
    }

    /** An optional step is left out. */
    RunStore.Change skipped(int step, String why) {
        StepState state = in(step, Phase.PENDING, Phase.INTENDED, Phase.ACTED);
        return change(run.withStep(state.skipped(at, why)), step, JournalEntry.Kind.SKIPPED, why);
    }

    /** The step failed and had no effect: the run has failed with it. */
    RunStore.Change failed(int step, String why, String whatToDo) {
        StepState state = in(step, Phase.PENDING, Phase.INTENDED);
        String message = "step " + step + " (" + run.step(step).title() + ") failed: " + why;
        Run.Outcome outcome = new Run.Outcome(message, whatToDo);
        return new RunStore.Change(
                run.withStep(state.failed(at, why)).endedAs(RunState.FAILED, at, outcome),
                List.of(
                        line(step, JournalEntry.Kind.STEP_FAILED, why),
                        line(0, JournalEntry.Kind.FAILED, message)));
    }

    /** The run may neither take the step as done nor repeat it, and asks a person. */
    RunStore.Change asked(int step, String why, String whatToDo) {
        in(step, Phase.INTENDED, Phase.ACTED);
        Run.Outcome question = new Run.Outcome("step " + step + ": " + why, whatToDo);
        return change(run.asking(question), step, JournalEntry.Kind.ASKED, why);
    }

    /** It stops before its next step. */
    RunStore.Change cancelled(String why) {
        requireRunning();
        if (run.current().filter(step -> step.phase() != Phase.PENDING).isPresent()) {
            throw run.wrongState("stopped in the middle of a step", "the step ends first");
        }
        Run.Outcome outcome = new Run.Outcome(why, run.whatWasDone());
        return change(
                run.endedAs(RunState.CANCELLED, at, outcome), 0, JournalEntry.Kind.CANCELLED, why);
    }

    /** All steps are done. */
    RunStore.Change succeeded() {
        requireRunning();
        if (run.current().isPresent()) {
            throw run.wrongState("ended well", "not every step is done");
        }
        long skipped = run.steps().stream().filter(s -> s.phase() == Phase.SKIPPED).count();
        String message =
                skipped == 0
                        ? "all " + run.steps().size() + " steps are done and verified"
                        : (run.steps().size() - skipped)
                                + " steps are done and verified, "
                                + skipped
                                + " optional ones are left to people";
        Run.Outcome outcome = new Run.Outcome(message, "");
        return change(
                run.endedAs(RunState.SUCCEEDED, at, outcome),
                0,
                JournalEntry.Kind.SUCCEEDED,
                message);
    }

    private RunStore.Change answered(int step, Phase next, String said) {
        StepState state = in(step, Phase.INTENDED);
        return change(
                run.withStep(state.answered(next, at, said)), step, JournalEntry.Kind.ACTED, said);
    }

    private StepState in(int step, Phase... allowed) {
        requireRunning();
        StepState state =
                run.current()
                        .orElseThrow(() -> run.wrongState("changed: all steps are done", "end it"));
        if (state.number() != step || !List.of(allowed).contains(state.phase())) {
            throw run.wrongState(
                    "changed so: its step " + state.number() + " is " + state.phase(),
                    "load the run again");
        }
        return state;
    }

    private void requireRunning() {
        if (run.state() != RunState.RUNNING) {
            throw run.wrongState("carried on", "load the run again");
        }
    }

    private RunStore.Change change(Run next, int step, JournalEntry.Kind kind, String message) {
        return new RunStore.Change(next, List.of(line(step, kind, message)));
    }

    private JournalEntry line(int step, JournalEntry.Kind kind, String message) {
        return new JournalEntry(at, step, kind, token, Run.UNDERSTUDY, message);
    }
}
