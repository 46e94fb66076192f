package io.understudy.decision.rules;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.GateClause;
import io.understudy.decision.Remediation;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.StoreTechnology;
import io.understudy.health.PoolState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The gates of what moves to the backup pool: pool failover (domain.md 8.5), CMS failover and Edge
 * next hop.
 */
final class PoolGate {

    private PoolGate() {}

    /**
     * The gate of a pool failover, without the clauses on CMS and Edge, which depend on what goes
     * before.
     */
    static List<GateClause> ofPool(PoolCase c, BackupService backupService) {
        List<GateClause> gate = new ArrayList<>(ofBackup(c));
        gate.add(homeDown(c, Clause.HOME_POOL_SEEN_DOWN));
        gate.add(
                state(Clause.HOME_POOL_STATE_ACTIVE, c.home().pool().fqdn(), c.home().lastState()));
        gate.add(BackupFitness.services(c.backup()));
        BackupFitness.capacity(c).ifPresent(gate::add);
        gate.add(backupService.clause());
        gate.add(
                Sight.clause(
                        Clause.REPAIR_LONGER_THAN_FAILOVER,
                        !nearerToRestart(c),
                        nearerToRestart(c)
                                ? "enough servers are reachable to start the pool again"
                                : "nothing shows that service comes back sooner than a failover takes"));
        gate.add(c.home().sight().noOtherRun(Remediation.POOL_FAILOVER, c.home().pool().id()));
        gate.add(c.home().sight().coolDownOver(Remediation.POOL_FAILOVER, c.home().pool().id()));
        return gate;
    }

    /**
     * Enough servers are reachable to start the pool again, and the time for that is not spent (row
     * F5).
     */
    static boolean nearerToRestart(PoolCase c) {
        return c.home().below()
                && c.home().restartable()
                && !c.home().belowForTheVote()
                && !c.restartBudgetSpent();
    }

    /** The gate of moving the Central Management store to the backup pool. */
    static List<GateClause> ofCms(PoolCase c) {
        List<GateClause> gate = new ArrayList<>(ofBackup(c));
        gate.add(homeDown(c, Clause.CMS_HOST_SEEN_DOWN));
        gate.add(c.home().sight().noOtherRun(Remediation.CMS_FAILOVER, c.home().pool().id()));
        gate.add(c.home().sight().coolDownOver(Remediation.CMS_FAILOVER, c.home().pool().id()));
        return gate;
    }

    /** The gate of pointing an Edge pool at the backup pool. */
    static List<GateClause> ofEdge(PoolCase c, ComponentId edge, GateClause cmsWritable) {
        List<GateClause> gate = new ArrayList<>(ofBackup(c));
        gate.add(homeDown(c, Clause.HOME_POOL_SEEN_DOWN));
        gate.add(cmsWritable);
        gate.add(c.home().sight().noOtherRun(Remediation.EDGE_NEXT_HOP_CHANGE, edge));
        gate.add(c.home().sight().coolDownOver(Remediation.EDGE_NEXT_HOP_CHANGE, edge));
        return gate;
    }

    private static List<GateClause> ofBackup(PoolCase c) {
        return List.of(
                pairLegal(c),
                BackupFitness.frontEnds(c.backup()),
                BackupFitness.storeServing(c.backup()),
                state(
                        Clause.BACKUP_POOL_STATE_ACTIVE,
                        c.backup().pool().fqdn(),
                        c.backup().freshState()));
    }

    /**
     * Reciprocal, of one edition, on one kind of store (domain.md 2.2); nobody else checks that.
     */
    private static GateClause pairLegal(PoolCase c) {
        Pool home = c.home().pool();
        Pool backup = c.backup().pool();
        boolean reciprocal =
                backup.backupPool().filter(home.fqdn()::equals).isPresent()
                        && !backup.fqdn().equals(home.fqdn());
        boolean alike =
                home.edition() == backup.edition()
                        && backup.isFrontEnd()
                        && technology(c.home()).equals(technology(c.backup()));
        return Sight.clause(
                Clause.PAIR_LEGAL,
                reciprocal && alike,
                home.fqdn()
                        + " and "
                        + backup.fqdn()
                        + (reciprocal ? " back each other up" : " are no reciprocal pair")
                        + (alike ? "" : " and differ in edition, role or kind of store"));
    }

    private static Optional<StoreTechnology> technology(PoolSituation pool) {
        return pool.store().map(situation -> situation.store().technology());
    }

    private static GateClause homeDown(PoolCase c, Clause clause) {
        PoolSituation home = c.home();
        boolean storeLost = home.store().filter(StoreSituation::unavailable).isPresent();
        return Sight.clause(
                clause,
                home.below() || storeLost,
                home.below()
                        ? home.footing()
                                + "; the losses were seen from at least "
                                + home.sight().policy().thresholds().sites()
                                + " sites"
                        : storeLost
                                ? "its store is unavailable since "
                                        + home.store()
                                                .orElseThrow()
                                                .unavailableSince()
                                                .orElseThrow()
                                : home.footing());
    }

    private static GateClause state(Clause clause, PoolFqdn pool, Optional<PoolState> state) {
        ClauseResult result =
                state.map(s ->
                                switch (s) {
                                    case ACTIVE, FAILED_BACK -> ClauseResult.PASSED;
                                    case FAILING_OVER, FAILED_OVER -> ClauseResult.FAILED;
                                })
                        .orElse(ClauseResult.UNKNOWN);
        return new GateClause(
                clause,
                result,
                true,
                state.map(s -> "PoolState of " + pool + " is " + s)
                        .orElse("nobody has told the PoolState of " + pool));
    }
}
