package io.understudy.run;

import static io.understudy.run.TestRuns.AT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.Mode;
import io.understudy.decision.RunState;
import io.understudy.run.StepState.Phase;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Every transition of a run from every state: done where it is allowed, refused everywhere else.
 */
class RunTransitionsTest {

    private static final Set<RunState> OPEN =
            EnumSet.of(RunState.AWAITING_APPROVAL, RunState.RUNNING, RunState.AWAITING_OPERATOR);

    @Test
    void whatPeopleDoIsAllowedInTheseStatesAndRefusedInAllOthers() {
        allowed(r -> r.approve("ann", AT), EnumSet.of(RunState.AWAITING_APPROVAL));
        allowed(r -> r.requestCancel("ann", "no more", AT), OPEN);
        allowed(r -> r.handOver("ann", AT), OPEN);
        allowed(
                r -> r.resume("ann", Resumption.REPEAT, Optional.empty(), AT),
                EnumSet.of(RunState.AWAITING_OPERATOR));
    }

    @Test
    void whatTheOwnerDoesIsAllowedInThesePhasesAndRefusedInAllOthers() {
        Map<String, Function<OwnedRun, RunStore.Change>> steps = new LinkedHashMap<>();
        Map<String, Set<Phase>> from = new LinkedHashMap<>();
        steps.put("intend", o -> o.intend(1));
        from.put("intend", EnumSet.of(Phase.PENDING));
        steps.put("found", o -> o.found(1));
        from.put("found", EnumSet.of(Phase.INTENDED));
        steps.put("alreadyDone", o -> o.alreadyDone(1, "there"));
        from.put("alreadyDone", EnumSet.of(Phase.INTENDED));
        steps.put("acted", o -> o.acted(1, "ok"));
        from.put("acted", EnumSet.of(Phase.INTENDED));
        steps.put("retryable", o -> o.retryable(1, "later"));
        from.put("retryable", EnumSet.of(Phase.INTENDED));
        steps.put("uncertain", o -> o.uncertain(1, "time-out"));
        from.put("uncertain", EnumSet.of(Phase.INTENDED));
        steps.put("notDone", o -> o.notDone(1, "not there"));
        from.put("notDone", EnumSet.of(Phase.INTENDED));
        steps.put("verified", o -> o.verified(1, "seen"));
        from.put("verified", EnumSet.of(Phase.ACTED));
        steps.put("reassessed", o -> o.reassessed(1, "still right"));
        from.put("reassessed", EnumSet.of(Phase.PENDING));
        steps.put("failed", o -> o.failed(1, "broken", "mend"));
        from.put("failed", EnumSet.of(Phase.PENDING, Phase.INTENDED));
        steps.put("asked", o -> o.asked(1, "who knows", "look"));
        from.put("asked", EnumSet.of(Phase.INTENDED, Phase.ACTED));
        steps.put("cancelled", o -> o.cancelled("stop"));
        from.put("cancelled", EnumSet.of(Phase.PENDING, Phase.DONE, Phase.SKIPPED));
        steps.put("succeeded", OwnedRun::succeeded);
        from.put("succeeded", EnumSet.of(Phase.DONE, Phase.SKIPPED));
        steps.put("said", o -> o.said(1, "50 %"));
        from.put("said", EnumSet.of(Phase.INTENDED));
        steps.put("skipped", o -> o.skipped(1, "nobody is to do it"));
        from.put("skipped", EnumSet.of(Phase.PENDING, Phase.INTENDED, Phase.ACTED));

        steps.forEach((name, step) -> {
            for (Phase phase : EnumSet.complementOf(EnumSet.of(Phase.FAILED))) {
                OwnedRun run = new OwnedRun(TestRuns.at(phase), 7, AT);
                if (from.get(name).contains(phase)) {
                    RunStore.Change change = step.apply(run);
                    assertTrue(
                            change.journal().stream().allMatch(l -> l.token() == 7),
                            name + " writes under the owner's token");
                    assertFalse(change.journal().isEmpty(), name + " is journalled");
                } else {
                    refused(name + " from " + phase, () -> step.apply(run));
                }
            }
            for (RunState state : EnumSet.complementOf(EnumSet.of(RunState.RUNNING))) {
                OwnedRun run = new OwnedRun(TestRuns.in(state), 7, AT);
                refused(name + " in " + state, () -> step.apply(run));
            }
        });
    }

