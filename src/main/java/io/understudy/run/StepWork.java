package io.understudy.run;

import io.understudy.adapter.spi.Probe;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.runbook.Action;
import io.understudy.runbook.Step;
import io.understudy.runbook.Verification;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one thing that a tick does for the current step of a run. */
final class StepWork {

    private static final System.Logger LOGGER = System.getLogger(StepWork.class.getName());

    private final Run run;
    private final OwnedStore store;
    private final ExecutorRouting executors;
    private final Reassessment reassessment;
    private final Sight sight;
    private final InstantSource clock;
    private final RunnerSettings pace;

    StepWork(
            Run run,
            OwnedStore store,
            ExecutorRouting executors,
            Reassessment reassessment,
            Sight sight,
            InstantSource clock,
            RunnerSettings pace) {
        this.run = run;
        this.store = store;
        this.executors = executors;
        this.reassessment = reassessment;
        this.sight = sight;
        this.clock = clock;
        this.pace = pace;
    }

    Tick tick() {
        Optional<StepState> current = run.current();
        if (current.isEmpty()) {
            store.write(OwnedRun::succeeded);
            return new Tick.Ended();
        }
        StepState state = current.get();
        Step step = run.step(state.number());
        return switch (state.phase()) {
            case PENDING -> begin(step, state);
            case INTENDED -> recover(step, state);
            case ACTED -> verify(step, state);
            case DONE, SKIPPED, FAILED ->
                    throw new IllegalStateException(
                            "run " + run.id() + " is RUNNING at a step that is " + state.phase());
        };
    }

    private Tick begin(Step step, StepState state) {
        if (run.cancelRequestedBy().isPresent()) {
            String who = run.cancelRequestedBy().get();
            store.write(owned ->
                    owned.cancelled("cancelled by " + who + " before step " + step.number()));
            return new Tick.Ended();
        }
        if (step.action() instanceof Action.Reassess) {
            return reassess(step);
        }
        if (step.action() instanceof Action.ByHand) {
            store.write(owned -> owned.intend(step.number()));
            return askFor(step);
        }
        Optional<Instant> earliest =
                state.actedAt().map(at -> at.plus(pace.backOff(state.attempts())));
        if (earliest.filter(clock.instant()::isBefore).isPresent()) {
            return new Tick.WaitUntil(earliest.get());
        }
        try {
            return act(step, executors.of(step.action()));
        } catch (RunRefusal refusal) {
            if (refusal.reason() != RunRefusal.Reason.NO_EXECUTOR) {
                throw refusal;
            }
            return fail(step, refusal.getMessage(), refusal.whatToDo());
        }
    }

    /** What is left to a person; resumed with TOOK_EFFECT the step is done. */
    private Tick askFor(Step step) {
        store.write(owned ->
                owned.asked(
                        step.number(),
                        "this is done by hand: " + step.title(),
                        step.command()
                                + ". Then resume the run with TOOK_EFFECT; or hand it over or"
                                + " cancel it"));
        return new Tick.AwaitsPerson();
    }

    private Tick reassess(Step step) {
        return switch (reassessment.reassess(run)) {
            case Reassessment.Verdict.StillRight right -> {
                store.write(owned -> owned.reassessed(step.number(), right.why()));
                yield new Tick.Continue();
            }
            case Reassessment.Verdict.Changed changed -> {
                String why = "the evidence has changed: " + changed.why();
                if (run.steps().stream().anyMatch(other -> other.attempts() > 0)) {
                    yield fail(step, why, run.whatWasDone());
                }
                store.write(owned -> owned.cancelled(why));
                yield new Tick.Ended();
            }
        };
    }

