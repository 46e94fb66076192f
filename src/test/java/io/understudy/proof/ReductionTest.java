package io.understudy.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.decision.Decider;
import io.understudy.decision.Decision;
import io.understudy.decision.Remediation;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.health.Condition;
import io.understudy.health.Conditions;
import io.understudy.health.Thresholds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the enumeration rests on, so that it may leave out what it leaves out. */
class ReductionTest {

    private static final long SEED = Long.getLong("proof.seed", 20_261_121L);
    private static final int WORLDS = 1_500;

    /** Conditions are built by hand for speed; real observations must come to the same. */
    @Test
    void aWorldIsWhatObservationsOfItComeTo() {
        for (long seed = SEED; seed < SEED + WORLDS; seed++) {
            World world = Spaces.everything(2 + (int) (seed % 3), seed % 2 == 0).drawn(seed);
            Conditions built = Sight.of(world).conditions();
            Conditions observed =
                    Conditions.of(
                            world.shape().estate(),
                            Vantage.observations(world),
                            Thresholds.DEFAULT,
                            Sight.NOW);
            assertEquals(told(observed), told(built), "seed " + seed + "\n" + Portrait.of(world));
            built.factsOf()
                    .forEach((component, facts) ->
                            assertEquals(facts, observed.facts(component), "seed " + SEED));
        }
    }

    /** Without the sentences for people, and without those of whom nobody says anything. */
    private static Map<ComponentId, Condition> told(Conditions conditions) {
        Map<ComponentId, Condition> told = new HashMap<>();
        conditions
                .byComponent()
                .forEach((component, condition) -> {
                    if (!(condition instanceof Condition.Unknown unknown)) {
                        told.put(component, condition);
                    } else if (unknown.doubt() != Condition.Doubt.SILENCE) {
                        told.put(
                                component,
                                new Condition.Unknown(
                                        unknown.since(), unknown.evidence(), unknown.doubt(), ""));
                    }
                });
        return told;
    }

    /** So that only how many servers are seen so matters, not which. */
    @Test
    void whichServersOfAPoolAreLostMakesNoDifference() {
        Random random = new Random(SEED);
        for (long seed = SEED; seed < SEED + WORLDS; seed++) {
            World world = Spaces.everything(3 + (int) (seed % 2), true).drawn(seed);
            World shuffled =
                    new World(
                            world.shape(),
                            shuffled(world.first(), random),
                            shuffled(world.second(), random),
                            world.around(),
                            world.age());
            assertEquals(
                    essences(world),
                    essences(shuffled),
                    "seed " + seed + "\n" + Portrait.of(world));
        }
    }

    private static Side shuffled(Side side, Random random) {
        if (side.told().services() == Told.Services.FRONT_END_STOPPED_ON_ONE) {
            return side;
        }
        List<Seen> servers = new ArrayList<>(side.frontEnds());
        Collections.shuffle(servers, random);
        return side.frontEnds(servers);
    }

    /**
     * So that a store's remedies need not be tried with every state of the other pool. Whether the
     * mirror is forced or the principal repaired does depend on what the other pool would lose
     * (rows B2 and B4), and so the two count as one here.
     */
    @Test
    void theOtherPoolHasNoSayInAStoresRemedies() {
        for (long seed = SEED; seed < SEED + WORLDS; seed++) {
            World world = Spaces.everything(3, seed % 2 == 0).drawn(seed);
            World alone =
                    new World(
                            world.shape(),
                            world.first(),
                            Side.well(3),
                            world.around(),
                            world.age());
            String store = Sight.store(world, 1).id().toString();
            assertEquals(
                    sqlActs(alone, store),
                    sqlActs(world, store),
                    "seed " + seed + "\n" + Portrait.of(world));
        }
    }

    private static List<String> sqlActs(World world, String store) {
        return new Acts(Decider.decide(Sight.of(world)))
                .open()
                .filter(d -> d.target().kind() == ComponentKind.STORE)
                .filter(d -> d.target().toString().equals(store))
                .filter(d -> d.remediation() != Remediation.FORCED_MIRROR_FAILOVER)
                .map(Decision::remedy)
                .map(Object::toString)
                .toList();
    }

    private static List<String> essences(World world) {
        return Decider.decide(Sight.of(world)).decisions().stream()
                .map(ReductionTest::inShort)
                .toList();
    }

    /** What is done, to what, and whether; not by which row, which says why. */
    private static String inShort(Decision d) {
        return d.remedy()
                + " "
                + d.target()
                + " "
                + d.mode()
                + " "
                + d.approvalsRequired()
                + " "
                + d.after()
                + " "
                + d.blocked();
    }
}
