package io.understudy.decision.rules;

import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Severity;
import io.understudy.estate.Database;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Pool;
import io.understudy.health.Condition;
import io.understudy.health.MirroringHistory;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A store together with the Front End pools that live on it: what the store's rows look at. */
record StoreCase(StoreSituation store, List<PoolSituation> pools) {

    StoreCase {
        pools = List.copyOf(pools);
    }

    /** Asked only of a store whose principal is lost; a healthy one costs nothing here. */
    Replication replication() {
        return Replication.of(
                store.sight(), store.store(), store.principalSide(), store.principal());
    }

    /** A pool that the cmdlets can name for this store; Front End pools first. */
    Optional<Pool> namedPool() {
        List<Pool> all = store.sight().estate().poolsOn(store.store().name());
        return all.stream().filter(Pool::isFrontEnd).findFirst().or(() -> all.stream().findFirst());
    }

    /**
     * The types of which a database has its principal on the lost side, in the order of the
     * enumeration.
     */
    List<DatabaseType> typesToMove() {
        Set<DatabaseType> types = EnumSet.noneOf(DatabaseType.class);
        for (Database database : store.store().databases()) {
            MirroringHistory history =
                    store.sight().facts(store.store().id()).mirroring().get(database.name());
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
    Finding finding(
            FindingCode code, String row, Severity severity, Instant since, Condition... on) {
        return store.sight().finding(code, store.store().id(), row, severity, since, on);
    }

    /** The principal is lost, since its condition says so. */
    Finding principalLost(String row) {
        return finding(
                FindingCode.PRINCIPAL_LOST,
                row,
                Severity.CRITICAL,
                store.principal().since(),
                store.principal());
    }

    /** Why no pool fails over yet for the store alone. */
    Rejected poolLater() {
        return new Rejected(
                Remediation.POOL_FAILOVER,
                "users work normally without the store until "
                        + store.budgetEnds().map(Instant::toString).orElse("its budget is spent"),
                "B9");
    }
}
