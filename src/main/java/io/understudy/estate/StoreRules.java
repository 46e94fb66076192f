package io.understudy.estate;

import static io.understudy.estate.EstateRule.faultIf;
import static io.understudy.estate.EstateRule.ofStores;
import static io.understudy.estate.Violation.Severity.ADVICE;
import static io.understudy.estate.Violation.Severity.ERROR;

import io.understudy.estate.EstateRule.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which instances and databases a store of its technology has (domain.md 4). */
final class StoreRules {

    /** The databases whose type is given (domain.md 4.1), in lower case. */
    private static final Map<String, DatabaseType> TYPES = Map.ofEntries(
            Map.entry("rtcxds", DatabaseType.USER),
            Map.entry("rtcshared", DatabaseType.USER),
            Map.entry("rtcab", DatabaseType.USER),
            Map.entry("rgsconfig", DatabaseType.APPLICATION),
            Map.entry("rgsdyn", DatabaseType.APPLICATION),
            Map.entry("cpsdyn", DatabaseType.APPLICATION),
            Map.entry("xds", DatabaseType.CENTRAL_MGMT),
            Map.entry("lis", DatabaseType.CENTRAL_MGMT),
            Map.entry("lcslog", DatabaseType.ARCHIVING),
            Map.entry("lcscdr", DatabaseType.MONITORING),
            Map.entry("qoemetrics", DatabaseType.MONITORING),
            Map.entry("mgc", DatabaseType.PERSISTENT_CHAT),
            Map.entry("mgccomp", DatabaseType.PERSISTENT_CHAT_COMPLIANCE));

    static final List<EstateRule> ALL = List.of(
            ofStores("MIRROR_MISSING", ERROR, "domain.md 4.2", StoreRules::mirrorMissing),
            ofStores("MIRROR_UNEXPECTED", ERROR, "domain.md 4.2", StoreRules::mirrorUnexpected),
            ofStores("WITNESS_UNEXPECTED", ERROR, "domain.md 4.2", StoreRules::witnessUnexpected),
            ofStores("DUPLICATE_DATABASE", ERROR, "domain.md 4.1", StoreRules::duplicateDatabase),
            ofStores("DATABASE_OF_ANOTHER_TYPE", ADVICE, "domain.md 4.1", StoreRules::databaseType),
            ofStores("STORE_WITHOUT_DATABASES", ADVICE, "domain.md 4.1", StoreRules::withoutDatabases),
            ofStores("LOG_SHIPPING_OF_OTHER_STORE", ERROR, "domain.md 6.1", StoreRules::logShippingOfOthers),
            ofStores("LOG_SHIPPING_TO_SAME_SITE", ADVICE, "domain.md 6.1", StoreRules::logShippingSite));

    private StoreRules() {}

    private static List<Fault> mirrorMissing(Estate estate, Store store) {
        return faultIf(
                store.technology() == StoreTechnology.MIRRORING && store.mirror().isEmpty(),
                "/technology",
                "a mirrored store has a mirror: name it, or say STANDALONE");
    }

    private static List<Fault> mirrorUnexpected(Estate estate, Store store) {
        boolean none =
                switch (store.technology()) {
                    case MIRRORING, AVAILABILITY_GROUP -> false;
                    case FAILOVER_CLUSTER, STANDALONE -> true;
                };
        return faultIf(
                none && store.mirror().isPresent(),
                "/mirror",
                "a store of technology " + store.technology() + " has no mirror: leave it out, or say MIRRORING");
    }

    private static List<Fault> witnessUnexpected(Estate estate, Store store) {
        return faultIf(
                store.technology() != StoreTechnology.MIRRORING && store.witness().isPresent(),
                "/witness",
                "only a mirrored store has a witness: leave it out, or say MIRRORING");
    }

    private static List<Fault> duplicateDatabase(Estate estate, Store store) {
        List<Fault> faults = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int j = 0; j < store.databases().size(); j++) {
            String name = store.databases().get(j).name();
            faults.addAll(faultIf(
                    !names.add(name.toLowerCase(Locale.ROOT)),
                    "/databases/" + j + "/name",
                    name + " is listed already: an instance has a database once"));
        }
        return faults;
    }

    private static List<Fault> databaseType(Estate estate, Store store) {
        List<Fault> faults = new ArrayList<>();
        for (int j = 0; j < store.databases().size(); j++) {
            Database database = store.databases().get(j);
            DatabaseType known = TYPES.getOrDefault(database.name().toLowerCase(Locale.ROOT), database.type());
            faults.addAll(faultIf(
                    known != database.type(),
                    "/databases/" + j + "/type",
                    database.name() + " is moved under the type " + known + ", not " + database.type()));
        }
        return faults;
    }

    private static List<Fault> withoutDatabases(Estate estate, Store store) {
        return faultIf(
                store.databases().isEmpty(),
                "/name",
                "the store lists no database: a failover moves databases by type, and there would be none to move");
    }

    private static List<Fault> logShippingOfOthers(Estate estate, Store store) {
        return faultIf(
                store.logShipping().isPresent() && !store.databaseTypes().contains(DatabaseType.PERSISTENT_CHAT),
                "/logShipping",
                "only a store with a database of type PERSISTENT_CHAT ships its log; a Front End pool is protected by"
                        + " its pair");
    }

    private static List<Fault> logShippingSite(Estate estate, Store store) {
        return faultIf(
                store.logShipping().filter(to -> to.site().equals(store.site())),
                "/logShipping/secondary/site",
                _ -> "the secondary stands at the store's own site: nothing protects the rooms from its loss");
    }
}