    private Tick act(Step step, Routed routed) {
        StepExecutor executor = routed.executor();
        Run intended = store.write(owned -> owned.intend(step.number()));
        StepCall call = call(step, intended.current().orElseThrow(), routed);
        if (check(executor, call) == Presence.DONE) {
            store.write(owned -> owned.alreadyDone(step.number(), "the effect was there before"));
            return new Tick.Continue();
        }
        store.requireOwned();
        return switch (carriedOut(executor, call)) {
            case StepOutcome.Done done -> {
                store.write(owned -> owned.acted(step.number(), done.message()));
                yield new Tick.Continue();
            }
            case StepOutcome.Retryable later -> tryLater(step, call.attempt(), later.message());
            case StepOutcome.Refused refused -> fail(step, refused.message(), refused.whatToDo());
            case StepOutcome.Fatal fatal -> fail(step, fatal.message(), fatal.whatToDo());
            case StepOutcome.Uncertain uncertain -> {
                store.write(owned -> owned.uncertain(step.number(), uncertain.message()));
                yield new Tick.Continue();
            }
        };
    }

    private Tick tryLater(Step step, int attempts, String why) {
        if (attempts >= pace.mostAttempts()) {
            return exhausted(step, attempts, why);
        }
        store.write(owned -> owned.retryable(step.number(), why));
        return new Tick.WaitUntil(clock.instant().plus(pace.backOff(attempts)));
    }

    /** The step's intention is there, and whether it acted is not known. It is never acted here. */
    private Tick recover(Step step, StepState state) {
        Instant lookedSince = announce(step, state);
        if (step.action() instanceof Action.ByHand) {
            return askFor(step);
        }
        Routed routed;
        try {
            routed = executors.of(step.action());
        } catch (RunRefusal refusal) {
            return ask(step, "whether it took effect cannot be asked: " + refusal.getMessage());
        }
        StepCall call = call(step, state, routed);
        Presence presence = check(routed.executor(), call);
        boolean seen = seen(step, state.intentAt().orElse(lookedSince)).isEmpty();
        if (presence == Presence.DONE
                || (presence == Presence.CANNOT_TELL && seen && !step.verifications().isEmpty())) {
            store.write(owned -> owned.alreadyDone(step.number(), "it had taken effect"));
            return new Tick.Continue();
        }
        if (presence == Presence.NOT_DONE && step.repeatable()) {
            String why = "it had not taken effect";
            if (state.attempts() >= pace.mostAttempts()) {
                return exhausted(step, state.attempts(), why);
            }
            store.write(owned -> owned.notDone(step.number(), why + " and may be repeated"));
            return new Tick.Continue();
        }
        // what an earlier owner began may still be under way: known so, it has its whole time
        Instant patience =
                presence == Presence.UNDER_WAY
                        ? state.intentAt().orElse(lookedSince).plus(call.timeLimit())
                        : lookedSince.plus(pace.settleTime());
        if (clock.instant().isBefore(patience)) {
            return lookAgain();
        }
        String doubt =
                switch (presence) {
                    case NOT_DONE -> "it has not taken effect, and repeating it is not safe";
                    case UNDER_WAY -> "it is still under way after " + call.timeLimit();
                    case DONE, CANNOT_TELL -> "whether it took effect cannot be told";
                };
        return ask(step, doubt);
    }

    /**
     * Writes once per owner that it found the step so.
     *
     * @return since when this owner has been looking for the effect
     */
    private Instant announce(Step step, StepState state) {
        List<JournalEntry> lines =
                store.journal().stream().filter(line -> line.step() == step.number()).toList();
        boolean ours =
                lines.reversed().stream()
                        .filter(line -> line.token() != 0)
                        .findFirst()
                        .filter(line -> line.token() == store.lease().token())
                        .isPresent();
        Instant now = clock.instant();
        if (!ours) {
            store.write(owned -> owned.found(step.number()));
        }
        Stream<Instant> resumed =
                lines.stream()
                        .filter(line -> line.kind() == JournalEntry.Kind.RESUMED)
                        .map(JournalEntry::at);
        return ours
                ? Stream.of(state.intentAt().stream(), state.actedAt().stream(), resumed)
                        .flatMap(times -> times)
                        .max(Comparator.naturalOrder())
                        .orElse(now)
                : now;
    }

