package io.understudy.decision.rules;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.GateClause;
import io.understudy.decision.Remediation;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Edition;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.health.Facts;
import io.understudy.health.PoolState;
import io.understudy.health.ServiceState;
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
        gate.add(
                state(
                        Clause.BACKUP_POOL_STATE_ACTIVE,
                        c.backup().pool().fqdn(),
                        c.backup().freshState()));
        gate.add(services(c.backup()));
        capacity(c).ifPresent(gate::add);
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
        PoolSituation backup = c.backup();
        boolean whole = backup.running() == backup.pool().servers().size();
        ClauseResult footing =
                backup.running() > backup.required() || (whole && backup.functional())
                        ? ClauseResult.PASSED
                        : backup.running() + backup.unknown() <= backup.required()
                                ? ClauseResult.FAILED
                                : ClauseResult.UNKNOWN;
        return List.of(
                pairLegal(c.home().pool(), backup.pool()),
                new GateClause(
                        Clause.BACKUP_FRONT_ENDS_ABOVE_MINIMUM,
                        footing,
                        true,
                        backup.pool().fqdn() + ": " + backup.footing()),
                storeServing(backup));
    }

    private static GateClause pairLegal(Pool home, Pool backup) {
        boolean reciprocal = backup.backupPool().filter(home.fqdn()::equals).isPresent();
        boolean alike = home.edition() == backup.edition() && backup.isFrontEnd();
        return Sight.clause(
                Clause.PAIR_LEGAL,
                reciprocal && alike,
                home.fqdn()
                        + " and "
                        + backup.fqdn()
                        + (reciprocal ? " back each other up" : " are no reciprocal pair")
                        + (alike ? "" : " and are of different editions or roles"));
    }

    private static GateClause storeServing(PoolSituation backup) {
        if (backup.store().isEmpty()) {
            boolean local = backup.pool().edition() == Edition.STANDARD;
            return new GateClause(
                    Clause.BACKUP_STORE_SERVING,
                    local && backup.functional() ? ClauseResult.PASSED : ClauseResult.UNKNOWN,
                    true,
                    local
                            ? "its store is on the server itself"
                            : "the estate names no store for it");
        }
        StoreSituation store = backup.store().get();
        ClauseResult result =
                switch (store.service()) {
                    case SERVING, EXPOSED -> ClauseResult.PASSED;
                    case UNAVAILABLE -> ClauseResult.FAILED;
                    case UNKNOWN -> ClauseResult.UNKNOWN;
                };
        return new GateClause(
                Clause.BACKUP_STORE_SERVING,
                result,
                true,
                store.store().id()
                        + " is "
                        + store.service()
                        + ": "
                        + Sight.words(ComponentId.of(store.principalAt()), store.principal()));
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

    /** RTCSRV is what makes a server run; LYNCBACKUP may be told of any server of the pool. */
    private static GateClause services(PoolSituation backup) {
        List<String> stopped = new ArrayList<>();
        backup.pool()
                .servers()
                .forEach(server -> {
                    var facts = backup.sight().facts(ComponentId.of(server.fqdn()));
                    if (backup.sight().isFresh(facts)
                            && facts.facts() instanceof Facts.OfServer told
                            && told.services().getOrDefault("LYNCBACKUP", ServiceState.RUNNING)
                                    != ServiceState.RUNNING) {
                        stopped.add(server.fqdn().value());
                    }
                });
        ClauseResult result =
                !stopped.isEmpty()
                        ? ClauseResult.FAILED
                        : backup.functional() ? ClauseResult.PASSED : ClauseResult.UNKNOWN;
        return new GateClause(
                Clause.BACKUP_SERVICES_RUNNING,
                result,
                true,
                stopped.isEmpty()
                        ? backup.running()
                                + " servers run RTCSRV and none reports LYNCBACKUP stopped"
                        : "LYNCBACKUP does not run on " + String.join(", ", stopped));
    }

    /**
     * The survivor must carry both pools' users (domain.md 2.2); left out where the estate does not
     * tell the numbers.
     */
    private static Optional<GateClause> capacity(PoolCase c) {
        Pool home = c.home().pool();
        Pool backup = c.backup().pool();
        if (backup.capacity().isEmpty() || home.users().isEmpty() || backup.users().isEmpty()) {
            return Optional.empty();
        }
        int load = home.users().getAsInt() + backup.users().getAsInt();
        int capacity = backup.capacity().getAsInt();
        return Optional.of(
                Sight.clause(
                        Clause.BACKUP_CAPACITY,
                        load <= capacity,
                        backup.fqdn() + " would carry " + load + " users of " + capacity));
    }
}
