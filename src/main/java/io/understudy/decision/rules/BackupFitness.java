package io.understudy.decision.rules;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.GateClause;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Edition;
import io.understudy.estate.Pool;
import io.understudy.estate.Server;
import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.ServiceState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The clauses on the pool that would take over: proven fit now, never assumed (product.md S1). */
final class BackupFitness {

    private static final String BACKUP_SERVICE = "LYNCBACKUP";

    private BackupFitness() {}

    /** Above its minimum, or whole where the minimum is all it has. */
    static GateClause frontEnds(PoolSituation backup) {
        int required = backup.requiredAtWorst();
        boolean whole = backup.running() == backup.size() && required == backup.withoutVote();
        boolean unreachable = StoreSituation.lost(backup.whole());
        ClauseResult footing =
                unreachable
                        ? ClauseResult.FAILED
                        : backup.running() > required || (whole && backup.functional())
                                ? ClauseResult.PASSED
                                : backup.running() + backup.unknown() <= backup.required()
                                        ? ClauseResult.FAILED
                                        : ClauseResult.UNKNOWN;
        return new GateClause(
                Clause.BACKUP_FRONT_ENDS_ABOVE_MINIMUM,
                footing,
                true,
                backup.pool().fqdn()
                        + ": "
                        + backup.footing()
                        + (unreachable ? "; the pool as a whole is seen down" : ""));
    }

    static GateClause storeServing(PoolSituation backup) {
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

    /**
     * RTCSRV is what makes a server run; LYNCBACKUP must have been told of, by itself or by its
     * modules.
     */
    static GateClause services(PoolSituation backup) {
        List<ServiceState> told = told(backup);
        boolean stopped = backupServiceStopped(backup);
        boolean proven = !told.isEmpty() || modulesAnswer(backup);
        ClauseResult result =
                stopped
                        ? ClauseResult.FAILED
                        : proven && backup.functional()
                                ? ClauseResult.PASSED
                                : ClauseResult.UNKNOWN;
        return new GateClause(
                Clause.BACKUP_SERVICES_RUNNING,
                result,
                true,
                backup.running()
                        + " servers run RTCSRV; LYNCBACKUP "
                        + (stopped
                                ? "does not run on every server"
                                : proven ? "runs" : "was told of by nobody"));
    }

    /** Whether LYNCBACKUP is told not to run on some server. */
    static boolean backupServiceStopped(PoolSituation backup) {
        return told(backup).stream().anyMatch(state -> state != ServiceState.RUNNING);
    }

    private static List<ServiceState> told(PoolSituation backup) {
        return backup.pool().servers().stream()
                .flatMap(server -> backupService(backup, server).stream())
                .toList();
    }

    private static Optional<ServiceState> backupService(PoolSituation backup, Server server) {
        var facts = backup.sight().facts(ComponentId.of(server.fqdn()));
        return backup.sight().isFresh(facts) && facts.facts() instanceof Facts.OfServer told
                ? Optional.ofNullable(told.services().get(BACKUP_SERVICE))
                : Optional.empty();
    }

    private static boolean modulesAnswer(PoolSituation backup) {
        return backup.sight()
                .freshFactsOfPool(backup.pool().id())
                .filter(facts ->
                        facts.backupService().stream()
                                .anyMatch(m ->
                                        m.exportStatus() != ExportStatus.UNKNOWN
                                                && m.exportStatus() != ExportStatus.ERROR_STATE))
                .isPresent();
    }

    /**
     * The survivor must carry both pools' users (domain.md 2.2). Where the estate does not tell the
     * numbers nobody is held back, and told so.
     */
    static Optional<GateClause> capacity(HomeCase c) {
        Pool home = c.home().pool();
        Pool backup = c.backup().pool();
        if (backup.capacity().isEmpty() || home.users().isEmpty() || backup.users().isEmpty()) {
            return Optional.of(
                    new GateClause(
                            Clause.BACKUP_CAPACITY,
                            ClauseResult.UNKNOWN,
                            false,
                            "the estate does not tell users and capacity: see that "
                                    + backup.fqdn()
                                    + " can carry both pools' users"));
        }
        int load = home.users().getAsInt() + live(c.backup(), backup.users().getAsInt());
        int capacity = backup.capacity().getAsInt();
        return Optional.of(
                Sight.clause(
                        Clause.BACKUP_CAPACITY,
                        load <= capacity,
                        backup.fqdn() + " would carry " + load + " users of " + capacity));
    }

    /** The greater of the users homed there and those signed in now. */
    private static int live(PoolSituation backup, int homed) {
        OptionalInt active =
                backup.sight()
                        .freshFactsOfPool(backup.pool().id())
                        .map(Facts.OfPool::activeUsers)
                        .orElse(OptionalInt.empty());
        return Math.max(homed, active.orElse(0));
    }
}
