package io.understudy.proof;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Every decision in every world keeps what must always hold, and every row that must be decided is.
 *
 * <p>The tests go through the usual estate completely and draw from the others. {@code ./mvnw test
 * -Dtest=SafetyProofTest -Dproof=exhaustive} goes through all of them, which takes some minutes;
 * {@code -Dproof.seed=N} draws other worlds.
 */
class SafetyProofTest {

    private static final long SEED = Long.getLong("proof.seed", 20_261_121L);
    private static final int[] SIZES = {2, 3, 4};
    private static final boolean[] BOTH = {false, true};

    private final Tally tally = new Tally();

    @Test
    void everyHomeWithAFitPairIsDecidedSafely() {
        tally.all(Spaces.homes(3, false, Spaces.FOUR, List.of(Side.well(3))));
        clean();
    }

    @Test
    void noPairThatIsNotProvenFitReceivesUsers() {
        tally.all(Spaces.pairs(3, false, Spaces.THREE));
        clean();
    }

    @Test
    void everyClauseThatIsToldCounts() {
        tally.drawn(Spaces.clauses(), SEED, 10_000);
        clean();
    }

    @Test
    void whatLiesAroundThePoolsIsHeeded() {
        tally.drawn(Spaces.around(), SEED, 10_000);
        clean();
    }

    @Test
    void poolsOfOtherSizesAndWitnessesAreDecidedSafely() {
        for (int size : SIZES) {
            for (boolean witness : BOTH) {
                List<Side> pairs = Kinds.ofPair(size);
                tally.drawn(Spaces.homes(size, witness, Spaces.FOUR, pairs), SEED, 5_000);
                tally.drawn(Spaces.pairs(size, witness, Spaces.FOUR), SEED, 2_000);
            }
        }
        clean();
    }

    @Test
    void nothingHidesBetweenTheParts() {
        for (int size : SIZES) {
            for (boolean witness : BOTH) {
                tally.drawn(Spaces.everything(size, witness), SEED, 4_000);
            }
        }
        clean();
    }

    @Test
    @EnabledIfSystemProperty(named = "proof", matches = "exhaustive")
    void everyWorldIsDecidedSafely() {
        tally.all(Spaces.clauses());
        tally.all(Spaces.around());
        for (int size : SIZES) {
            List<Side> fit = List.of(Side.well(size));
            for (boolean witness : BOTH) {
                tally.all(Spaces.homes(size, witness, Spaces.FOUR, fit));
                tally.all(Spaces.homes(size, witness, Spaces.THREE, Kinds.ofPair(size)));
                tally.all(Spaces.pairs(size, witness, Spaces.THREE));
                tally.drawn(Spaces.everything(size, witness), SEED, 100_000);
            }
        }
        clean();
    }

    private void clean() {
        print(tally.evaluated() + " worlds");
        assertTrue(
                tally.isClean(), () -> "drawn with -Dproof.seed=" + SEED + "; " + tally.report());
    }

    /** A proof says how much it has gone through. */
    private static void print(String text) {
        System.err.println("safety proof: " + text);
    }
}
