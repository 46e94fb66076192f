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
    static List<GateClause> ofPool(HomeCase c, BackupService backupService) {
        List<GateClause> gate = new ArrayList<>(ofBackup(c));
        gate.add(homeDown(c, Clause.HOME_POOL_SEEN_DOWN));
        gate.add(state(Clause.HOME_POOL_STATE_ACTIVE, c.fqdn(), c.home().lastState()));
        gate.add(BackupFitness.services(c.backup()));
        BackupFitness.capacity(c).ifPresent(gate::add);
        gate.add(backupService.clause());
        gate.add(
                Sight.clause(
                        Clause.REPAIR_LONGER_THAN_FAILOVER,
                        !c.nearerToRestart(),
                        c.nearerToRestart()
                                ? "enough servers are reachable to start the pool again"
                                : "nothing shows that service comes back sooner than a failover takes"));
        gate.addAll(new StartGate(c.sight()).clauses(Remediation.POOL_FAILOVER, c.id()));
        return gate;
    }

    /** The gate of a planned pool failover: the home pool lives and is drained (domain.md 5.2). */
    static List<GateClause> ofPlanned(HomeCase c, BackupService backupService) {
        List<GateClause> gate = new ArrayList<>(ofBackup(c));
        gate.add(
                Sight.clause(
                        Clause.STORE_SERVING,
                        c.home().storeServes() && !c.home().below(),
                        c.home().footing()
                                + (c.home().storeServes()
                                        ? "; its store serves"
                                        : "; its store does not serve, and a planned failover is refused then")));
        gate.add(state(Clause.HOME_POOL_STATE_ACTIVE, c.fqdn(), c.home().freshState()));
        gate.add(BackupFitness.services(c.backup()));
        BackupFitness.capacity(c).ifPresent(gate::add);
        GateClause steady = backupService.clause();
        gate.add(new GateClause(steady.clause(), steady.result(), true, steady.evidence()));
        gate.addAll(new StartGate(c.sight()).clauses(Remediation.POOL_FAILOVER, c.id()));
        return gate;
    }

    /** The gate of moving the Central Management store to the backup pool. */
    static List<GateClause> ofCms(HomeCase c, boolean force) {
        List<GateClause> gate = new ArrayList<>(ofBackup(c));
        if (force) {
            gate.add(homeDown(c, Clause.CMS_HOST_SEEN_DOWN));
        }
        gate.addAll(new StartGate(c.sight()).clauses(Remediation.CMS_FAILOVER, c.id()));
        return gate;
    }

    /** The gate of pointing an Edge pool at the backup pool. */
    static List<GateClause> ofEdge(
            HomeCase c, ComponentId edge, GateClause cmsWritable, boolean disaster) {
        List<GateClause> gate = new ArrayList<>(ofBackup(c));
        if (disaster) {
            gate.add(homeDown(c, Clause.HOME_POOL_SEEN_DOWN));
        }
        gate.add(cmsWritable);
        gate.addAll(new StartGate(c.sight()).clauses(Remediation.EDGE_NEXT_HOP_CHANGE, edge));
        return gate;
    }

    static List<GateClause> ofBackup(HomeCase c) {
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
    private static GateClause pairLegal(HomeCase c) {
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

    private static GateClause homeDown(HomeCase c, Clause clause) {
        PoolSituation home = c.home();
        if (home.below()) {
            boolean agreed = home.belowByAgreement();
            return new GateClause(
                    clause,
                    agreed ? ClauseResult.PASSED : ClauseResult.UNKNOWN,
                    true,
                    home.footing()
                            + (agreed
                                    ? "; the losses were seen from at least "
                                            + c.sight().policy().thresholds().sites()
                                            + " sites"
                                    : "; only their own word says that the servers are out, and nobody sees them down from outside"));
        }
        boolean storeLost = c.storeUnavailable();
        return Sight.clause(
                clause,
                storeLost,
                storeLost
                        ? "its store is unavailable since "
                                + home.store().orElseThrow().unavailableSince().orElseThrow()
                        : home.footing());
    }

    static GateClause state(Clause clause, PoolFqdn pool, Optional<PoolState> state) {
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
