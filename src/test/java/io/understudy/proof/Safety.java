package io.understudy.proof;

import io.understudy.decision.DataLoss;
import io.understudy.decision.Decision;
import io.understudy.decision.Evaluation;
import io.understudy.decision.Mode;
import io.understudy.decision.Remediation;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Pool;
import java.util.ArrayList;
import java.util.List;

/**
 * What must always hold (product.md S1 to S7), said once more from what the world shows: which
 * properties the decisions about it break.
 */
final class Safety {

    private Safety() {}

    static List<Broken> broken(World world, Evaluation evaluation) {
        List<Broken> broken = new ArrayList<>();
        Acts acts = new Acts(evaluation);
        acts.open().forEach(decision -> check(world, acts, decision, broken));
        evaluation.decisions().forEach(decision -> approvals(world, decision, broken));
        if (acts.movesUsersOf(1) && acts.movesUsersOf(2)) {
            broken.add(new Broken("S1", "both pools of the pair are failed over onto each other"));
        }
        return broken;
    }

    private static void check(World world, Acts acts, Decision d, List<Broken> broken) {
        switch (d.remediation()) {
            case POOL_FAILOVER -> PoolSafety.failover(world, acts, d, broken);
            case CMS_FAILOVER -> PoolSafety.cms(world, d, broken);
            case EDGE_NEXT_HOP_CHANGE -> PoolSafety.edge(world, acts, d, broken);
            case POOL_FAILBACK -> PoolSafety.failback(world, d, broken);
            case MIRROR_FAILOVER, FORCED_MIRROR_FAILOVER, PRINCIPAL_ALIGNMENT, MIRROR_FAILBACK ->
                    StoreSafety.check(world, d, broken);
            case QUORUM_RECOVERY -> recovery(world, d, broken);
            case AVAILABILITY_GROUP_FAILOVER,
                    FORCED_AVAILABILITY_GROUP_FAILOVER,
                    CHAT_FAILOVER,
                    CHAT_FAILBACK ->
                    broken.add(new Broken("S2", d.remediation() + " where there is nothing of it"));
            case NONE, WAIT, REPAIR -> {}
        }
    }

    /** Routing groups are reloaded from the Back End, so it must serve (domain.md 3.3, F3). */
    private static void recovery(World world, Decision d, List<Broken> broken) {
        int pool = numberOf(d.target());
        if (pool == 0 || !Fitness.storeOfServes(world, pool)) {
            broken.add(new Broken("S1", "QUORUM_RECOVERY from a store not proven to serve"));
        }
    }

    /**
     * What may lose more than the published objective, and what cannot be undone, is never started
     * by itself and needs two people (product.md, default modes; domain.md 8.8 no. 7).
     */
    private static void approvals(World world, Decision d, List<Broken> broken) {
        boolean users = d.remediation() == Remediation.POOL_FAILOVER;
        boolean unsteady = users && !isSteady(world, numberOf(d.target()));
        boolean risky =
                Acts.isForced(d.remediation())
                        || isBeyondObjective(world, d.dataLoss())
                        || unsteady;
        if (risky && d.mode() == Mode.AUTOMATE) {
            broken.add(new Broken("S6", d.remediation() + " with loss starts by itself"));
        }
        if (risky && d.mode() == Mode.ADVISE && d.approvalsRequired() < 2) {
            broken.add(new Broken("S6", d.remediation() + " with loss needs fewer than two"));
        }
        if (unsteady && !isBeyondObjective(world, d.dataLoss())) {
            broken.add(new Broken("S6", "POOL_FAILOVER promises a loss that nothing bounds"));
        }
        if (Acts.isForced(d.remediation()) && d.dataLoss() instanceof DataLoss.None) {
            broken.add(new Broken("S6", d.remediation() + " promises no loss"));
        }
    }

    /**
     * Which of the two pools tells of an import error that concerns this direction can be read both
     * ways (domain.md 2.5, "on the partner"), so it counts where both tell of one.
     */
    private static boolean isSteady(World world, int pool) {
        Told.Backup home = world.side(pool).told().backup();
        Told.Backup pair = world.side(World.other(pool)).told().backup();
        return home.isSteady()
                || (home == Told.Backup.IMPORT_ERROR && pair != Told.Backup.IMPORT_ERROR);
    }

    private static boolean isBeyondObjective(World world, DataLoss loss) {
        Pool pool = world.shape().estate().pools().getFirst();
        return switch (loss) {
            case DataLoss.None _ -> false;
            case DataLoss.Unknown _ -> true;
            case DataLoss.Bounded bounded ->
                    bounded.atMost().compareTo(pool.release().poolFailoverRpo()) > 0;
        };
    }

    static int numberOf(ComponentId pool) {
        return Acts.poolId(1).equals(pool) ? 1 : Acts.poolId(2).equals(pool) ? 2 : 0;
    }
}
