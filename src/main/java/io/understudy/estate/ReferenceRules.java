package io.understudy.estate;

import static io.understudy.estate.EstateRule.faultIf;
import static io.understudy.estate.EstateRule.ofPools;
import static io.understudy.estate.EstateRule.ofStores;
import static io.understudy.estate.Violation.Severity.ADVICE;
import static io.understudy.estate.Violation.Severity.ERROR;

import io.understudy.estate.EstateRule.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whatever is named is there, and whatever is there is named. */
final class ReferenceRules {

    private static final String SOURCE = "product.md, shapes";

    /**
     * Stores of these databases stand by themselves: no pool has them as its store (domain.md 4.1).
     */
    private static final Set<DatabaseType> OWN_STORE =
            Set.of(
                    DatabaseType.MONITORING,
                    DatabaseType.ARCHIVING,
                    DatabaseType.PERSISTENT_CHAT_COMPLIANCE);

    static final List<EstateRule> ALL =
            List.of(
                    ofPools("UNKNOWN_SITE", ERROR, SOURCE, ReferenceRules::siteOfPool),
                    ofStores("UNKNOWN_SITE", ERROR, SOURCE, ReferenceRules::siteOfStore),
                    new EstateRule("UNKNOWN_SITE", ERROR, SOURCE, ReferenceRules::siteOfObserver),
                    ofPools("UNKNOWN_STORE", ERROR, SOURCE, ReferenceRules::store),
                    ofPools("UNKNOWN_STORE", ERROR, SOURCE, ReferenceRules::otherStores),
                    ofPools(
                            "UNKNOWN_BACKUP_POOL",
                            ERROR,
                            "domain.md 2.2",
                            ReferenceRules::backupPool),
                    ofPools("UNKNOWN_NEXT_HOP", ERROR, "domain.md 5.1", ReferenceRules::nextHop),
                    ofStores("STORE_UNUSED", ADVICE, "domain.md 4.1", ReferenceRules::unusedStore));

    private ReferenceRules() {}

    private static List<Fault> siteOfPool(Estate estate, Pool pool) {
        List<Fault> faults = new ArrayList<>(site(estate, pool.site(), "/site"));
        for (int j = 0; j < pool.servers().size(); j++) {
            Optional<SiteName> site = pool.servers().get(j).site();
            if (site.isPresent()) {
                faults.addAll(site(estate, site.get(), "/servers/" + j + "/site"));
            }
        }
        return faults;
    }

    private static List<Fault> siteOfStore(Estate estate, Store store) {
        List<Fault> faults = new ArrayList<>(site(estate, store.site(), "/site"));
        store.logShipping()
                .ifPresent(to ->
                        faults.addAll(site(estate, to.site(), "/logShipping/secondary/site")));
        return faults;
    }

    private static List<Fault> siteOfObserver(Estate estate) {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < estate.observers().size(); i++) {
            faults.addAll(
                    site(estate, estate.observers().get(i).site(), "/observers/" + i + "/site"));
        }
        return faults;
    }

    private static List<Fault> site(Estate estate, SiteName site, String pointer) {
        return faultIf(
                estate.site(site).isEmpty(),
                pointer,
                "no site is called " + site + ": add it under sites or correct it");
    }

    private static List<Fault> store(Estate estate, Pool pool) {
        return faultIf(
                pool.store().filter(name -> estate.store(name).isEmpty()),
                "/store",
                name -> "no store is called " + name + ": add it under stores or correct it");
    }

    private static List<Fault> otherStores(Estate estate, Pool pool) {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < pool.otherStores().size(); i++) {
            StoreName name = pool.otherStores().get(i);
            faults.addAll(
                    faultIf(
                            estate.store(name).isEmpty(),
                            "/otherStores/" + i,
                            "no store is called " + name + ": add it under stores or correct it"));
        }
        return faults;
    }

    private static List<Fault> backupPool(Estate estate, Pool pool) {
        return faultIf(
                pool.backupPool().filter(name -> estate.pool(name).isEmpty()),
                "/backupPool",
                name -> "no pool is called " + name + ": add it under pools or correct it");
    }

    private static List<Fault> nextHop(Estate estate, Pool pool) {
        return faultIf(
                pool.nextHopPool().filter(name -> estate.pool(name).isEmpty()),
                "/nextHopPool",
                name -> "no pool is called " + name + ": add it under pools or correct it");
    }

    private static List<Fault> unusedStore(Estate estate, Store store) {
        Set<DatabaseType> types = EnumSet.noneOf(DatabaseType.class);
        types.addAll(store.databaseTypes());
        types.removeAll(OWN_STORE);
        boolean standsAlone = types.isEmpty() && !store.databases().isEmpty();
        return faultIf(
                estate.poolsUsing(store.name()).isEmpty() && !standsAlone,
                "/name",
                "no pool has this store: name it as the store of its pool, or leave it out");
    }
}
