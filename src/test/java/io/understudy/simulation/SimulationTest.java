package io.understudy.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * product.md S8, S9, S10 and L2, whatever goes wrong. One seed is one order of everything: the same
 * seed plays the same again. CONTRIBUTING.md says how to play a million, and one once more.
 */
class SimulationTest {

    private static final long BASE = Long.getLong("simulation.base", 20261127L);
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 10_000);
    private static final Defect DEFECT =
            Defect.valueOf(System.getProperty("simulation.defect", "NONE"));

    /** Within how many seeds each defect must be found. */
    private static final int SEEDS_FOR_A_DEFECT = 2_000;

    /** How often everything must have happened in 10,000 seeds, for them to mean something. */
    private static final int ENOUGH = 100;

    private static final int NO_FAILURE = Integer.MAX_VALUE;

    @Test
    void whateverGoesWrongNothingActsTwiceAndEveryRunEnds() {
        long begun = System.nanoTime();
        Tally tally = new Tally();
        AtomicLong longest = new AtomicLong();
        AtomicLong firstFailure = new AtomicLong(NO_FAILURE);
        LongStream.range(0, SEEDS)
                .parallel()
                .filter(i -> i < firstFailure.get())
                .forEach(i -> {
                    try {
                        Simulation.Story story = Simulation.play(BASE + i, Defect.NONE, null);
                        tally.add(story.tally());
                        longest.accumulateAndGet(story.calm(), Math::max);
                    } catch (AssertionError e) {
                        firstFailure.accumulateAndGet(i, Math::min);
                    }
                });
        if (firstFailure.get() < NO_FAILURE) {
            playAgain(BASE + firstFailure.get(), Defect.NONE);
        }
        System.err.printf(
                "%d seeds from %d in %.1f s, nothing acted twice, and the last run ended %d s after"
                        + " its storm; there were %s%n",
                SEEDS,
                BASE,
                (System.nanoTime() - begun) / 1e9,
                longest.get() / VirtualTime.SECOND,
                tally.counts());
        long enough = (long) SEEDS * ENOUGH / 10_000;
        tally.counts()
                .forEach((what, times) -> assertTrue(times >= enough, what + " only " + times));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void whatIsBuiltWronglyIsFound(Defect defect) {
        OptionalLong found =
                LongStream.range(BASE, BASE + SEEDS_FOR_A_DEFECT)
                        .filter(seed -> fails(seed, defect))
                        .findFirst();
        assertTrue(found.isPresent(), () -> "not found: " + defect);
    }

    private static boolean fails(long seed, Defect defect) {
        try {
            Simulation.play(seed, defect, null);
            return false;
        } catch (AssertionError e) {
            System.err.println(defect + " is found by " + command(seed, defect));
            System.err.println("  " + brief(e));
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aSeedPlaysTheSameAgain(long seed) {
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        Simulation.play(seed, Defect.NONE, first::add);
        Simulation.play(seed, Defect.NONE, second::add);
        assertTrue(first.size() > 10);
        assertEquals(first, second);
    }

    /** What the printed command runs. */
    @Test
    void oneSeed() {
        Long seed = Long.getLong("simulation.seed");
        Assumptions.assumeTrue(seed != null, "-Dsimulation.seed names none");
        Simulation.play(seed, DEFECT, System.err::println);
    }

    private static void playAgain(long seed, Defect defect) {
        List<String> trace = new ArrayList<>();
        try {
            Simulation.play(seed, defect, trace::add);
        } catch (AssertionError e) {
            throw new AssertionError(
                    brief(e)
                            + "\n  the same again, with all that happened: "
                            + command(seed, defect)
                            + "\n"
                            + String.join("\n", last(trace)),
                    e);
        }
        throw new AssertionError("seed " + seed + " failed, and does not fail again");
    }

    private static List<String> last(List<String> trace) {
        return trace.subList(Math.max(0, trace.size() - 60), trace.size());
    }

    private static String command(long seed, Defect defect) {
        return "./mvnw test -Dtest=SimulationTest#oneSeed -Dsimulation.seed="
                + seed
                + (defect == Defect.NONE ? "" : " -Dsimulation.defect=" + defect);
    }

    private static String brief(AssertionError e) {
        String message = String.valueOf(e.getMessage());
        return message.length() < 300 ? message : message.substring(0, 300) + " ...";
    }
}
