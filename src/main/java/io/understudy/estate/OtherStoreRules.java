package io.understudy.estate;

import static io.understudy.estate.EstateRule.faultIf;
import static io.understudy.estate.EstateRule.ofPools;
import static io.understudy.estate.EstateRule.ofStores;
import static io.understudy.estate.Violation.Severity.ADVICE;
import static io.understudy.estate.Violation.Severity.ERROR;

import io.understudy.estate.EstateRule.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The stores besides the Back End: which pools have them, and what monitoring and archiving are.
 */
final class OtherStoreRules {

    private static final Set<DatabaseType> REPORTS =
            Set.of(DatabaseType.MONITORING, DatabaseType.ARCHIVING);

    static final List<EstateRule> ALL =
            List.of(
                    ofPools("OTHER_STORES_ROLE", ERROR, "domain.md 4.1", OtherStoreRules::role),
                    ofPools("OTHER_STORE_IS_OWN", ERROR, "domain.md 4.1", OtherStoreRules::own),
                    ofStores(
                            "CRITICAL_MODE_WITHOUT_ARCHIVING",
                            ERROR,
                            "domain.md 5.6",
                            OtherStoreRules::criticalMode),
                    ofStores(
                            "REPORTING_STORE_UNNAMED",
                            ADVICE,
                            "domain.md 4.3",
                            OtherStoreRules::unnamed));

    private OtherStoreRules() {}

    private static List<Fault> role(Estate estate, Pool pool) {
        return faultIf(
                !pool.otherStores().isEmpty() && !pool.isFrontEnd(),
                "/otherStores",
                "only a Front End pool has stores besides its own, not one of role "
                        + pool.role()
                        + ": name them at the Front End pool that uses them");
    }

    private static List<Fault> own(Estate estate, Pool pool) {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < pool.otherStores().size(); i++) {
            StoreName name = pool.otherStores().get(i);
            faults.addAll(
                    faultIf(
                            pool.store().filter(name::equals),
                            "/otherStores/" + i,
                            own ->
                                    own
                                            + " is the pool's own store, named under store already:"
                                            + " leave it out here"));
        }
        return faults;
    }

    private static List<Fault> criticalMode(Estate estate, Store store) {
        return faultIf(
                store.criticalMode() && !store.databaseTypes().contains(DatabaseType.ARCHIVING),
                "/criticalMode",
                "only a store with a database of type ARCHIVING (LcsLog) can stop instant messages: list that"
                        + " database, or leave criticalMode out");
    }

    private static List<Fault> unnamed(Estate estate, Store store) {
        boolean reports =
                !store.databases().isEmpty() && REPORTS.containsAll(store.databaseTypes());
        return faultIf(
                reports && estate.poolsUsing(store.name()).isEmpty(),
                "/name",
                "no pool has this store: name it under otherStores of a Front End pool that uses it, which a failover"
                        + " of its databases has to name");
    }
}
