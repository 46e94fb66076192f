package io.understudy.estate;

import static io.understudy.estate.EstateRule.faultIf;
import static io.understudy.estate.EstateRule.ofPools;
import static io.understudy.estate.Violation.Severity.ADVICE;
import static io.understudy.estate.Violation.Severity.ERROR;

import io.understudy.estate.EstateRule.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One active master of the Central Management store, a standby in its pair, and databases for it (domain.md 1, 4.1). */
final class CentralManagementRules {

    private static final String SOURCE = "domain.md 1";

    static final List<EstateRule> ALL = List.of(
            new EstateRule("CENTRAL_MANAGEMENT_TWICE", ERROR, SOURCE, CentralManagementRules::twice),
            new EstateRule("CENTRAL_MANAGEMENT_NOWHERE", ADVICE, SOURCE, CentralManagementRules::nowhere),
            ofPools("CENTRAL_MANAGEMENT_ROLE", ERROR, SOURCE, CentralManagementRules::role),
            ofPools("STANDBY_NOT_IN_PAIR", ERROR, SOURCE, CentralManagementRules::standbyElsewhere),
            ofPools("STANDBY_MISSING", ADVICE, "domain.md 2.2", CentralManagementRules::standbyMissing),
            ofPools("CENTRAL_MGMT_DATABASES_MISSING", ADVICE, "domain.md 4.1", CentralManagementRules::databases));

    private CentralManagementRules() {}

    private static List<Fault> twice(Estate estate) {
        List<Fault> faults = new ArrayList<>();
        Optional<Pool> first = active(estate);
        for (int i = 0; i < estate.pools().size(); i++) {
            Pool pool = estate.pools().get(i);
            faults.addAll(faultIf(
                    first.filter(a -> a != pool && pool.centralManagement() == CentralManagement.ACTIVE),
                    "/pools/" + i + "/centralManagement",
                    a -> a.fqdn() + " is the active master already: there is one, and a standby in its pair"));
        }
        return faults;
    }

    private static List<Fault> nowhere(Estate estate) {
        return faultIf(
                active(estate).isEmpty() && estate.pools().stream().anyMatch(Pool::isFrontEnd),
                "",
                "no pool has centralManagement ACTIVE: its failover can be neither decided nor carried out");
    }

    private static List<Fault> role(Estate estate, Pool pool) {
        return faultIf(
                pool.centralManagement() != CentralManagement.NONE && !pool.isFrontEnd(),
                "/centralManagement",
                "only a Front End pool hosts the Central Management store");
    }

    private static List<Fault> standbyElsewhere(Estate estate, Pool pool) {
        return faultIf(
                pool.centralManagement() == CentralManagement.STANDBY && !backsUpActive(estate, pool),
                "/centralManagement",
                "the standby of the Central Management store is the backup pool of its active master");
    }

    private static boolean backsUpActive(Estate estate, Pool pool) {
        return active(estate)
                .flatMap(Pool::backupPool)
                .filter(pool.fqdn()::equals)
                .isPresent();
    }

    private static List<Fault> standbyMissing(Estate estate, Pool pool) {
        return faultIf(
                estate.backupOf(pool)
                        .filter(backup -> pool.centralManagement() == CentralManagement.ACTIVE
                                && backup.centralManagement() == CentralManagement.NONE),
                "/centralManagement",
                backup -> "the pair's other pool " + backup.fqdn() + " is no standby: say centralManagement STANDBY there"
                        + " once it is installed");
    }

    private static List<Fault> databases(Estate estate, Pool pool) {
        return faultIf(
                estate.storeOf(pool)
                        .filter(store -> pool.centralManagement() != CentralManagement.NONE
                                && !store.databaseTypes().contains(DatabaseType.CENTRAL_MGMT)),
                "/store",
                store -> "the store of a pool with the Central Management store has databases of type CENTRAL_MGMT (xds,"
                        + " lis), and " + store.name() + " lists none: they would not be moved with the others");
    }

    private static Optional<Pool> active(Estate estate) {
        return estate.pools().stream()
                .filter(pool -> pool.centralManagement() == CentralManagement.ACTIVE)
                .findFirst();
    }
}
