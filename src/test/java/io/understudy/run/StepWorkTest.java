package io.understudy.run;

import static io.understudy.run.TestRuns.acting;
import static io.understudy.run.TestRuns.byHand;
import static io.understudy.run.TestRuns.optional;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.RunState;
import io.understudy.run.StagedWorld.Play;
import io.understudy.run.StepState.Phase;
import io.understudy.runbook.Step;
import io.understudy.testing.Passing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Steps that go on after their answer was lost, that people do, and that may be left out. */
class StepWorkTest {

    private final Ticker clock = new Ticker(TestRuns.AT);
    private final MemoryRunStore store = new MemoryRunStore(clock);
    private final StagedWorld world = new StagedWorld();
    private ExecutorRouting routing = new ExecutorRouting(List.of(world), Map.of());

    @Test
    void whatIsStillUnderWayIsWaitedForAndNotBegunAgain() {
        play(1, Play.GOES_ON);
        open(acting(1, true, true));

        toTheEnd();

        assertEquals(RunState.SUCCEEDED, run().state());
        assertEquals(1, world.trace.stream().filter("act 1"::equals).count());
    }

    @Test
    void whatIsUnderWayIsNotBegunAgainEvenWhenAPersonLetsItBeRepeated() {
        world.underWay.put(1, 40);
        play(1, Play.LOST);
        open(acting(1, false, true));
        store.change(
                "r1", Optional.empty(), run -> new OwnedRun(run, 1, clock.instant()).intend(1));
        clock.advance(TestRuns.LIMIT);
        assertEquals(new Tick.AwaitsPerson(), tick("a"));
        store.change(
                "r1",
                Optional.empty(),
                run -> run.resume("olga", Resumption.REPEAT, Optional.empty(), clock.instant()));

        tick("a");
        tick("a");

        assertEquals(Phase.INTENDED, run().steps().getFirst().phase());
        assertTrue(world.trace.stream().noneMatch("act 1"::equals), world.trace.toString());
    }

    @Test
    void whatIsUnderWayHasItsWholeTimeLimitAndThenAPersonIsAsked() {
        world.underWay.put(1, Integer.MAX_VALUE);
        play(1, Play.LOST);
        open(acting(1, true, true));
        store.change(
                "r1", Optional.empty(), run -> new OwnedRun(run, 1, clock.instant()).intend(1));

        clock.advance(TestRuns.LIMIT.minusNanos(1));
        assertInstanceOf(Tick.WaitUntil.class, tick("a"), "longer than the time to settle");
        clock.advance(Duration.ofNanos(1));
        assertEquals(new Tick.AwaitsPerson(), tick("a"));

        assertTrue(run().outcome().orElseThrow().message().contains("still under way after PT20S"));
    }

    @Test
    void aStepByHandAsksAndTheRunGoesOnOnceItIsDone() {
        open(byHand(1), acting(2, false, true));

        assertEquals(new Tick.AwaitsPerson(), tick("a"));
        assertTrue(
                run().outcome().orElseThrow().whatToDo().startsWith("Topology Builder, publish"));
        tookEffect();
        toTheEnd();

        assertEquals(RunState.SUCCEEDED, run().state());
        assertEquals(List.of("check 2", "act 2"), world.trace, "nobody acts for the person");
    }

    @Test
    void aStepByHandAsksAgainAfterADeathBeforeTheQuestion() {
        open(byHand(1));
        store.change(
                "r1", Optional.empty(), run -> new OwnedRun(run, 1, clock.instant()).intend(1));

        assertEquals(new Tick.AwaitsPerson(), tick("b"));
        tookEffect();
        toTheEnd();

        assertEquals(RunState.SUCCEEDED, run().state());
    }

    @Test
    void anOptionalStepThatNobodyCanCarryOutIsLeftToPeople() {
        routing = new ExecutorRouting(List.of(), Map.of());
        open(optional(acting(1, false, true)));
        skipped("no executor can carry it out");
    }

    @Test
    void anOptionalStepThatIsRefusedIsLeftToPeople() {
        play(1, Play.REFUSED);
        open(optional(acting(1, false, true)));
        skipped("not now");
    }

    @Test
    void anOptionalStepThatFailsForGoodIsLeftToPeople() {
        play(1, Play.FATAL);
        open(optional(acting(1, false, true)));
        skipped("broken");
    }

