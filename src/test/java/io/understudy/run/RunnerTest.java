package io.understudy.run;

import static io.understudy.run.TestRuns.acting;
import static io.understudy.run.TestRuns.reassess;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.StepCall;
import io.understudy.decision.RunState;
import io.understudy.estate.Estate;
import io.understudy.routing.RouteChoice;
import io.understudy.routing.Routing;
import io.understudy.run.StagedWorld.Play;
import io.understudy.runbook.Step;
import io.understudy.testing.Passing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RunnerTest {

    /** How far what the runner takes for the database's time is ahead of it. */
    private Duration ahead = Duration.ZERO;

    private final Ticker clock = new Ticker(TestRuns.AT);
    private final MemoryRunStore store = new MemoryRunStore(clock);
    private final StagedWorld world = new StagedWorld();
    private final List<Runnable> renewals = new ArrayList<>();
    private Reassessment.Verdict verdict = new Reassessment.Verdict.StillRight("as before");
    private ExecutorRouting routing = new ExecutorRouting(List.of(world), Map.of());

    @Test
    void everyStepIsIntendedThenActedThenVerifiedAndTheRunSucceeds() {
        open(reassess(1), acting(2, false, true));

        toTheEnd();

        assertEquals(RunState.SUCCEEDED, run().state());
        assertEquals(
                List.of(
                        JournalEntry.Kind.OPENED,
                        JournalEntry.Kind.STARTED,
                        JournalEntry.Kind.VERIFIED,
                        JournalEntry.Kind.INTENT,
                        JournalEntry.Kind.ACTED,
                        JournalEntry.Kind.VERIFIED,
                        JournalEntry.Kind.SUCCEEDED),
                kinds());
        assertEquals(List.of("check 2", "act 2"), world.trace);
    }

    @Test
    void whatIsThereAlreadyIsNotDoneAgain() {
        world.effects.put(1, 1);
        open(acting(1, false, true));

        toTheEnd();

        assertEquals(RunState.SUCCEEDED, run().state());
        assertEquals(List.of("check 1"), world.trace);
        assertTrue(kinds().contains(JournalEntry.Kind.ALREADY_DONE));
    }

    @Test
    void aBusyOtherSideIsAskedAgainAfterGrowingPausesUntilTheLimit() {
        play(1, Play.RETRYABLE, Play.RETRYABLE, Play.RETRYABLE, Play.WORKS);
        open(acting(1, false, true));

        assertEquals(new Tick.WaitUntil(TestRuns.AT.plusSeconds(2)), tick());
        assertEquals(
                new Tick.WaitUntil(TestRuns.AT.plusSeconds(2)), tick(), "not before the pause");
        clock.advance(Duration.ofSeconds(2));
        assertEquals(new Tick.WaitUntil(TestRuns.AT.plusSeconds(5)), tick(), "2 s doubled, cut");
        clock.advance(Duration.ofSeconds(3));
        assertEquals(new Tick.Ended(), tick());

        assertEquals(RunState.FAILED, run().state());
        assertTrue(run().outcome().orElseThrow().message().contains("3 attempts"));
        assertEquals(3, run().steps().getFirst().attempts());
    }

    @Test
    void aRefusalEndsTheRunWithTheReasonAndWhatToDo() {
        play(1, Play.REFUSED);
        open(acting(1, true, true));

        toTheEnd();

        assertEquals(RunState.FAILED, run().state());
        Run.Outcome outcome = run().outcome().orElseThrow();
        assertTrue(outcome.message().contains("not now"), outcome.message());
        assertEquals("ask nicely", outcome.whatToDo());
    }

    @Test
    void aLostAnswerIsFollowedByALookAndNoSecondActWhenItHadWorked() {
        play(1, Play.WORKS_UNSEEN);
        open(acting(1, true, true));

        toTheEnd();

        assertEquals(RunState.SUCCEEDED, run().state());
        assertEquals(List.of("check 1", "act 1", "check 1"), world.trace);
    }

    @Test
    void aLostAnswerWithoutEffectIsRepeatedOnlyWhereThatIsSafe() {
        play(1, Play.LOST, Play.WORKS);
        open(acting(1, true, true));
        toTheEnd();
        assertEquals(RunState.SUCCEEDED, run().state());
        assertEquals(2, run().steps().getFirst().attempts());
    }

    @Test
    void aLostAnswerWithoutEffectAsksWhereRepeatingIsNotSafeOnceItHasHadTimeToSettle() {
        play(1, Play.LOST);
        open(acting(1, false, true));

        assertEquals(new Tick.Continue(), tick());
        clock.advance(TestRuns.PACE.settleTime().minusNanos(1));
        assertInstanceOf(Tick.WaitUntil.class, tick());
        clock.advance(Duration.ofNanos(1));
        assertEquals(new Tick.AwaitsPerson(), tick());

        assertEquals(RunState.AWAITING_OPERATOR, run().state());
        String look = run().outcome().orElseThrow().whatToDo();
        assertTrue(look.contains(TestRuns.effectOf(1) + " serves"), look);
        assertEquals(List.of("check 1", "act 1", "check 1", "check 1"), world.trace);
    }

    @Test
    void anEffectThatIsClaimedAndNotSeenAsksOnceTheTimeLimitIsOver() {
        play(1, Play.CLAIMED);
        open(acting(1, true, true));

        tick();
        assertEquals(new Tick.WaitUntil(clock.instant().plusSeconds(1)), tick());
        clock.advance(TestRuns.LIMIT);
        assertEquals(new Tick.AwaitsPerson(), tick());
    }

    @Test
    void aRunThatIsToStopEndsTheStepThatActsAndBeginsNoOther() {
        open(acting(1, false, true), acting(2, false, true));
        world.meanwhile = _ -> change(run -> run.requestCancel("ann", "enough", clock.instant()));

        toTheEnd();

        assertEquals(RunState.CANCELLED, run().state());
        assertEquals(StepState.Phase.DONE, run().steps().getFirst().phase());
        assertEquals(StepState.Phase.PENDING, run().steps().get(1).phase());
        assertTrue(run().outcome().orElseThrow().whatToDo().contains("undo 1"));
    }

    @Test
    void changedEvidenceStopsARunBeforeItHasDoneAnything() {
        verdict = new Reassessment.Verdict.Changed("the principal serves again");
        open(reassess(1), acting(2, false, true));

        toTheEnd();

        assertEquals(RunState.CANCELLED, run().state());
        assertTrue(run().outcome().orElseThrow().message().contains("principal serves again"));
        assertEquals(List.of(), world.trace);
    }

    @Test
    void changedEvidenceFailsARunThatHasDoneSomethingAndSaysHowToTakeItBack() {
        open(acting(1, false, true), reassess(2), acting(3, false, true));
        verdict = new Reassessment.Verdict.Changed("the principal serves again");

        toTheEnd();

        assertEquals(RunState.FAILED, run().state());
        assertTrue(run().outcome().orElseThrow().whatToDo().contains("undo 1"));
    }

    @Test
    void anOwnerThatHasLostItsLeaseWhileActingWritesNothingMore() {
        open(acting(1, false, true));
        world.meanwhile =
                _ -> {
                    clock.advance(Duration.ofSeconds(11));
                    world.meanwhile = __ -> {};
                    runner("b").tick("r1");
                };

        assertEquals(new Tick.NotOurs(), tick());

        assertEquals(2, store.journal("r1", 0).getLast().token());
        assertEquals(List.of("check 1", "act 1", "check 1"), world.trace);
        clock.advance(TestRuns.LIMIT);
        runner("b").tick("r1");
        assertEquals(1, world.effects.get(1));
    }

    @Test
    void anOwnerThatLosesItsLeaseBeforeActingDoesNotAct() {
        open(acting(1, false, true));
        world.border =
                where -> {
                    if (where.equals("checked 1")) {
                        world.border = _ -> {};
                        clock.advance(Duration.ofSeconds(11));
                        store.acquire("r1", "b", Duration.ofSeconds(10));
                    }
                };

        assertEquals(new Tick.NotOurs(), tick());

        assertEquals(List.of("check 1"), world.trace);
    }

    @Test
    void aDatabaseWhoseClockIsBehindTakesNoLeaseAway() {
        open(acting(1, false, true));
        ahead = Duration.ofHours(1);

        assertEquals(new Tick.Continue(), tick());

        assertEquals(List.of("check 1", "act 1"), world.trace);
    }

    @Test
    void aLeaseIsRenewedWhileALongStepActs() {
        open(acting(1, false, true));
        world.meanwhile =
                _ -> {
                    for (int third = 0; third < 6; third++) {
                        clock.advance(TestRuns.PACE.renewal());
                        renewals.forEach(Runnable::run);
                        assertEquals(new Tick.NotOurs(), runner("b").tick("r1"));
                    }
                };

        toTheEnd();

        assertEquals(RunState.SUCCEEDED, run().state());
        assertEquals(List.of(), renewals, "renewing ends with the tick");
    }

    @Test
    void aRunThatWaitsForAPersonIsNobodysAndAStrangerIsEnded() {
        RunStore.Change asking =
                new RunStore.Change(TestRuns.in(RunState.AWAITING_APPROVAL), List.of());
        store.open(asking.run(), Set.of(), List.of());

        assertEquals(new Tick.AwaitsPerson(), tick());
        assertEquals(new Tick.Ended(), runner("a").tick("no such run"));
        assertTrue(store.acquire("r1", "b", Duration.ofSeconds(1)).isPresent());
    }

    @Test
    void aStepThatNoExecutorCanCarryOutAnyMoreFailsWithTheSetting() {
        open(acting(1, false, true));
        routing = new ExecutorRouting(List.of(), Map.of());

        toTheEnd();

        assertEquals(RunState.FAILED, run().state());
        assertTrue(
                run().outcome()
                        .orElseThrow()
                        .whatToDo()
                        .contains("understudy.executors.change-next-hop"));
    }

    @Test
    void theManagementServerAndTheTimeLimitOfARouteReachTheExecutorAndAChangeCountsAtTheNextStep() {
        open(acting(1, false, true), acting(2, false, true));
        List<StepCall> calls = new ArrayList<>();
        AtomicReference<Routing> document = new AtomicReference<>(Routing.NONE);
        Estate nothing = new Estate("none", List.of(), List.of(), List.of(), List.of());
        routing =
                new ExecutorRouting(
                        List.of(world), Map.of(), () -> new RouteChoice(document.get(), nothing));
        world.meanwhile =
                call -> {
                    calls.add(call);
                    document.set(ExecutorRoutingTest.byWayOf("staged", Duration.ofMinutes(7)));
                };

        toTheEnd();

        assertEquals(RunState.SUCCEEDED, run().state());
        assertEquals(Optional.empty(), calls.getFirst().managementServer());
        assertEquals(TestRuns.LIMIT, calls.getFirst().timeLimit());
        assertEquals("ms1", calls.getLast().managementServer().orElseThrow().name());
        assertEquals(Duration.ofMinutes(7), calls.getLast().timeLimit());
    }

    @Test
    void whereNobodyCanTellAnyMoreWhetherAStepTookEffectAPersonIsAsked() {
        play(1, Play.LOST);
        open(acting(1, true, true));
        world.meanwhile = _ -> routing = new ExecutorRouting(List.of(), Map.of());

        assertEquals(new Tick.Continue(), tick());
        assertEquals(new Tick.AwaitsPerson(), tick());

        assertTrue(kinds().contains(JournalEntry.Kind.ASKED), kinds().toString());
        assertEquals(1, world.trace.stream().filter("act 1"::equals).count());
    }

    @Test
    void anExecutorThatDoesNotFitThisReleaseCountsAsUncertainToo() {
        open(acting(1, false, true));
        world.meanwhile =
                _ -> {
                    throw new NoSuchMethodError("of a library that it was built with");
                };

        assertEquals(new Tick.Continue(), tick());

        assertEquals(StepState.Phase.INTENDED, run().steps().getFirst().phase());
        assertTrue(store.journal("r1", 0).getLast().message().contains("NoSuchMethodError"));
    }

    @Test
    void anExecutorThatBreaksCountsAsUncertain() {
        open(acting(1, false, true));
        world.meanwhile =
                _ -> {
                    throw new IllegalStateException("a defect");
                };

        assertEquals(new Tick.Continue(), tick());

        assertEquals(StepState.Phase.INTENDED, run().steps().getFirst().phase());
        assertTrue(store.journal("r1", 0).getLast().message().contains("a defect"));
    }

    private void open(Step... steps) {
        RunStore.Change opened = TestRuns.running("r1", steps);
        store.open(opened.run(), Set.of("lock"), opened.journal());
    }

    private void play(int step, Play... plays) {
        world.plays.put(step, new ArrayDeque<>(Arrays.asList(plays)));
    }

    private Runner runner(String holder) {
        return new Runner(
                holder,
                store,
                routing,
                _ -> verdict,
                world,
                (_, renew) -> {
                    renewals.add(renew);
                    return () -> renewals.remove(renew);
                },
                () -> clock.instant().plus(ahead),
                Passing.by(clock),
                TestRuns.PACE);
    }

    private Tick tick() {
        return runner("a").tick("r1");
    }

    private void toTheEnd() {
        for (int i = 0; i < 100; i++) {
            switch (tick()) {
                case Tick.Ended _ -> {
                    return;
                }
                case Tick.WaitUntil wait -> clock.reach(wait.instant());
                case Tick.Continue _ -> {}
                case Tick.AwaitsPerson _, Tick.NotOurs _ ->
                        throw new AssertionError("it stands still: " + run());
            }
        }
        throw new AssertionError("it does not end: " + run());
    }

    private void change(Function<Run, RunStore.Change> change) {
        store.change("r1", Optional.empty(), change);
    }

    private Run run() {
        return store.find("r1").orElseThrow();
    }

    private List<JournalEntry.Kind> kinds() {
        return store.journal("r1", 0).stream().map(JournalEntry::kind).toList();
    }
}
