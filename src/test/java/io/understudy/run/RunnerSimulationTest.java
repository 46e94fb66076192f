package io.understudy.run;

import static io.understudy.run.TestRuns.acting;
import static io.understudy.run.TestRuns.byHand;
import static io.understudy.run.TestRuns.optional;
import static io.understudy.run.TestRuns.reassess;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.RunState;
import io.understudy.run.StagedWorld.Play;
import io.understudy.run.StepState.Phase;
import io.understudy.testing.Passing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A run in a world that loses answers, in a process that dies at any border it crosses. After every
 * death another process carries on. Whatever happens: what must not be repeated takes effect at
 * most once, what is under way is never begun again, an optional step never fails the run, and the
 * run ends, or has asked a person on the way.
 */
class RunnerSimulationTest {

    private static final int MOST_TICKS = 2_000;
    private static final int BY_HAND = 7;

    /**
     * Steps 2, 4 and 6 must not be repeated; step 4 cannot even be seen; 6 and 8 are optional; 7 is
     * done by hand.
     */
    private static final Set<Integer> ONCE = Set.of(2, 4, 6);

    private static final List<Integer> NEEDED = List.of(2, 3, 4, 5);
    private static final List<Integer> OPTIONAL = List.of(6, 8);

    @Test
    void aDeathAtAnyBorderOfAPlainRunIsSurvived() {
        int borders = new Simulation(Map.of(), Set.of(), 0).play();
        assertTrue(borders > 50, "borders crossed: " + borders);
        for (int death = 1; death <= borders; death++) {
            new Simulation(Map.of(), Set.of(death), 0).play();
        }
    }

    @Test
    void twoDeathsAtAnyTwoBordersAreSurvived() {
        int borders = new Simulation(Map.of(), Set.of(), 0).play();
        for (int first = 1; first <= borders; first += 2) {
            for (int second = first + 1; second <= first + 25; second++) {
                new Simulation(Map.of(), Set.of(first, second), 0).play();
            }
        }
    }

    @Test
    void anyMixOfDeathsAndLostAnswersIsSurvived() {
        long seed = Long.getLong("understudy.test.seed", 20261121L);
        for (long s = seed; s < seed + 3_000; s++) {
            try {
                random(s).play();
            } catch (AssertionError e) {
                throw new AssertionError("-Dunderstudy.test.seed=" + s + ": " + e.getMessage(), e);
            }
        }
    }

    private static Simulation random(long seed) {
        Random random = new Random(seed);
        Map<Integer, List<Play>> plays = new HashMap<>();
        for (int step : List.of(2, 3, 4, 5, 6, 8)) {
            boolean seen = step <= 3 || step == 8;
            plays.put(
                    step,
                    random.ints(random.nextInt(4), 0, Play.values().length)
                            .mapToObj(i -> Play.values()[i])
                            // nobody can find out a claim about what cannot be seen
                            .filter(play -> play != Play.CLAIMED || seen)
                            .toList());
        }
        Set<Integer> deaths = new TreeSet<>();
        random.ints(random.nextInt(5), 1, 140).forEach(deaths::add);
        return new Simulation(plays, deaths, random.nextInt(8));
    }

    /** One run from its opening to its end. */
    private static final class Simulation {
        private final Ticker clock = new Ticker(TestRuns.AT);
        private final MemoryRunStore truth = new MemoryRunStore(clock);
        private final StagedWorld world = new StagedWorld();
        private final Set<Integer> deaths;
        private int borders;
        private int processes;

        private Simulation(Map<Integer, List<Play>> plays, Set<Integer> deaths, int blindChecks) {
            plays.forEach((step, script) -> world.plays.put(step, new ArrayDeque<>(script)));
            this.deaths = deaths;
            world.blindChecks = blindChecks;
            world.border = this::cross;
            RunStore.Change opened =
                    TestRuns.running(
                            "r1",
                            reassess(1),
                            acting(2, false, true),
                            acting(3, true, true),
                            acting(4, false, false),
                            acting(5, true, false),
                            optional(acting(6, false, false)),
                            byHand(7),
                            optional(acting(8, true, true)));
            truth.open(opened.run(), Set.of("pool"), opened.journal());
        }

        private void cross(String where) {
            borders++;
            if (deaths.contains(borders)) {
                throw new Crash(where);
            }
        }

        private Runner process() {
            processes++;
            return new Runner(
                    "process-" + processes,
                    new CrashingStore(truth, this::cross),
                    new ExecutorRouting(List.of(world), Map.of()),
                    _ -> new Reassessment.Verdict.StillRight("still so"),
                    world,
                    (_, _) -> () -> {},
                    clock,
                    Passing.by(clock),
                    RunnerSettings.DEFAULT);
        }

        private int play() {
            Runner runner = process();
            for (int tick = 0; tick < MOST_TICKS; tick++) {
                try {
                    Tick next = runner.tick("r1");
                    if (next instanceof Tick.Ended) {
                        judge();
                        return borders;
                    }
                    await(next);
                } catch (Crash dead) {
                    runner = process();
                }
            }
            throw new AssertionError("the run does not end: " + truth.journal("r1", 0));
        }

        private void await(Tick next) {
            switch (next) {
                case Tick.Continue _, Tick.Ended _ -> {}
                case Tick.WaitUntil wait -> clock.reach(wait.instant());
                case Tick.NotOurs _ -> clock.advance(Duration.ofSeconds(1));
                case Tick.AwaitsPerson _ -> answer();
            }
        }

        /** The operator looks at the world itself. */
        private void answer() {
            truth.change(
                    "r1",
                    Optional.empty(),
                    run -> {
                        int asked = run.current().orElseThrow().number();
                        boolean there = asked == BY_HAND || world.done(asked);
                        Resumption word = there ? Resumption.TOOK_EFFECT : Resumption.REPEAT;
                        return run.resume("olga", word, Optional.empty(), clock.instant());
                    });
        }

        private void judge() {
            Run run = truth.find("r1").orElseThrow();
            List<JournalEntry> journal = truth.journal("r1", 0);
            ONCE.forEach(step ->
                    assertTrue(
                            world.effects.getOrDefault(step, 0) <= 1,
                            "step " + step + " acted twice: " + journal));
            if (run.state() == RunState.SUCCEEDED) {
                NEEDED.forEach(s -> assertTrue(world.done(s), "step " + s));
                OPTIONAL.forEach(s ->
                        assertTrue(
                                world.done(s) || run.steps().get(s - 1).phase() == Phase.SKIPPED,
                                () -> "step " + s + ": " + journal));
            } else {
                StepState failed =
                        run.steps().stream()
                                .filter(s -> s.phase() == Phase.FAILED)
                                .findFirst()
                                .orElseThrow();
                assertTrue(NEEDED.contains(failed.number()), journal.toString());
                assertEquals(RunState.FAILED, run.state(), journal.toString());
                assertTrue(run.outcome().isPresent());
            }
            judgeTokens(journal);
            judgeTrace();
        }

        private void judgeTokens(List<JournalEntry> journal) {
            List<Long> tokens =
                    journal.stream().map(JournalEntry::token).filter(t -> t > 0).toList();
            assertEquals(tokens.stream().sorted().toList(), tokens, "an old token has written");
        }

        /** Never two acts of a step without a look between them. */
        private void judgeTrace() {
            for (int i = 0; i < world.trace.size(); i++) {
                String act = world.trace.get(i);
                if (act.startsWith("act")) {
                    String look = act.replace("act", "check");
                    assertEquals(look, world.trace.get(i - 1), world.trace.toString());
                }
            }
        }
    }
}
