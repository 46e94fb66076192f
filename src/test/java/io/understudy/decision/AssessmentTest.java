package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.RandomWorld;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Judging one snapshot after the other comes to what judging each afresh comes to. Random worlds of
 * several parts; a failure names the seed and the step.
 */
class AssessmentTest {

    private static final int SEEDS = Integer.getInteger("understudy.seeds", 100);
    private static final int STEPS = 50;

    @Test
    void whatIsJudgedOnwardEqualsWhatIsJudgedAfresh() {
        for (long seed = 0; seed < SEEDS; seed++) {
            goOn(seed);
        }
    }

    private static void goOn(long seed) {
        Random random = new Random(seed);
        Estate estate = estate(random);
        assertTrue(estate.parts().size() >= 3);
        RandomWorld world = new RandomWorld(random, estate);
        Snapshot before = world.snapshot();
        Assessment onward = Assessment.of(before);
        Assessment told = onward;
        for (int step = 0; step < STEPS; step++) {
            Snapshot next = world.next();
            String where = "seed " + seed + ", step " + step;
            Evaluation afresh = Decider.decide(next);
            onward = onward.after(next);
            assertEquals(afresh, onward.evaluation(), where);
            told = told.after(next, changed(random, before, next));
            assertEquals(afresh, told.evaluation(), where + ", with the changes named");
            before = next;
        }
    }

    /** What has changed, and now and then what has not. */
    private static Set<ComponentId> changed(Random random, Snapshot before, Snapshot next) {
        Set<ComponentId> changed =
                new HashSet<>(
                        next.conditions()
                                .changedSince(
                                        before.conditions(), next.policy().thresholds().maxAge()));
        List<ComponentId> all = next.estate().components().stream().sorted().toList();
        for (int i = random.nextInt(3); i > 0; i--) {
            changed.add(all.get(random.nextInt(all.size())));
        }
        return changed;
    }

    private static Estate estate(Random random) {
        Contoso contoso = Contoso.USUAL.frontEnds(1 + random.nextInt(5));
        Estate pairs = (random.nextBoolean() ? contoso.withWitness() : contoso).pairs(3);
        Grown grown = random.nextInt(4) == 0 ? new Grown(pairs).groups() : new Grown(pairs);
        return switch (random.nextInt(3)) {
            case 0 -> grown.chat().mediation().estate();
            case 1 -> grown.managementStore(random.nextBoolean()).secondEdge().estate();
            default -> grown.estate();
        };
    }
}
