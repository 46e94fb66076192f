package io.understudy.proof;

import static io.understudy.decision.Remediation.CMS_FAILOVER;
import static io.understudy.decision.Remediation.EDGE_NEXT_HOP_CHANGE;
import static io.understudy.decision.Remediation.FORCED_MIRROR_FAILOVER;
import static io.understudy.decision.Remediation.MIRROR_FAILOVER;
import static io.understudy.decision.Remediation.POOL_FAILOVER;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.Remediation.WAIT;

import io.understudy.decision.Decision;
import io.understudy.decision.Evaluation;
import io.understudy.estate.ComponentId;
import io.understudy.health.PoolState;
import io.understudy.proof.Mirroring.Copy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What must come true (product.md L1): where the world suffices for a row of domain.md 8 beyond
 * doubt, the row's remediation is decided. Where the row leaves a choice, any of it will do.
 */
final class Liveness {

    /** SQL's own failover is given this long (domain.md 8.8 no. 3). */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private Liveness() {}

    static List<Broken> broken(World world, Evaluation evaluation) {
        List<Broken> broken = new ArrayList<>();
        Acts acts = new Acts(evaluation);
        for (int pool = 1; pool <= 2; pool++) {
            pool(world, pool, acts, broken);
            store(world, pool, acts, broken);
            FindingLiveness.check(world, pool, acts, broken);
        }
        return broken;
    }

    private static void pool(World world, int home, Acts acts, List<Broken> broken) {
        if (!Fitness.isBeyondDoubt(world, home)) {
            return;
        }
        if (isGoneForGood(world, home) && !acts.movesUsersOf(home)) {
            broken.add(new Broken("L1", "F6/P1/P2 lost pool, fit backup: no open POOL_FAILOVER"));
        }
        if (isWithoutStoreForGood(world, home) && !acts.movesUsersOf(home)) {
            broken.add(new Broken("L1", "B9-B11 for 30 minutes: no open POOL_FAILOVER"));
        }
        acts.open(POOL_FAILOVER)
                .filter(d -> d.target().equals(Acts.poolId(home)))
                .forEach(d -> order(world, home, acts, d, broken));
    }

    /**
     * All its servers are dead and it does not answer. While its store still serves, 8.4 has F5
     * first, starting the servers again, for as long as a failover would take (20 minutes): until
     * then either will do.
     */
    private static boolean isGoneForGood(World world, int home) {
        Side side = world.side(home);
        return side.frontEnds().stream().allMatch(Seen::isDown)
                && side.pool().isDown()
                && (Loss.ofStore(world, home) || world.age().compareTo(Loss.BUDGET) >= 0);
    }

    /**
     * Enough servers run, but no SQL remedy exists: both copies are gone, or one and the witness
     * (B9, B10 "else B9", B11 "same clock as B9"), for as long as the budget.
     */
    private static boolean isWithoutStoreForGood(World world, int home) {
        Side side = world.side(home);
        return FrontEndTruth.functional(side) == Verdict.YES
                && Loss.ofStore(world, home)
                && StoreTruth.beyondSql(side, world.shape().witness())
                && world.age().compareTo(Loss.BUDGET) >= 0;
    }

    /** 5.1: what must go before the pool is decided as well, and in that order. */
    private static void order(World world, int home, Acts acts, Decision d, List<Broken> broken) {
        if (world.cmsAt() == home && !acts.isAfter(d, CMS_FAILOVER)) {
            broken.add(new Broken("L1", "P2: no CMS_FAILOVER first"));
        }
        if (world.edgeHop() == home
                && world.around().edge().isUp()
                && !acts.isAfter(d, EDGE_NEXT_HOP_CHANGE)) {
            broken.add(new Broken("L1", "O4: no EDGE_NEXT_HOP_CHANGE first"));
        }
    }

    private static void store(World world, int pool, Acts acts, List<Broken> broken) {
        Side side = world.side(pool);
        ComponentId store = Sight.store(world, pool).id();
        if (!side.principal().isDown() || !side.partner().isUp() || !isKnown(world, side)) {
            return;
        }
        boolean witness = world.shape().witness();
        // where the pool is lost as well, mending that comes first
        boolean mended =
                acts.decides(store, REPAIR, WAIT, FORCED_MIRROR_FAILOVER)
                        || acts.decides(Acts.poolId(pool), REPAIR, POOL_FAILOVER);
        if (!side.mirroring().isComplete()) {
            if (!mended) {
                broken.add(new Broken("L1", "B2/B4: neither REPAIR nor forced failover"));
            }
            return;
        }
        if (witness && !StoreTruth.witnessAllows(side, true)) {
            if (!mended) {
                broken.add(new Broken("L1", "B10/B2 witness in the way: no REPAIR"));
            }
            return;
        }
        promotable(world, pool, acts, broken);
    }

    /** B1 and B3: wait where SQL does it, else do it; unless the pool could not live with it. */
    private static void promotable(World world, int pool, Acts acts, List<Broken> broken) {
        Side side = world.side(pool);
        ComponentId store = Sight.store(world, pool).id();
        boolean witness = world.shape().witness();
        boolean livesWithIt =
                FrontEndTruth.running(side) >= FrontEndTruth.needed(side.frontEnds().size(), false);
        if (witness && world.age().compareTo(GRACE) < 0) {
            if (livesWithIt && !acts.decides(store, WAIT)) {
                broken.add(new Broken("L1", "B1 within a minute: no WAIT"));
            }
            return;
        }
        boolean verified = !witness || side.mirroring().copy() == Copy.DISCONNECTED_IN_STEP;
        if (verified && livesWithIt && !acts.opens(MIRROR_FAILOVER, store)) {
            broken.add(
                    new Broken(
                            "L1", (witness ? "B1 after a minute" : "B3") + ": no MIRROR_FAILOVER"));
        }
    }

    /** The state is told, and freshly; the pool is in its ordinary place. */
    private static boolean isKnown(World world, Side side) {
        return side.mirroring().isTold()
                && StoreTruth.isFresh(world, side)
                && side.told().says(PoolState.ACTIVE);
    }
}
