package io.understudy.simulation;

import io.understudy.decision.RunState;
import io.understudy.run.JournalEntry;
import io.understudy.run.JournalEntry.Kind;
import io.understudy.run.Run;
import io.understudy.run.StepState;
import io.understudy.run.StepState.Phase;
import io.understudy.runbook.Action;
import io.understudy.runbook.Step;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which history a journal may tell, written down from what is promised (the words of {@link
 * JournalEntry.Kind} and of product.md S8 to S10, L2), not from the code that writes it: where a
 * run may stand after a line, given where it stood before.
 */
final class JournalLaw {

    private static final Set<Kind> BY_PEOPLE =
            EnumSet.of(
                    Kind.OPENED,
                    Kind.APPROVED,
                    Kind.STARTED,
                    Kind.CANCEL_REQUESTED,
                    Kind.HANDED_OVER);
    private static final Set<Kind> BY_ITS_OWNER =
            EnumSet.of(
                    Kind.INTENT,
                    Kind.ALREADY_DONE,
                    Kind.ACTED,
                    Kind.VERIFIED,
                    Kind.PROGRESS,
                    Kind.SKIPPED,
                    Kind.STEP_FAILED,
                    Kind.ASKED,
                    Kind.SUCCEEDED,
                    Kind.FAILED);

    /**
     * Where a run stands: its state, its current step, 0 when all are done, and that one's phase.
     */
    record Stage(RunState state, int step, Phase phase) {

        static Stage of(Run run) {
            return new Stage(
                    run.state(),
                    run.current().map(StepState::number).orElse(0),
                    run.current().map(StepState::phase).orElse(Phase.DONE));
        }

        private boolean is(RunState wanted, Phase... phases) {
            return state == wanted && Set.of(phases).contains(phase);
        }

        private Stage with(RunState next) {
            return new Stage(next, step, phase);
        }

        private Stage with(Phase next) {
            return new Stage(state, step, next);
        }
    }

    private JournalLaw() {}

    /** Where the run may stand after this line; nowhere when the line is against the law. */
    static Set<Stage> after(Set<Stage> before, JournalEntry line, Run run) {
        boolean byPeople = line.token() == 0;
        if ((byPeople && BY_ITS_OWNER.contains(line.kind()))
                || (!byPeople && BY_PEOPLE.contains(line.kind()))) {
            return Set.of();
        }
        return before.stream()
                .filter(stage -> line.step() == 0 || line.step() == stage.step())
                .flatMap(stage -> after(stage, line, run))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Stream<Stage> after(Stage at, JournalEntry line, Run run) {
        return switch (line.kind()) {
            case OPENED -> Stream.empty();
            case APPROVED -> only(at, at.state() == RunState.AWAITING_APPROVAL);
            case STARTED ->
                    only(at.with(RunState.RUNNING), at.state() == RunState.AWAITING_APPROVAL);
            case INTENT -> only(at.with(Phase.INTENDED), at.is(RunState.RUNNING, Phase.PENDING));
            case ALREADY_DONE ->
                    only(at.with(Phase.ACTED), at.is(RunState.RUNNING, Phase.INTENDED));
            case ACTED ->
                    at.is(RunState.RUNNING, Phase.INTENDED)
                            ? Stream.of(at, at.with(Phase.ACTED), at.with(Phase.PENDING))
                            : Stream.empty();
            case PROGRESS -> only(at, at.is(RunState.RUNNING, Phase.INTENDED));
            case VERIFIED -> only(next(at, run), isVerifiable(at, run));
            case SKIPPED ->
                    only(next(at, run), run.step(line.step()).optional() && isBeforeItsEnd(at));
            case STEP_FAILED ->
                    only(
                            at.with(Phase.FAILED),
                            at.is(RunState.RUNNING, Phase.PENDING, Phase.INTENDED));
            case FAILED -> only(at.with(RunState.FAILED), at.is(RunState.RUNNING, Phase.FAILED));
            case RESUMED -> line.token() == 0 ? answered(at, run) : lookedAt(at, run);
            case ASKED ->
                    only(
                            at.with(RunState.AWAITING_OPERATOR),
                            at.is(RunState.RUNNING, Phase.INTENDED, Phase.ACTED));
            case CANCEL_REQUESTED -> only(at, at.state() == RunState.RUNNING);
            case CANCELLED ->
                    only(
                            at.with(RunState.CANCELLED),
                            line.token() == 0 ? waits(at) : isBetweenSteps(at));
            case HANDED_OVER ->
                    only(at.with(RunState.HANDED_OVER), waits(at) || isBetweenSteps(at));
            case SUCCEEDED ->
                    only(
                            at.with(RunState.SUCCEEDED),
                            at.state() == RunState.RUNNING && at.step() == 0);
        };
    }

    private static Stream<Stage> only(Stage next, boolean allowed) {
        return allowed ? Stream.of(next) : Stream.empty();
    }

    /** A person says that it took effect, or that it is to be done again. */
    private static Stream<Stage> answered(Stage at, Run run) {
        if (at.state() != RunState.AWAITING_OPERATOR) {
            return Stream.empty();
        }
        Stage running = at.with(RunState.RUNNING);
        return Stream.of(next(running, run), running.with(Phase.PENDING));
    }

    /** A new owner has found the step so, or seen that it may do it again. */
    private static Stream<Stage> lookedAt(Stage at, Run run) {
        if (!at.is(RunState.RUNNING, Phase.INTENDED)) {
            return Stream.empty();
        }
        return run.step(at.step()).repeatable()
                ? Stream.of(at, at.with(Phase.PENDING))
                : Stream.of(at);
    }

    private static boolean isVerifiable(Stage at, Run run) {
        boolean effectless =
                at.step() > 0 && run.step(at.step()).action() instanceof Action.Reassess;
        return at.is(RunState.RUNNING, effectless ? Phase.PENDING : Phase.ACTED);
    }

    private static boolean isBeforeItsEnd(Stage at) {
        return at.is(RunState.RUNNING, Phase.PENDING, Phase.INTENDED, Phase.ACTED);
    }

    private static boolean waits(Stage at) {
        return at.state() == RunState.AWAITING_APPROVAL || at.state() == RunState.AWAITING_OPERATOR;
    }

    private static boolean isBetweenSteps(Stage at) {
        return at.is(RunState.RUNNING, Phase.PENDING, Phase.DONE);
    }

    private static Stage next(Stage at, Run run) {
        return run.runbook().steps().stream()
                .map(Step::number)
                .filter(number -> number > at.step())
                .findFirst()
                .map(number -> new Stage(at.state(), number, Phase.PENDING))
                .orElseGet(() -> new Stage(at.state(), 0, Phase.DONE));
    }
}