    @Test
    void theStepsOfAnOwnerLeadWhereTheyShould() {
        assertEquals(Phase.INTENDED, phase(o -> o.intend(1), Phase.PENDING));
        assertEquals(Phase.INTENDED, phase(o -> o.found(1), Phase.INTENDED));
        assertEquals(Phase.ACTED, phase(o -> o.alreadyDone(1, ""), Phase.INTENDED));
        assertEquals(Phase.ACTED, phase(o -> o.acted(1, ""), Phase.INTENDED));
        assertEquals(Phase.PENDING, phase(o -> o.retryable(1, ""), Phase.INTENDED));
        assertEquals(Phase.INTENDED, phase(o -> o.uncertain(1, ""), Phase.INTENDED));
        assertEquals(Phase.PENDING, phase(o -> o.notDone(1, ""), Phase.INTENDED));
        assertEquals(Phase.DONE, phase(o -> o.verified(1, ""), Phase.ACTED));
        assertEquals(Phase.DONE, phase(o -> o.reassessed(1, ""), Phase.PENDING));
        assertEquals(Phase.FAILED, phase(o -> o.failed(1, "", ""), Phase.INTENDED));
        for (RunState state : RunState.values()) {
            assertEquals(state, TestRuns.in(state).state());
            assertEquals(state.ended(), TestRuns.in(state).endedAt().isPresent());
            assertEquals(
                    state.ended() || state == RunState.AWAITING_OPERATOR,
                    TestRuns.in(state).outcome().isPresent(),
                    state + " says what came of it");
        }
    }

    @Test
    void twoDifferentPeopleStartARunThatNeedsTwoAndItsOpenerIsNoneOfThem() {
        Run run =
                Run.open(
                                "r1",
                                TestRuns.decision(Mode.ADVISE, 2),
                                TestRuns.runbook(TestRuns.acting(1, false, true)),
                                "olga",
                                AT,
                                Optional.empty())
                        .run();

        assertEquals(
                RunRefusal.Reason.NOT_ALLOWED,
                assertThrows(RunRefusal.class, () -> run.approve("olga", AT)).reason());
        Run once = run.approve("ann", AT).run();
        Run twice = once.approve("ann", AT).run();
        assertEquals(once, twice, "the same actor counts once");
        for (String same : List.of("Ann", " ann ", "\uff41nn", "ann\u2003")) {
            assertEquals(once, once.approve(same, AT).run(), "and so does who writes it otherwise");
        }
        assertThrows(RunRefusal.class, () -> once.approve("OLGA", AT));
        assertEquals(RunState.AWAITING_APPROVAL, twice.state());
        Run started = twice.approve("bob", AT).run();
        assertEquals(RunState.RUNNING, started.state());
        assertEquals(Optional.of(AT), started.startedAt());
    }

    @Test
    void theOpenerMayApproveWhereOneApprovalIsNeeded() {
        Run run = TestRuns.in(RunState.AWAITING_APPROVAL);

        assertEquals(RunState.RUNNING, run.approve("olga", AT).run().state());
    }

    @Test
    void byItselfOnlyWhatIsAutomatedStarts() {
        assertEquals(RunState.RUNNING, opened(Run.UNDERSTUDY, Mode.AUTOMATE, 0));
        assertEquals(RunState.AWAITING_APPROVAL, opened(Run.UNDERSTUDY, Mode.ADVISE, 0));
        assertEquals(RunState.RUNNING, opened("olga", Mode.ADVISE, 0));
        assertEquals(RunState.AWAITING_APPROVAL, opened("olga", Mode.AUTOMATE, 1));
    }

