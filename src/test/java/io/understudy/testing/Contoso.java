package io.understudy.testing;

import io.understudy.estate.CentralManagement;
import io.understudy.estate.Database;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Edition;
import io.understudy.estate.Estate;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Two sites with a pair of Front End pools, an Edge pool, a third site with an observer only.
 *
 * <p>pool1 in redmond hosts the CMS and has Front End Servers fe11, fe12 …; pool2 in dublin has
 * fe21, fe22 …; their stores are be1 on sql11 and sql12, be2 on sql21 and sql22, with witnesses
 * sqlw1 and sqlw2 where asked for.
 */
public record Contoso(
        int frontEnds,
        boolean witness,
        boolean paired,
        boolean edge,
        Release release,
        int capacity) {

    public static final Contoso USUAL = new Contoso(3, false, true, true, Release.SFB_2015, 40_000);

    public Contoso frontEnds(int servers) {
        return new Contoso(servers, witness, paired, edge, release, capacity);
    }

    public Contoso withWitness() {
        return new Contoso(frontEnds, true, paired, edge, release, capacity);
    }

    public Contoso unpaired() {
        return new Contoso(frontEnds, witness, false, edge, release, capacity);
    }

    public Contoso withoutEdge() {
        return new Contoso(frontEnds, witness, paired, false, release, capacity);
    }

    public Contoso release(Release other) {
        return new Contoso(frontEnds, witness, paired, edge, other, capacity);
    }

    public Contoso capacity(int users) {
        return new Contoso(frontEnds, witness, paired, edge, release, users);
    }

    public Estate estate() {
        return pairs(1);
    }

    /**
     * So many pairs: pool1 and pool2, pool3 and pool4 and so on, with stores be1, be2 …; the CMS is
     * on pool1, and the Edge pool sends sign-ins there.
     */
    public Estate pairs(int count) {
        List<Pool> pools = new ArrayList<>();
        List<Store> stores = new ArrayList<>();
        for (int number = 1; number < 2 * count; number += 2) {
            boolean first = number == 1;
            pools.add(
                    pool(
                            number,
                            "redmond",
                            first ? CentralManagement.ACTIVE : CentralManagement.NONE));
            pools.add(
                    pool(
                            number + 1,
                            "dublin",
                            first ? CentralManagement.STANDBY : CentralManagement.NONE));
            stores.add(store(number, "redmond"));
            stores.add(store(number + 1, "dublin"));
        }
        if (edge) {
            pools.add(edgePool());
        }
        return new Estate(
                "contoso",
                List.of(site("redmond"), site("dublin"), site("lisbon")),
                pools,
                stores,
                List.of(observer("redmond"), observer("dublin"), observer("lisbon")));
    }

    private static Site site(String name) {
        return new Site(new SiteName(name));
    }

    private static Observer observer(String site) {
        return new Observer(new ObserverName("o-" + site), new SiteName(site));
    }

    private Pool pool(int number, String site, CentralManagement cms) {
        List<Server> servers =
                IntStream.rangeClosed(1, frontEnds)
                        .mapToObj(
                                i -> new Server(new ServerFqdn("fe" + number + i + ".contoso.com")))
                        .toList();
        return new Pool(
                poolFqdn(number),
                PoolRole.FRONT_END,
                frontEnds == 1 ? Edition.STANDARD : Edition.ENTERPRISE,
                release,
                new SiteName(site),
                servers,
                Optional.of(new StoreName("be" + number)),
                paired
                        ? Optional.of(poolFqdn(number % 2 == 1 ? number + 1 : number - 1))
                        : Optional.empty(),
                cms,
                OptionalInt.of(20_000),
                OptionalInt.of(capacity),
                Optional.empty(),
                false);
    }

    private Pool edgePool() {
        return new Pool(
                new PoolFqdn("edge1.contoso.com"),
                PoolRole.EDGE,
                Edition.ENTERPRISE,
                release,
                new SiteName("redmond"),
                List.of(new Server(new ServerFqdn("e11.contoso.com"))),
                Optional.empty(),
                Optional.empty(),
                CentralManagement.NONE,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of(poolFqdn(1)),
                true);
    }

    private static PoolFqdn poolFqdn(int number) {
        return new PoolFqdn("pool" + number + ".contoso.com");
    }

    private Store store(int number, String site) {
        return new Store(
                new StoreName("be" + number),
                new SiteName(site),
                StoreTechnology.MIRRORING,
                sql("sql" + number + "1"),
                Optional.of(sql("sql" + number + "2")),
                witness ? Optional.of(sql("sqlw" + number)) : Optional.empty(),
                List.of(
                        new Database("rtcxds", DatabaseType.USER),
                        new Database("rtcshared", DatabaseType.USER),
                        new Database("rgsconfig", DatabaseType.APPLICATION),
                        new Database("xds", DatabaseType.CENTRAL_MGMT)),
                Optional.empty());
    }

    private static SqlInstance sql(String host) {
        return new SqlInstance(new ServerFqdn(host + ".contoso.com"), "rtc");
    }
}
