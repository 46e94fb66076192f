package io.understudy.estate;

import static io.understudy.estate.EstateRule.faultIf;
import static io.understudy.estate.EstateRule.ofPools;
import static io.understudy.estate.Violation.Severity.ADVICE;
import static io.understudy.estate.Violation.Severity.ERROR;

import io.understudy.estate.EstateRule.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Which two Front End pools may be a pair (domain.md 2.2). Each pool of a bad pair is pointed at. */
final class PairRules {

    private static final String SOURCE = "domain.md 2.2";

    static final List<EstateRule> ALL = List.of(
            ofPools("BACKUP_OF_ITSELF", ERROR, SOURCE, PairRules::itself),
            ofPools("PAIR_NOT_RECIPROCAL", ERROR, SOURCE, PairRules::reciprocal),
            new EstateRule("POOL_IN_TWO_PAIRS", ERROR, SOURCE, PairRules::twoPairs),
            ofPools("PAIR_OF_OTHER_ROLES", ERROR, SOURCE, PairRules::roles),
            ofPools("PAIR_MIXES_EDITIONS", ERROR, SOURCE, PairRules::editions),
            ofPools("PAIR_MIXES_STORE_TECHNOLOGIES", ERROR, SOURCE, PairRules::technologies),
            ofPools("PAIR_MIXES_RELEASES", ADVICE, SOURCE, PairRules::releases),
            ofPools("PAIR_AT_ONE_SITE", ADVICE, SOURCE, PairRules::sites),
            ofPools("PAIR_CAPACITY_TOO_SMALL", ADVICE, SOURCE, PairRules::capacity));

    private PairRules() {}

    private static List<Fault> itself(Estate estate, Pool pool) {
        return faultIf(
                pool.backupPool().filter(pool.fqdn()::equals),
                "/backupPool",
                _ -> "a pool cannot back itself up: name the other pool of the pair");
    }

    private static List<Fault> reciprocal(Estate estate, Pool pool) {
        return faultIf(
                other(estate, pool).filter(other -> !other.backupPool().equals(Optional.of(pool.fqdn()))),
                "/backupPool",
                other -> other.fqdn() + other.backupPool().map(b -> " names " + b).orElse(" names no pool")
                        + " as its backup pool: a pair is reciprocal, so it must name " + pool.fqdn());
    }

    private static List<Fault> twoPairs(Estate estate) {
        List<Fault> faults = new ArrayList<>();
        Map<PoolFqdn, PoolFqdn> backedUp = new HashMap<>();
        for (int i = 0; i < estate.pools().size(); i++) {
            Pool pool = estate.pools().get(i);
            if (pool.backupPool().isPresent()) {
                PoolFqdn backup = pool.backupPool().get();
                PoolFqdn before = backedUp.putIfAbsent(backup, pool.fqdn());
                faults.addAll(faultIf(
                        before != null && !pool.fqdn().equals(before),
                        "/pools/" + i + "/backupPool",
                        backup + " is the backup pool of " + before + " already: a pool belongs to one pair"));
            }
        }
        return faults;
    }

    private static List<Fault> roles(Estate estate, Pool pool) {
        return mismatch(
                estate,
                pool,
                (a, b) -> a.isFrontEnd() && b.isFrontEnd(),
                "only Front End pools are paired: Edge, Mediation, Director and Persistent Chat pools are not");
    }

    private static List<Fault> editions(Estate estate, Pool pool) {
        return mismatch(
                estate,
                pool,
                (a, b) -> a.edition() == b.edition() || !a.isFrontEnd() || !b.isFrontEnd(),
                "an Enterprise pool is paired with an Enterprise pool, a Standard Edition pool with a Standard Edition"
                        + " pool");
    }

    private static List<Fault> technologies(Estate estate, Pool pool) {
        return mismatch(
                estate,
                pool,
                (a, b) -> sameTechnology(estate.storeOf(a), estate.storeOf(b)),
                "the stores of a pair have the same technology: a mirrored store is not paired with a clustered one");
    }

    private static boolean sameTechnology(Optional<Store> a, Optional<Store> b) {
        return a.isEmpty() || b.isEmpty() || a.get().technology() == b.get().technology();
    }

    /** The sources ask for the same edition, operating system and store technology and do not speak of releases. */
    private static List<Fault> releases(Estate estate, Pool pool) {
        return mismatch(
                estate,
                pool,
                (a, b) -> a.release() == b.release(),
                "the pools of a pair have different releases: bring both to the same one");
    }

    private static List<Fault> sites(Estate estate, Pool pool) {
        return mismatch(
                estate,
                pool,
                (a, b) -> !a.site().equals(b.site()),
                "both pools of the pair stand at one site: nothing protects them from its loss");
    }

    private static List<Fault> capacity(Estate estate, Pool pool) {
        long both = (long) pool.users().orElse(0)
                + other(estate, pool).map(other -> other.users().orElse(0)).orElse(0);
        return faultIf(
                other(estate, pool).isPresent()
                        && pool.capacity().isPresent()
                        && pool.capacity().getAsInt() < both,
                "/capacity",
                "each pool of a pair must be able to carry the users of both, which are " + both);
    }

    private static List<Fault> mismatch(
            Estate estate, Pool pool, BiPredicate<Pool, Pool> fits, String message) {
        return faultIf(
                other(estate, pool).filter(other -> !fits.test(pool, other)),
                "/backupPool",
                other -> message + " (" + pool.fqdn() + " and " + other.fqdn() + ")");
    }

    private static Optional<Pool> other(Estate estate, Pool pool) {
        return estate.backupOf(pool).filter(other -> !other.fqdn().equals(pool.fqdn()));
    }
}
