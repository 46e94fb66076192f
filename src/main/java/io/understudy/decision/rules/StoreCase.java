package io.understudy.decision.rules;

import io.understudy.decision.DataLoss;
import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Interruption;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Severity;
import io.understudy.estate.Database;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Pool;
import io.understudy.estate.StoreTechnology;
import io.understudy.health.Condition;
import io.understudy.health.MirroringHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A store together with the Front End pools that live on it: what the store's rows look at.
 *
 * @param replication judged only for a store whose principal is lost
 */
record StoreCase(StoreSituation store, List<PoolSituation> pools, Replication replication) {

    private static final Set<DatabaseType> REPORTS =
            EnumSet.of(DatabaseType.MONITORING, DatabaseType.ARCHIVING);
    private static final Set<DatabaseType> CHAT =
            EnumSet.of(DatabaseType.PERSISTENT_CHAT, DatabaseType.PERSISTENT_CHAT_COMPLIANCE);

    private static final Replication NOT_ASKED =
            new Replication(Replication.Proof.UNKNOWN, "the principal is not lost");

    StoreCase {
        pools = List.copyOf(pools);
    }

    StoreCase(StoreSituation store, List<PoolSituation> pools) {
        this(
                store,
                pools,
                store.principalLost()
                        ? Replication.of(
                                store.sight(),
                                store.store(),
                                store.principalSide(),
                                store.principal())
                        : NOT_ASKED);
    }

    Sight sight() {
        return store.sight();
    }

    boolean isMirrored() {
        return store.store().technology() == StoreTechnology.MIRRORING
                && store.store().mirror().isPresent();
    }

    /** Whether it keeps nothing but monitoring and archiving databases (row B17). */
    boolean onlyReports() {
        return keepsOnly(REPORTS);
    }

    /** Whether it keeps nothing but Persistent Chat (rows O9 and O10). */
    boolean onlyChat() {
        return keepsOnly(CHAT);
    }

    /** Whether the Central Management store has this store to itself (row P3). */
    boolean onlyCentralManagement() {
        return keepsOnly(EnumSet.of(DatabaseType.CENTRAL_MGMT));
    }

    private boolean keepsOnly(Set<DatabaseType> types) {
        Set<DatabaseType> kept = store.store().databaseTypes();
        return !kept.isEmpty() && types.containsAll(kept);
    }

    /**
     * A pool that the cmdlets can name for this store, Front End pools first; for a store that no
     * pool names the only Front End pool of its site.
     */
    Optional<Pool> namedPool() {
        List<Pool> all = sight().estate().poolsUsing(store.store().name());
        if (!all.isEmpty()) {
            return all.stream()
                    .filter(Pool::isFrontEnd)
                    .findFirst()
                    .or(() -> all.stream().findFirst());
        }
        List<Pool> near =
                sight().estate().pools().stream()
                        .filter(pool ->
                                pool.isFrontEnd() && pool.site().equals(store.store().site()))
                        .toList();
        return near.size() == 1 ? Optional.of(near.getFirst()) : Optional.empty();
    }

    /**
     * The types of which a database has its principal on the lost side, in the order of the
     * enumeration.
     */
    List<DatabaseType> typesToMove() {
        Set<DatabaseType> types = EnumSet.noneOf(DatabaseType.class);
        Map<String, MirroringHistory> told = sight().facts(store.store().id()).mirroring();
        for (Database database : store.store().databases()) {
            MirroringHistory history = told.get(database.name());
            boolean elsewhere =
                    history != null
                            && history.row()
                                    .principalOn()
                                    .filter(side -> side != store.principalSide())
                                    .isPresent();
            if (!elsewhere) {
                types.add(database.type());
            }
        }
        return List.copyOf(types);
    }

    /** A confirmed finding about the store that rests on these conditions. */
    Finding finding(FindingCode code, Row row, Severity severity, Instant since, Condition... on) {
        return store.sight().finding(code, store.store().id(), row.id(), severity, since, on);
    }

    /** The principal is lost, since its condition says so. */
    Finding principalLost(Row row) {
        return finding(
                FindingCode.PRINCIPAL_LOST,
                row,
                Severity.CRITICAL,
                store.principal().since(),
                store.principal());
    }

    /** What the pools on it would lose, were they failed over; empty where none of them can be. */
    Optional<DataLoss> poolLoss() {
        Optional<DataLoss> worst = Optional.empty();
        for (PoolSituation home : pools) {
            Optional<Pool> backup = sight().estate().backupOf(home.pool());
            if (backup.isPresent()) {
                DataLoss loss =
                        BackupService.of(home, backup.get(), store.principal().since()).loss();
                worst = Optional.of(worst.map(w -> w.worse(loss)).orElse(loss));
            }
        }
        return worst;
    }

    /** Why no pool fails over yet for the store alone. */
    Rejected poolLater() {
        if (pools.isEmpty()) {
            return new Rejected(
                    Remediation.POOL_FAILOVER,
                    store.store().criticalMode()
                            ? "archiving is critical, so messages stop until this store is back; a pool failover moves no archive"
                            : "no Front End pool lives on this store; users work on without it",
                    "B17");
        }
        return noPool(
                "users work normally without the store until "
                        + store.budgetEnds().map(Instant::toString).orElse("its budget is spent"),
                "B9");
    }

    /** Why no pool fails over, with what that would cost; only where pools live on the store. */
    Rejected noPool(String because, String rule) {
        Duration rto = pools.getFirst().pool().release().poolFailoverRto();
        return new Rejected(
                Remediation.POOL_FAILOVER,
                because,
                rule,
                poolLoss(),
                Optional.of(new Interruption("all users are signed out", rto, rto)));
    }
}
