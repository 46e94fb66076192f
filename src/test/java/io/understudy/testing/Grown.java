package io.understudy.testing;

import io.understudy.estate.CentralManagement;
import io.understudy.estate.Database;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Edition;
import io.understudy.estate.Estate;
import io.understudy.estate.LogShipping;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.PoolRole;
import io.understudy.estate.Release;
import io.understudy.estate.Server;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SiteName;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.estate.StoreTechnology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Contoso with more in it: pools of other roles at redmond, and stores besides pool1's Back End.
 */
public record Grown(Estate estate) {

    private static final SiteName REDMOND = new SiteName("redmond");
    private static final SiteName DUBLIN = new SiteName("dublin");

    public static Grown of(Contoso contoso) {
        return new Grown(contoso.estate());
    }

    /**
     * The Persistent Chat pool chat1, reached through pool1: c1 and c2 active at redmond, c3 and c4
     * idle at dublin; its store "chat" on sqlc1 and sqlc2, whose log is shipped to sqlc3 at dublin.
     */
    public Grown chat() {
        Pool pool =
                pool(
                        "chat1",
                        PoolRole.PERSISTENT_CHAT,
                        List.of(
                                new Server(fqdn("c1"), Optional.empty(), true),
                                new Server(fqdn("c2"), Optional.empty(), true),
                                new Server(fqdn("c3"), Optional.of(DUBLIN), false),
                                new Server(fqdn("c4"), Optional.of(DUBLIN), false)),
                        Optional.of(new StoreName("chat")),
                        Optional.of(new PoolFqdn("pool1.contoso.com")));
        Store store =
                new Store(
                        new StoreName("chat"),
                        REDMOND,
                        StoreTechnology.MIRRORING,
                        sql("sqlc1"),
                        Optional.of(sql("sqlc2")),
                        Optional.empty(),
                        List.of(
                                new Database("mgc", DatabaseType.PERSISTENT_CHAT),
                                new Database("mgccomp", DatabaseType.PERSISTENT_CHAT_COMPLIANCE)),
                        Optional.of(new LogShipping(sql("sqlc3"), DUBLIN)));
        return with(pool).with(store);
    }

    /** The Mediation pool med1 of m1 and m2. */
    public Grown mediation() {
        return with(pool("med1", PoolRole.MEDIATION, two("m"), Optional.empty(), Optional.empty()));
    }

    /** The Director pool dir1 of d1 and d2. */
    public Grown directors() {
        return with(pool("dir1", PoolRole.DIRECTOR, two("d"), Optional.empty(), Optional.empty()));
    }

    /** The Edge pool edge2 of e1 and e2, without federation, towards pool1. */
    public Grown secondEdge() {
        return with(
                pool(
                        "edge2",
                        PoolRole.EDGE,
                        two("e"),
                        Optional.empty(),
                        Optional.of(new PoolFqdn("pool1.contoso.com"))));
    }

    /** pool1's store "reports" of this type alone, on sqlr1 and sqlr2. */
    public Grown reports(DatabaseType type, boolean critical) {
        return withOther(
                new Store(
                        new StoreName("reports"),
                        REDMOND,
                        StoreTechnology.MIRRORING,
                        sql("sqlr1"),
                        Optional.of(sql("sqlr2")),
                        Optional.empty(),
                        List.of(new Database("reportdb", type)),
                        Optional.empty(),
                        critical));
    }

    /** pool1's Central Management store has the store "cms" to itself, on sqlx1 and sqlx2. */
    public Grown managementStore(boolean mirrored) {
        return withOther(
                new Store(
                        new StoreName("cms"),
                        REDMOND,
                        mirrored ? StoreTechnology.MIRRORING : StoreTechnology.STANDALONE,
                        sql("sqlx1"),
                        mirrored ? Optional.of(sql("sqlx2")) : Optional.empty(),
                        Optional.empty(),
                        List.of(new Database("xds", DatabaseType.CENTRAL_MGMT)),
                        Optional.empty()));
    }

    /** The stores of the Front End pools are Availability Groups. */
    public Grown groups() {
        return stores(store ->
                new Store(
                        store.name(),
                        store.site(),
                        StoreTechnology.AVAILABILITY_GROUP,
                        store.primary(),
                        store.mirror(),
                        Optional.empty(),
                        store.databases(),
                        Optional.empty()));
    }

    /** The Front End pools keep their data on the server itself and the estate names no store. */
    public Grown withoutStores() {
        return new Grown(
                new Estate(
                        estate.name(),
                        estate.sites(),
                        estate.pools().stream()
                                .map(pool -> with(pool, Optional.empty(), List.of()))
                                .toList(),
                        List.of(),
                        estate.observers()));
    }

    public Grown stores(UnaryOperator<Store> change) {
        return new Grown(
                new Estate(
                        estate.name(),
                        estate.sites(),
                        estate.pools(),
                        estate.stores().stream().map(change).toList(),
                        estate.observers()));
    }

    private Grown withOther(Store store) {
        Grown more = with(store);
        return new Grown(
                new Estate(
                        estate.name(),
                        estate.sites(),
                        estate.pools().stream()
                                .map(pool ->
                                        pool.fqdn().value().equals("pool1.contoso.com")
                                                ? with(pool, pool.store(), List.of(store.name()))
                                                : pool)
                                .toList(),
                        more.estate.stores(),
                        estate.observers()));
    }

    private Grown with(Pool pool) {
        List<Pool> pools = new ArrayList<>(estate.pools());
        pools.add(pool);
        return new Grown(
                new Estate(
                        estate.name(), estate.sites(), pools, estate.stores(), estate.observers()));
    }

    private Grown with(Store store) {
        List<Store> stores = new ArrayList<>(estate.stores());
        stores.add(store);
        return new Grown(
                new Estate(
                        estate.name(), estate.sites(), estate.pools(), stores, estate.observers()));
    }

    private static Pool with(Pool pool, Optional<StoreName> store, List<StoreName> others) {
        return new Pool(
                pool.fqdn(),
                pool.role(),
                pool.edition(),
                pool.release(),
                pool.site(),
                pool.servers(),
                store,
                pool.backupPool(),
                pool.centralManagement(),
                pool.users(),
                pool.capacity(),
                pool.nextHopPool(),
                pool.federationRoute(),
                others);
    }

    private static Pool pool(
            String name,
            PoolRole role,
            List<Server> servers,
            Optional<StoreName> store,
            Optional<PoolFqdn> nextHop) {
        return new Pool(
                new PoolFqdn(name + ".contoso.com"),
                role,
                Edition.ENTERPRISE,
                Release.SFB_2015,
                REDMOND,
                servers,
                store,
                Optional.empty(),
                CentralManagement.NONE,
                OptionalInt.empty(),
                OptionalInt.empty(),
                nextHop,
                false);
    }

    private static List<Server> two(String name) {
        return List.of(new Server(fqdn(name + "1")), new Server(fqdn(name + "2")));
    }

    private static ServerFqdn fqdn(String host) {
        return new ServerFqdn(host + ".contoso.com");
    }

    private static SqlInstance sql(String host) {
        return new SqlInstance(fqdn(host), "rtc");
    }
}
