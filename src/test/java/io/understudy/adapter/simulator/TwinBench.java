package io.understudy.adapter.simulator;

import io.understudy.adapter.spi.Probe;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.document.DocumentReader;
import io.understudy.document.EstateDocument;
import io.understudy.document.Format;
import io.understudy.estate.CentralManagement;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Database;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Edition;
import io.understudy.estate.Estate;
import io.understudy.estate.Observer;
import io.understudy.estate.ObserverName;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.PoolRole;
import io.understudy.estate.Position;
import io.understudy.estate.Release;
import io.understudy.estate.Server;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.Site;
import io.understudy.estate.SiteName;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.estate.StoreTechnology;
import io.understudy.health.Facts;
import io.understudy.health.Status;
import io.understudy.runbook.Action;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A twin in virtual time: two paired pools in Redmond and Dublin with a mirrored store each, an
 * Edge pool, and an observer at three sites.
 */
final class TwinBench {

    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    static final PoolFqdn POOL1 = new PoolFqdn("pool1.contoso.com");
    static final PoolFqdn POOL2 = new PoolFqdn("pool2.contoso.com");
    static final PoolFqdn EDGE1 = new PoolFqdn("edge1.contoso.com");
    static final StoreName BE1 = new StoreName("be1");
    static final ComponentId P = ComponentId.parse("sql:sql1.contoso.com/rtc");
    static final ComponentId M = ComponentId.parse("sql:sql2.contoso.com/rtc");
    static final ComponentId W = ComponentId.parse("sql:sqlw.contoso.com/witness");
    static final ComponentId STORE = ComponentId.of(BE1);
    static final ObserverName REDMOND = new ObserverName("o-redmond");
    static final ObserverName DUBLIN = new ObserverName("o-dublin");
    static final ObserverName LISBON = new ObserverName("o-lisbon");
    static final List<String> USER = List.of("rtcxds", "rtcshared");

    Instant now = START;
    final List<TwinState> kept = new ArrayList<>();
    final Twin twin;
    final SimulatorProbe probe;
    final SimulatorExecutor executor;
    private int steps;

    TwinBench(Estate estate) {
        this.twin = new Twin(estate, TwinSettings.DEFAULT, () -> now, kept::add);
        this.probe = new SimulatorProbe(twin);
        this.executor = new SimulatorExecutor(twin, this::pass);
    }

    static TwinBench withWitness() {
        return new TwinBench(estate(true, 3));
    }

    static TwinBench withoutWitness() {
        return new TwinBench(estate(false, 3));
    }