    private Tick verify(Step step, StepState state) {
        Instant acted = state.actedAt().orElseThrow();
        Optional<String> missing = seen(step, acted);
        if (missing.isEmpty()) {
            String proof =
                    step.verifications().isEmpty()
                            ? "the executor's answer is the proof"
                            : step.verifications().stream()
                                    .map(Verification::expectation)
                                    .collect(Collectors.joining("; "));
            store.write(owned -> owned.verified(step.number(), proof));
            return new Tick.Continue();
        }
        if (clock.instant().isBefore(acted.plus(step.timeLimit()))) {
            return lookAgain();
        }
        return ask(step, "it was carried out, and its effect is not seen: " + missing.get());
    }

    /**
     * The first expectation that nobody sees fulfilled, with what is seen instead; empty: all are.
     */
    private Optional<String> seen(Step step, Instant since) {
        return step.verifications().stream()
                .flatMap(expected -> missing(expected, since).stream())
                .findFirst();
    }

    private Optional<String> missing(Verification expected, Instant since) {
        List<Probe.Reading> readings = sight.of(expected.component(), since);
        if (readings.stream().anyMatch(seen -> expected.holds(seen.status(), seen.facts()))) {
            return Optional.empty();
        }
        String instead =
                readings.isEmpty()
                        ? "nobody sees " + expected.component()
                        : readings.stream()
                                .map(seen -> seen.status() + ", " + seen.detail())
                                .distinct()
                                .collect(Collectors.joining("; "));
        return Optional.of("expected: " + expected.expectation() + "; seen: " + instead);
    }

    private Tick ask(Step step, String why) {
        if (step.optional()) {
            return skip(step, why);
        }
        String look =
                step.verifications().isEmpty()
                        ? "look whether '" + step.title() + "' took effect"
                        : step.verifications().stream()
                                .map(Verification::expectation)
                                .collect(Collectors.joining("; ", "look whether: ", ""));
        store.write(owned ->
                owned.asked(
                        step.number(),
                        why,
                        look
                                + ". Then resume the run with TOOK_EFFECT if so, or with"
                                + " REPEAT if not; or hand it over or cancel it"));
        return new Tick.AwaitsPerson();
    }

    private Tick exhausted(Step step, int attempts, String why) {
        return fail(
                step,
                "no effect after " + attempts + " attempts: " + why,
                "find out why, mend it, and open the run again; " + run.whatWasDone());
    }

    private Tick skip(Step step, String why) {
        String left = why + "; left to people: " + step.command();
        store.write(owned -> owned.skipped(step.number(), left));
        return new Tick.Continue();
    }

    private Tick fail(Step step, String why, String whatToDo) {
        if (step.optional()) {
            return skip(step, why);
        }
        store.write(owned -> owned.failed(step.number(), why, whatToDo));
        return new Tick.Ended();
    }

    private Tick lookAgain() {
        return new Tick.WaitUntil(clock.instant().plus(pace.verifyInterval()));
    }

    private StepCall call(Step step, StepState state, Routed routed) {
        return new StepCall(
                run.id(),
                step.number(),
                state.attempts(),
                store.lease().token(),
                step.action(),
                routed.managementServer(),
                routed.timeLimit().orElse(step.timeLimit()));
    }

    /** A line that cannot be journalled is not worth a step. */
    private void tell(int step, String line) {
        try {
            store.write(owned -> owned.said(step, line));
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "a line of progress was not journalled", e);
        }
    }

    private Presence check(StepExecutor executor, StepCall call) {
        try {
            return executor.check(call);
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.WARNING, broken(executor, call, "check"), e);
            return Presence.CANNOT_TELL;
        }
    }

    /** An executor must not throw; one that does may have acted before. */
    private StepOutcome carriedOut(StepExecutor executor, StepCall call) {
        try {
            return executor.act(call, line -> tell(call.stepNumber(), line));
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, broken(executor, call, "act"), e);
            return new StepOutcome.Uncertain("executor " + executor.name() + " broke: " + e);
        }
    }

    private static String broken(StepExecutor executor, StepCall call, String what) {
        return "executor %s broke in %s of step %d of run %s; it must answer instead: report it"
                .formatted(executor.name(), what, call.stepNumber(), call.runId());
    }
}