    @Test
    void anOptionalStepThatNeverWorksIsLeftToPeopleAfterItsAttempts() {
        play(1, Play.RETRYABLE, Play.RETRYABLE, Play.RETRYABLE, Play.WORKS);
        open(optional(acting(1, false, true)));
        skipped("no effect after 3 attempts");
    }

    @Test
    void anOptionalStepOfWhichNobodyKnowsIsLeftToPeopleAndNotRepeated() {
        play(1, Play.LOST);
        open(optional(acting(1, false, true)));
        skipped("repeating it is not safe");
        assertEquals(1, world.trace.stream().filter("act 1"::equals).count());
    }

    @Test
    void anOptionalStepWithoutAVisibleEffectIsLeftToPeople() {
        play(1, Play.CLAIMED);
        open(optional(acting(1, false, true)));
        skipped("its effect is not seen");
    }

    @Test
    void anOptionalStepByHandDoesNotHoldTheRunUp() {
        open(optional(byHand(1)));
        skipped("Topology Builder, publish");
    }

    @Test
    void aRunSaysHowManyOptionalStepsAreLeft() {
        play(1, Play.REFUSED);
        open(optional(acting(1, false, true)), acting(2, false, true));
        toTheEnd();
        assertEquals(
                "1 steps are done and verified, 1 optional ones are left to people",
                run().outcome().orElseThrow().message());
    }

    @Test
    void whereNoProbeSeesTheEffectTheExecutorLooksAgain() {
        open(acting(1, false, false));
        toTheEnd();
        assertEquals(List.of("check 1", "act 1", "check 1"), world.trace);
    }

    @Test
    void aClaimThatTheSecondLookDoesNotFindIsAskedAbout() {
        play(1, Play.CLAIMED);
        open(acting(1, false, false));

        tick("a");
        assertInstanceOf(Tick.WaitUntil.class, tick("a"));
        clock.advance(TestRuns.LIMIT);
        assertEquals(new Tick.AwaitsPerson(), tick("a"));

        assertTrue(run().outcome().orElseThrow().message().contains("says NOT_DONE"));
    }

    @Test
    void whatTheToolSaysIsJournalledUpToSoManyLinesOfSuchLength() {
        world.lines.addAll(List.of("one", "0123456789", "three", "four"));
        open(acting(1, false, true));
        toTheEnd();
        assertEquals(
                List.of("one", "0123456789", "it says more than 2 lines; the others are not kept"),
                progress());
    }

    @Test
    void aLongLineIsCutWithoutHalvingACharacter() {
        world.lines.addAll(List.of("0123456789A", "012345678\uD83D\uDE00"));
        open(acting(1, false, true));
        toTheEnd();
        assertEquals(List.of("0123456789…", "012345678…"), progress());
    }

    private List<String> progress() {
        return store.journal("r1", 0).stream()
                .filter(line -> line.kind() == JournalEntry.Kind.PROGRESS)
                .map(JournalEntry::message)
                .toList();
    }

    private void skipped(String why) {
        toTheEnd();
        assertEquals(RunState.SUCCEEDED, run().state());
        StepState step = run().steps().getFirst();
        assertEquals(Phase.SKIPPED, step.phase());
        assertTrue(step.message().contains(why), step.message());
        assertTrue(step.message().contains("left to people: "), step.message());
    }

    private void open(Step... steps) {
        RunStore.Change opened = TestRuns.running("r1", steps);
        store.open(opened.run(), Set.of("lock"), opened.journal());
    }

    private void play(int step, Play... plays) {
        world.plays.put(step, new ArrayDeque<>(Arrays.asList(plays)));
    }

    private void tookEffect() {
        store.change(
                "r1",
                Optional.empty(),
                run ->
                        run.resume(
                                "olga", Resumption.TOOK_EFFECT, Optional.empty(), clock.instant()));
    }

    private Tick tick(String holder) {
        return new Runner(
                        holder,
                        store,
                        routing,
                        _ -> new Reassessment.Verdict.StillRight("still so"),
                        world,
                        (_, _) -> () -> {},
                        clock,
                        Passing.by(clock),
                        TestRuns.PACE)
                .tick("r1");
    }

    private void toTheEnd() {
        for (int i = 0; i < 100; i++) {
            switch (tick("a")) {
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

    private Run run() {
        return store.find("r1").orElseThrow();
    }
}