    /** Of the estate with one of everything. */
    static TwinBench wide() {
        try (InputStream file = TwinBench.class.getResourceAsStream("/estates/wide.yaml")) {
            return new TwinBench(
                    EstateDocument.read(
                            DocumentReader.read(
                                    Objects.requireNonNull(file).readAllBytes(), Format.YAML)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    String kill(ComponentId component) {
        return twin.inject(new Fault.Kill(component));
    }

    String kill(String component) {
        return kill(ComponentId.parse(component));
    }

    String cut(ComponentId one, ComponentId other) {
        return twin.inject(new Fault.Partition(one, other));
    }

    Probe.Reading see(ComponentId component) {
        return probe.read(LISBON, component);
    }

    Status status(ComponentId component) {
        return see(component).status();
    }

    Facts.MirroringRow row(String database) {
        if (see(STORE).facts() instanceof Facts.OfStore told) {
            return told.mirroring().stream()
                    .filter(r -> r.database().equals(database))
                    .findFirst()
                    .orElseThrow();
        }
        throw new AssertionError("no facts of " + STORE);
    }

    Position principal() {
        return row("rtcxds").principalOn().orElseThrow();
    }

    Facts.OfPool pool(PoolFqdn pool) {
        if (see(ComponentId.of(pool)).facts() instanceof Facts.OfPool told) {
            return told;
        }
        throw new AssertionError("no facts of " + pool);
    }

    Facts.OfServer server(String fqdn) {
        if (see(ComponentId.of(new ServerFqdn(fqdn))).facts() instanceof Facts.OfServer told) {
            return told;
        }
        throw new AssertionError("no facts of " + fqdn);
    }

    StepCall call(Action action) {
        steps++;
        return new StepCall("run-1", steps, 1, 1, action, Optional.empty(), Duration.ofMinutes(5));
    }

    StepOutcome act(Action action) {
        return executor.act(call(action), Progress.UNHEARD);
    }

    static Action.SwitchPrincipal toMirror(boolean force) {
        return new Action.SwitchPrincipal(
                BE1, POOL1, DatabaseType.USER, USER, sql("sql2", "rtc"), Position.MIRROR, force);
    }

    static Action.MoveCentralManagement moveCms(boolean force) {
        return new Action.MoveCentralManagement(
                POOL1, POOL2, sql("sql3", "rtc"), Optional.of(sql("sql4", "rtc")), force);
    }

    static Action.ChangeNextHop nextHop() {
        return new Action.ChangeNextHop(EDGE1, POOL2);
    }

    static Action.FailOverPool failOver(boolean disasterMode) {
        return new Action.FailOverPool(POOL1, POOL2, disasterMode);
    }

    static ServerFqdn host(String host) {
        return new ServerFqdn(host + ".contoso.com");
    }

    static SqlInstance sql(String host, String instance) {
        return new SqlInstance(new ServerFqdn(host + ".contoso.com"), instance);
    }

    static Estate estate(boolean witness, int frontEnds) {
        SiteName redmond = new SiteName("redmond");
        SiteName dublin = new SiteName("dublin");
        SiteName lisbon = new SiteName("lisbon");
        Pool edge =
                new Pool(
                        EDGE1,
                        PoolRole.EDGE,
                        Edition.ENTERPRISE,
                        Release.SFB_2015,
                        redmond,
                        List.of(new Server(new ServerFqdn("e1.contoso.com"))),
                        Optional.empty(),
                        Optional.empty(),
                        CentralManagement.NONE,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Optional.of(POOL1),
                        true);
        return new Estate(
                "contoso",
                List.of(new Site(redmond), new Site(dublin), new Site(lisbon)),
                List.of(
                        frontEnd(POOL1, redmond, "fe1", frontEnds, BE1, POOL2, true),
                        frontEnd(POOL2, dublin, "fe2", 3, new StoreName("be2"), POOL1, false),
                        edge),
                List.of(
                        store(BE1, redmond, "sql1", "sql2", witness),
                        store(new StoreName("be2"), dublin, "sql3", "sql4", false)),
                List.of(
                        new Observer(REDMOND, redmond),
                        new Observer(DUBLIN, dublin),
                        new Observer(LISBON, lisbon)));
    }

    private static Pool frontEnd(
            PoolFqdn fqdn,
            SiteName site,
            String prefix,
            int servers,
            StoreName store,
            PoolFqdn backup,
            boolean master) {
        return new Pool(
                fqdn,
                PoolRole.FRONT_END,
                Edition.ENTERPRISE,
                Release.SFB_2015,
                site,
                IntStream.rangeClosed(1, servers)
                        .mapToObj(
                                i -> new Server(new ServerFqdn(prefix + "-" + i + ".contoso.com")))
                        .toList(),
                Optional.of(store),
                Optional.of(backup),
                master ? CentralManagement.ACTIVE : CentralManagement.STANDBY,
                OptionalInt.of(20_000),
                OptionalInt.of(40_000),
                Optional.empty(),
                false);
    }

    private static Store store(
            StoreName name, SiteName site, String primary, String mirror, boolean witness) {
        return new Store(
                name,
                site,
                StoreTechnology.MIRRORING,
                sql(primary, "rtc"),
                Optional.of(sql(mirror, "rtc")),
                witness ? Optional.of(sql("sqlw", "witness")) : Optional.empty(),
                List.of(
                        new Database("rtcxds", DatabaseType.USER),
                        new Database("rtcshared", DatabaseType.USER),
                        new Database("rgsconfig", DatabaseType.APPLICATION),
                        new Database("xds", DatabaseType.CENTRAL_MGMT)),
                Optional.empty());
    }
}
