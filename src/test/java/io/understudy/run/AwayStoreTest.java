package io.understudy.run;

import static io.understudy.run.TestRuns.acting;
import static io.understudy.run.TestRuns.reassess;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.RunState;
import io.understudy.run.StagedWorld.Play;
import io.understudy.testing.Passing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The store goes away at any call, before or after it took effect, for a while, and comes back; the
 * process lives on. Nobody is asked about a step whose answer the process has: it is written when
 * it can be.
 */
class AwayStoreTest {

    private static final List<Integer> ACTING = List.of(2, 3, 4);

    @Test
    void aRunGoesOnFromAnyCallAtWhichItsStoreWentAwayWithoutActingTwiceOrAsking() {
        int calls = new Story(0, 0).play();
        assertTrue(calls > 40, "calls: " + calls);
        for (int first = 1; first <= calls; first++) {
            for (int away : List.of(1, 2, 7)) {
                new Story(first, away).play();
            }
        }
    }

    @Test
    void anAnswerIsWrittenAlthoughTheLeaseRanOutMeanwhileWhenNobodyTookTheRun() {
        var story = new Story(0, 0);
        story.world.meanwhile = _ -> story.goAway(5);
        story.pause = Duration.ofMinutes(1);

        story.play();

        assertEquals(3, story.kinds().stream().filter(JournalEntry.Kind.ACTED::equals).count());
    }

    @Test
    void anAnswerIsDroppedOnceAnotherOwnerHasTakenTheRunAndLooksForItself() {
        var story = new Story(0, 0);
        story.world.meanwhile =
                _ -> {
                    story.world.meanwhile = __ -> {};
                    story.goAway(2);
                    story.clock.advance(Duration.ofMinutes(1));
                    story.truth.acquire("r1", "other", Duration.ofSeconds(1));
                };

        story.play();

        assertTrue(story.kinds().contains(JournalEntry.Kind.RESUMED), story.kinds().toString());
        assertTrue(story.kinds().contains(JournalEntry.Kind.ALREADY_DONE));
    }

    @Test
    void whatTheExecutorSaidIsInTheJournalWhateverItWas() {
        var story = new Story(0, 0);
        story.world.plays.put(2, new ArrayDeque<>(List.of(Play.RETRYABLE, Play.FATAL)));
        story.world.meanwhile = _ -> story.goAway(3);

        while (!(story.tick() instanceof Tick.Ended)) {
            story.clock.advance(Duration.ofSeconds(30));
        }

        Run run = story.truth.find("r1").orElseThrow();
        assertEquals(RunState.FAILED, run.state());
        assertEquals("mend it", run.outcome().orElseThrow().whatToDo().substring(0, 7));
        assertEquals(2, run.steps().get(1).attempts());
        assertEquals(2, story.world.trace.stream().filter("act 2"::equals).count());
    }

    /** What a store that is away throws. */
    private static final class Away extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** One run, in one process. */
    private static final class Story {
        private final Ticker clock = new Ticker(TestRuns.AT);
        private final MemoryRunStore truth = new MemoryRunStore(clock);
        private final StagedWorld world = new StagedWorld();
        private final Runner runner;
        private final int first;
        private final int away;
        private Duration pause = Duration.ofSeconds(1);
        private int calls;
        private int absent;

        /**
         * @param first at which call the store goes away; 0: at none
         * @param away for how many calls
         */
        private Story(int first, int away) {
            this.first = first;
            this.away = away;
            RunStore.Change opened =
                    TestRuns.running(
                            "r1",
                            reassess(1),
                            acting(2, false, true),
                            acting(3, true, true),
                            acting(4, false, false));
            truth.open(opened.run(), Set.of(), opened.journal());
            runner =
                    new Runner(
                            "a",
                            new CrashingStore(truth, _ -> call()),
                            new ExecutorRouting(List.of(world), Map.of()),
                            _ -> new Reassessment.Verdict.StillRight("as before"),
                            world,
                            (_, _) -> () -> {},
                            clock,
                            Passing.by(clock),
                            RunnerSettings.DEFAULT);
        }

        private void call() {
            calls++;
            if (calls == first) {
                absent = away;
            }
            if (absent > 0) {
                absent--;
                throw new Away();
            }
        }

        private void goAway(int calls) {
            absent = calls;
        }

        /** As a run's thread does: an error is followed by a pause and another try. */
        private Tick tick() {
            try {
                return runner.tick("r1");
            } catch (Away e) {
                return new Tick.WaitUntil(clock.instant().plus(pause));
            }
        }

        private int play() {
            for (int i = 0; i < 300; i++) {
                switch (tick()) {
                    case Tick.Ended _ -> {
                        verify();
                        return calls;
                    }
                    case Tick.WaitUntil wait -> clock.reach(wait.instant());
                    case Tick.NotOurs _ -> clock.advance(Duration.ofSeconds(1));
                    case Tick.Continue _ -> {}
                    case Tick.AwaitsPerson _ -> throw new AssertionError(this + " asks");
                }
            }
            throw new AssertionError(this + " does not end");
        }

        private void verify() {
            assertEquals(
                    RunState.SUCCEEDED, truth.find("r1").orElseThrow().state(), this::toString);
            for (int step : ACTING) {
                assertEquals(1, world.effects.get(step), this::toString);
                assertEquals(
                        1,
                        world.trace.stream().filter(("act " + step)::equals).count(),
                        this::toString);
            }
        }

        private List<JournalEntry.Kind> kinds() {
            return truth.journal("r1", 0).stream().map(JournalEntry::kind).toList();
        }

        @Override
        public String toString() {
            return "the store away for %d calls from call %d on: %s %s"
                    .formatted(away, first, kinds(), world.trace);
        }
    }
}