    @Test
    void aRunThatIsToStopFormsNoNewIntention() {
        Run run = TestRuns.in(RunState.RUNNING).requestCancel("ann", "stop", AT).run();

        assertEquals(RunState.RUNNING, run.state());
        refused("intend", () -> new OwnedRun(run, 1, AT).intend(1));
        assertEquals(run, run.requestCancel("bob", "stop", AT).run(), "asking twice counts once");
    }

    @Test
    void aRunIsNotHandedOverInTheMiddleOfAStep() {
        refused("hand over", () -> TestRuns.at(Phase.INTENDED).handOver("ann", AT));
        refused("hand over", () -> TestRuns.at(Phase.ACTED).handOver("ann", AT));
    }

    @Test
    void theOperatorsWordDecidesWhetherTheStepIsDoneOrRepeated() {
        Run asks = TestRuns.in(RunState.AWAITING_OPERATOR);

        Run done = asks.resume("ann", Resumption.TOOK_EFFECT, Optional.empty(), AT).run();
        Run again = asks.resume("ann", Resumption.REPEAT, Optional.empty(), AT).run();

        assertEquals(Optional.empty(), done.current());
        assertEquals(Phase.PENDING, again.current().orElseThrow().phase());
        assertEquals(RunState.RUNNING, again.state());
        assertEquals(Optional.empty(), again.outcome());
    }

    @Test
    void aWordAboutAnotherQuestionIsNoAnswer() {
        Run asks = TestRuns.in(RunState.AWAITING_OPERATOR);
        Asked now = new Asked(1, Optional.of(1));

        refused("another step", () -> word(asks, new Asked(2, Optional.empty())));
        refused("an attempt before", () -> word(asks, new Asked(1, Optional.of(0))));
        assertEquals(RunState.RUNNING, word(asks, now).run().state());
        assertEquals(RunState.RUNNING, word(asks, new Asked(1, Optional.empty())).run().state());
    }

    private static RunStore.Change word(Run asks, Asked about) {
        return asks.resume("ann", Resumption.TOOK_EFFECT, Optional.of(about), AT);
    }

    @Test
    void whatWasDoneAndHowToTakeItBackIsInTheOutcomeOfARunThatStops() {
        Run asks = TestRuns.in(RunState.AWAITING_OPERATOR);

        Run.Outcome outcome =
                asks.requestCancel("ann", "by hand", AT).run().outcome().orElseThrow();

        assertTrue(outcome.whatToDo().contains("undo 1"), outcome.whatToDo());
        assertEquals(
                "nothing was changed",
                TestRuns.in(RunState.CANCELLED).outcome().orElseThrow().whatToDo());
    }

    private static RunState opened(String by, Mode mode, int approvals) {
        return Run.open(
                        "r1",
                        TestRuns.decision(mode, approvals),
                        TestRuns.runbook(TestRuns.acting(1, false, true)),
                        by,
                        AT,
                        Optional.empty())
                .run()
                .state();
    }

    private static Phase phase(Function<OwnedRun, RunStore.Change> step, Phase from) {
        Run next = step.apply(new OwnedRun(TestRuns.at(from), 1, AT)).run();
        return next.steps().getFirst().phase();
    }

    private static void allowed(Function<Run, RunStore.Change> transition, Set<RunState> states) {
        for (RunState state : RunState.values()) {
            Run run = TestRuns.in(state);
            if (states.contains(state)) {
                assertFalse(transition.apply(run).journal().isEmpty());
            } else {
                refused("from " + state, () -> transition.apply(run));
            }
        }
    }

    private static void refused(String what, Supplier<RunStore.Change> transition) {
        RunRefusal refusal = assertThrows(RunRefusal.class, transition::get, what);
        assertEquals(RunRefusal.Reason.WRONG_STATE, refusal.reason(), what);
        assertFalse(refusal.whatToDo().isBlank(), what);
        assertEquals(List.of(), List.of(refusal.getSuppressed()));
    }
}
