package io.understudy.proof;

import io.understudy.decision.Decision;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.health.PoolState;
import java.util.List;

/** What must hold of an act on a pool whose gate is open. */
final class PoolSafety {

    private PoolSafety() {}

    static void failover(World world, Acts acts, Decision d, List<Broken> broken) {
        int home = Safety.numberOf(d.target());
        for (String clause : Fitness.unprovenFor(world, home)) {
            broken.add(new Broken("S1", "POOL_FAILOVER without proof: " + clause));
        }
        if (!Loss.thatMovesUsers(world, home)) {
            broken.add(unjustified(world, home, "POOL_FAILOVER"));
        }
        if (d.remedy() instanceof Remedy.PoolFailover failover) {
            if (Acts.number(failover.to()) != World.other(home)) {
                broken.add(new Broken("S1", "POOL_FAILOVER to a pool that is not the pair"));
            }
            if (!failover.disasterMode()) {
                broken.add(new Broken("S2", "planned POOL_FAILOVER of what cannot take part"));
            }
        }
        order(world, acts, d, home, broken);
    }

    private static void order(World world, Acts acts, Decision d, int home, List<Broken> broken) {
        int cms = world.cmsAt();
        boolean hosted = cms == home || (cms == 0 && world.shape().cmsAt() == home);
        boolean cmsFirst = acts.isAfter(d, Remediation.CMS_FAILOVER);
        if (hosted && !cmsFirst) {
            broken.add(new Broken("S5", "POOL_FAILOVER before the CMS that the pool hosts"));
        }
        if (cms == 0 && !hosted && !cmsFirst) {
            broken.add(new Broken("S5", "POOL_FAILOVER while no CMS is writable"));
        }
        // an Edge pool that is proven dead does not run, and 5.1 step 0 asks only of one that runs
        boolean edgeRuns = world.edgeHop() == home && !world.around().edge().isDown();
        if (edgeRuns && !acts.isAfter(d, Remediation.EDGE_NEXT_HOP_CHANGE)) {
            broken.add(new Broken("S5", "POOL_FAILOVER before the Edge pool's next hop"));
        }
    }

    /**
     * The Central Management store moves when its pool is lost, or when its store is and no mirror
     * stands ready (P2, P3); no user notices.
     */
    static void cms(World world, Decision d, List<Broken> broken) {
        if (!(d.remedy() instanceof Remedy.CmsFailover move)) {
            broken.add(new Broken("S5", "CMS_FAILOVER without its remedy"));
            return;
        }
        int from = Acts.number(move.from());
        int to = Acts.number(move.to());
        boolean hosted =
                world.cmsAt() == from || (world.cmsAt() == 0 && world.shape().cmsAt() == from);
        if (!hosted) {
            broken.add(new Broken("S2", "CMS_FAILOVER from a pool that is told not to host it"));
        }
        boolean storeOnly =
                Loss.ofStore(world, from)
                        && !StoreTruth.promotable(world.side(from), world.shape().witness());
        if (!Loss.thatMovesUsers(world, from) && !storeOnly) {
            broken.add(unjustified(world, from, "CMS_FAILOVER"));
        }
        target(world, to, "CMS_FAILOVER", broken);
    }

    static void edge(World world, Acts acts, Decision d, List<Broken> broken) {
        if (!(d.remedy() instanceof Remedy.EdgeNextHopChange change)) {
            broken.add(new Broken("S5", "EDGE_NEXT_HOP_CHANGE without its remedy"));
            return;
        }
        int from = Acts.number(change.from());
        if (world.edgeHop() != from) {
            broken.add(new Broken("S2", "EDGE_NEXT_HOP_CHANGE from a hop it does not have"));
        }
        if (!Loss.thatMovesUsers(world, from)) {
            broken.add(unjustified(world, from, "EDGE_NEXT_HOP_CHANGE"));
        }
        target(world, Acts.number(change.to()), "EDGE_NEXT_HOP_CHANGE", broken);
        boolean writable = world.cmsAt() == World.other(from);
        if (!writable && !acts.isAfter(d, Remediation.CMS_FAILOVER)) {
            broken.add(new Broken("S5", "EDGE_NEXT_HOP_CHANGE while no CMS is writable"));
        }
    }

    /** Where the CMS or the Edge pool goes must serve; it need not have servers to spare. */
    private static void target(World world, int to, String what, List<Broken> broken) {
        Side target = world.side(to);
        if (FrontEndTruth.functional(target) != Verdict.YES || target.pool().isDown()) {
            broken.add(new Broken("S1", what + " to a pool not proven functional"));
        }
        if (!Fitness.storeOfServes(world, to)) {
            broken.add(new Broken("S1", what + " to a pool whose store is not proven to serve"));
        }
    }

    /** Only from FAILED_OVER, and only onto a home that is proven whole again (5.0, 5.3, P15). */
    static void failback(World world, Decision d, List<Broken> broken) {
        int home = Safety.numberOf(d.target());
        Side side = world.side(home);
        if (!side.told().says(PoolState.FAILED_OVER)) {
            broken.add(new Broken("S1", "POOL_FAILBACK of a pool that is not failed over"));
        }
        if (FrontEndTruth.running(side) < firstStart(side.frontEnds().size())
                || !Fitness.storeOfServes(world, home)) {
            broken.add(new Broken("S1", "POOL_FAILBACK onto a home not proven whole"));
        }
    }

    /** How many must run for a first start (domain.md 3.1), for pools of up to four. */
    private static int firstStart(int servers) {
        return new int[] {0, 1, 1, 3, 3}[servers];
    }

    private static Broken unjustified(World world, int pool, String what) {
        return new Broken(Loss.brokenWithout(world, pool), what + " although no loss is proven");
    }
}
