package io.understudy.estate;

import static io.understudy.estate.EstateRule.faultIf;
import static io.understudy.estate.EstateRule.ofPools;
import static io.understudy.estate.Violation.Severity.ADVICE;
import static io.understudy.estate.Violation.Severity.ERROR;

import io.understudy.estate.EstateRule.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How many servers a pool may have, where they stand, and which store its edition and release allow. */
final class PoolRules {

    private static final String HIGH_AVAILABILITY = "domain.md, version map";

    static final List<EstateRule> ALL = List.of(
            ofPools("FRONT_END_POOL_EMPTY", ERROR, "domain.md 1", PoolRules::empty),
            ofPools("TOO_MANY_FRONT_ENDS", ERROR, HIGH_AVAILABILITY, PoolRules::tooMany),
            ofPools("TWO_FRONT_ENDS_UNSUPPORTED", ERROR, HIGH_AVAILABILITY, PoolRules::twoOf2019),
            ofPools("TWO_FRONT_ENDS_DISCOURAGED", ADVICE, "domain.md 3.4", PoolRules::two),
            ofPools("ONE_FRONT_END", ADVICE, "domain.md 2.1", PoolRules::one),
            ofPools("STANDARD_POOL_OF_SEVERAL", ERROR, "domain.md 1", PoolRules::severalStandard),
            ofPools("STANDARD_POOL_WITH_STORE_REDUNDANCY", ERROR, "domain.md 5.8", PoolRules::standardStore),
            ofPools("ENTERPRISE_POOL_WITHOUT_STORE", ERROR, "domain.md 1", PoolRules::withoutStore),
            ofPools("STORE_OF_TWO_POOLS", ADVICE, "domain.md 4.1", PoolRules::sharedStore),
            ofPools("STORE_AT_ANOTHER_SITE", ADVICE, "domain.md 3.2", PoolRules::distantStore),
            ofPools("MIRRORING_IN_2019", ERROR, HIGH_AVAILABILITY, PoolRules::mirroringIn2019),
            ofPools("AVAILABILITY_GROUP_IN_2013", ERROR, HIGH_AVAILABILITY, PoolRules::availabilityGroupIn2013),
            ofPools("STRETCHED_POOL", ERROR, HIGH_AVAILABILITY, PoolRules::stretched));

    private PoolRules() {}

    static boolean isEnterprise(Pool pool) {
        return pool.isFrontEnd() && pool.edition() == Edition.ENTERPRISE;
    }

    static boolean isStandard(Pool pool) {
        return pool.isFrontEnd() && pool.edition() == Edition.STANDARD;
    }

    private static List<Fault> empty(Estate estate, Pool pool) {
        return faultIf(
                pool.isFrontEnd() && pool.servers().isEmpty(),
                "/fqdn",
                "a Front End pool has at least one server: list its servers in topology order");
    }

    private static List<Fault> tooMany(Estate estate, Pool pool) {
        int most = pool.release().mostFrontEnds();
        return faultIf(
                isEnterprise(pool) && pool.servers().size() > most,
                "/servers",
                "a Front End pool of " + pool.release() + " has at most " + most + " servers, not "
                        + pool.servers().size());
    }

    private static List<Fault> twoOf2019(Estate estate, Pool pool) {
        return faultIf(
                isEnterprise(pool) && pool.servers().size() == 2 && pool.release() == Release.SFB_2019,
                "/servers",
                "an Enterprise pool of two Front End Servers is not supported from 2019 on: have three, or pair two"
                        + " Standard Edition servers");
    }

    private static List<Fault> two(Estate estate, Pool pool) {
        return faultIf(
                isEnterprise(pool) && pool.servers().size() == 2 && pool.release() != Release.SFB_2019,
                "/servers",
                "an Enterprise pool of two Front End Servers stops when it loses one and its primary store: have"
                        + " three, or pair two Standard Edition servers");
    }

    private static List<Fault> one(Estate estate, Pool pool) {
        return faultIf(
                isEnterprise(pool) && pool.servers().size() == 1,
                "/servers",
                "an Enterprise pool of one Front End Server has no redundancy: three or more are recommended");
    }

    private static List<Fault> severalStandard(Estate estate, Pool pool) {
        return faultIf(
                isStandard(pool) && pool.servers().size() > 1,
                "/servers",
                "a Standard Edition pool is one server, not " + pool.servers().size());
    }

    private static List<Fault> standardStore(Estate estate, Pool pool) {
        return faultIf(
                technology(estate, pool)
                        .filter(technology -> isStandard(pool) && technology != StoreTechnology.STANDALONE),
                "/store",
                technology -> "a Standard Edition pool has a local store without redundancy, not " + technology
                        + ": it is protected by its pair only");
    }

    private static List<Fault> withoutStore(Estate estate, Pool pool) {
        return faultIf(
                isEnterprise(pool) && pool.store().isEmpty(),
                "/fqdn",
                "an Enterprise pool has a store: name it under store and describe it under stores");
    }

    private static List<Fault> sharedStore(Estate estate, Pool pool) {
        Optional<Pool> other = pool.store().stream()
                .flatMap(store -> estate.poolsOn(store).stream())
                .filter(Pool::isFrontEnd)
                .findFirst()
                .filter(first -> pool.isFrontEnd() && !first.fqdn().equals(pool.fqdn()));
        return faultIf(
                other,
                "/store",
                first -> "the Front End pool " + first.fqdn() + " has this store too, and both fail with it: the user"
                        + " databases of one instance are those of one pool");
    }

    private static List<Fault> distantStore(Estate estate, Pool pool) {
        return faultIf(
                estate.storeOf(pool).filter(store -> !store.site().equals(pool.site())),
                "/store",
                store -> "the store stands at " + store.site() + " and the pool at " + pool.site()
                        + ": the loss of either site or of the link between them takes the pool");
    }

    private static List<Fault> mirroringIn2019(Estate estate, Pool pool) {
        return faultIf(
                technology(estate, pool)
                        .filter(technology -> technology == StoreTechnology.MIRRORING
                                && pool.release() == Release.SFB_2019),
                "/store",
                _ -> "SQL mirroring is not supported from 2019 on: use an Availability Group or a failover cluster");
    }

    private static List<Fault> availabilityGroupIn2013(Estate estate, Pool pool) {
        return faultIf(
                technology(estate, pool)
                        .filter(technology -> technology == StoreTechnology.AVAILABILITY_GROUP
                                && pool.release() == Release.LYNC_2013),
                "/store",
                _ -> "Lync Server 2013 does not support Availability Groups: use mirroring or a failover cluster");
    }

    private static List<Fault> stretched(Estate estate, Pool pool) {
        List<Fault> faults = new ArrayList<>();
        for (int j = 0; j < pool.servers().size(); j++) {
            boolean elsewhere = pool.servers()
                    .get(j)
                    .site()
                    .filter(site -> !site.equals(pool.site()))
                    .isPresent();
            faults.addAll(faultIf(
                    elsewhere && pool.role() != PoolRole.PERSISTENT_CHAT,
                    "/servers/" + j + "/site",
                    "only a Persistent Chat pool may be stretched over two sites: pair two pools instead"));
        }
        return faults;
    }

    private static Optional<StoreTechnology> technology(Estate estate, Pool pool) {
        return estate.storeOf(pool).map(Store::technology);
    }
}
