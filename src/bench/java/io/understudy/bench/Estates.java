package io.understudy.bench;

import io.understudy.estate.CentralManagement;
import io.understudy.estate.Database;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Edition;
import io.understudy.estate.Estate;
import io.understudy.estate.EstateRules;
import io.understudy.estate.Observer;
import io.understudy.estate.ObserverName;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.PoolRole;
import io.understudy.estate.Release;
import io.understudy.estate.Server;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.Site;
import io.understudy.estate.SiteName;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.estate.StoreTechnology;
import io.understudy.estate.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Estates of any size, always the same for a size: Front End pools of twelve servers in pairs
 * across two of eight sites, each pool with a mirrored store, and an Edge pool at each site.
 *
 * <p>The pools are numbered from 0; 2k and 2k + 1 are a pair. Pool 0 hosts the Central Management
 * store. A witness serves up to a hundred stores of its site.
 */
final class Estates {

    private static final int SITES = 8;
    private static final int OBSERVERS = 3;
    private static final int FRONT_ENDS = 12;
    private static final int STORES_PER_WITNESS = 100;

    private Estates() {}

    /**
     * An estate that would be accepted, with advice against the shared witnesses.
     *
     * @param frontEndPools how many; even
     */
    static Estate of(int frontEndPools) {
        List<Pool> frontEnds = list(frontEndPools, Estates::frontEndPool);
        Estate estate =
                new Estate(
                        "estate of " + frontEndPools,
                        list(SITES, i -> new Site(site(i))),
                        Stream.of(frontEnds, edgePools(frontEnds)).flatMap(List::stream).toList(),
                        list(frontEndPools, Estates::store),
                        list(OBSERVERS, Estates::observer));
        List<Violation> broken =
                EstateRules.check(estate).stream()
                        .filter(violation -> violation.severity() == Violation.Severity.ERROR)
                        .toList();
        if (!broken.isEmpty()) {
            throw new IllegalStateException(broken.size() + " broken rules: " + broken.getFirst());
        }
        return estate;
    }

    private static <T> List<T> list(int size, IntFunction<T> element) {
        return IntStream.range(0, size).mapToObj(element).toList();
    }

    private static SiteName site(int number) {
        return new SiteName("site" + number % SITES);
    }

    /** The pools of pair k are at the sites k and k + 1. */
    private static int siteOfPool(int pool) {
        return (pool / 2 + pool % 2) % SITES;
    }

    private static Observer observer(int number) {
        return new Observer(new ObserverName("o-" + site(number)), site(number));
    }

    private static PoolFqdn poolFqdn(int number) {
        return new PoolFqdn("pool" + number + ".contoso.com");
    }

    private static Pool frontEndPool(int number) {
        return new Pool(
                poolFqdn(number),
                PoolRole.FRONT_END,
                Edition.ENTERPRISE,
                Release.SFB_2015,
                site(siteOfPool(number)),
                list(FRONT_ENDS, i -> server("fe" + number + "-" + i)),
                Optional.of(storeName(number)),
                Optional.of(poolFqdn(number ^ 1)),
                switch (number) {
                    case 0 -> CentralManagement.ACTIVE;
                    case 1 -> CentralManagement.STANDBY;
                    default -> CentralManagement.NONE;
                },
                OptionalInt.of(20_000),
                OptionalInt.of(40_000),
                Optional.empty(),
                false);
    }

    /** One Edge pool at each site that has Front End pools, towards the first of them. */
    private static List<Pool> edgePools(List<Pool> frontEnds) {
        Map<SiteName, Pool> edges = new LinkedHashMap<>();
        frontEnds.forEach(
                pool -> edges.computeIfAbsent(pool.site(), _ -> edgePool(edges.size(), pool)));
        return List.copyOf(edges.values());
    }

    private static Pool edgePool(int number, Pool nextHop) {
        return new Pool(
                new PoolFqdn("edge" + number + ".contoso.com"),
                PoolRole.EDGE,
                Edition.ENTERPRISE,
                nextHop.release(),
                nextHop.site(),
                list(2, i -> server("e" + number + "-" + i)),
                Optional.empty(),
                Optional.empty(),
                CentralManagement.NONE,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of(nextHop.fqdn()),
                number == 0);
    }

    private static Server server(String host) {
        return new Server(new ServerFqdn(host + ".contoso.com"));
    }

    private static StoreName storeName(int number) {
        return new StoreName("be" + number);
    }

    private static Store store(int number) {
        int site = siteOfPool(number);
        int witness = number / (STORES_PER_WITNESS * SITES);
        return new Store(
                storeName(number),
                site(site),
                StoreTechnology.MIRRORING,
                sql("sql" + number + "-1"),
                Optional.of(sql("sql" + number + "-2")),
                Optional.of(sql("sqlw" + site + "-" + witness)),
                databases(number < 2),
                Optional.empty());
    }

    private static List<Database> databases(boolean centralManagement) {
        Stream<Database> all =
                Stream.of(
                        new Database("rtcxds", DatabaseType.USER),
                        new Database("rtcshared", DatabaseType.USER),
                        new Database("rtcab", DatabaseType.USER),
                        new Database("rgsconfig", DatabaseType.APPLICATION),
                        new Database("xds", DatabaseType.CENTRAL_MGMT));
        return all.filter(d -> centralManagement || d.type() != DatabaseType.CENTRAL_MGMT).toList();
    }

    private static SqlInstance sql(String host) {
        return new SqlInstance(new ServerFqdn(host + ".contoso.com"), "rtc");
    }
}
