package io.understudy.adapter.sqlserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.simulator.Fault;
import io.understudy.adapter.simulator.SimulatorProbe;
import io.understudy.adapter.simulator.Twin;
import io.understudy.adapter.simulator.TwinSettings;
import io.understudy.adapter.spi.Probe.Reading;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.adapter.sqlserver.SqlServerSettings.Encryption;
import io.understudy.adapter.sqlserver.SqlServerSettings.Shipping;
import io.understudy.counterpart.tds.TdsServer;
import io.understudy.counterpart.tds.TwinSqlBackend;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Database;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Estate;
import io.understudy.estate.LogShipping;
import io.understudy.estate.Observer;
import io.understudy.estate.ObserverName;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.Site;
import io.understudy.estate.SiteName;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.estate.StoreTechnology;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import io.understudy.runbook.Action;
import io.understudy.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The executor and the probe against SQL Servers behind which the simulated estate stands. */
@Timeout(120)
class TwinBySqlTest {

    private static final SiteName REDMOND = new SiteName("redmond");
    private static final SiteName DUBLIN = new SiteName("dublin");
    private static final ObserverName OBSERVER = new ObserverName("o-dublin");
    private static final SqlInstance SQL1 = instance("sql1");
    private static final SqlInstance SQL2 = instance("sql2");
    private static final SqlInstance SQL9 = instance("sql9");
    private static final StoreName BE1 = new StoreName("be1");
    private static final StoreName CHAT1 = new StoreName("chat1");
    private static final StoreName AG1 = new StoreName("ag1");
    private static final List<String> USER = List.of("rtcxds", "rtcshared");
    private static final List<String> MGC = List.of("mgc");

    @TempDir static Path directory;
    private static TestCertificates certificates;

    private final List<TdsServer> servers = new ArrayList<>();
    private final Map<SqlInstance, SqlServerTarget> targets = new HashMap<>();
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final Estate estate = estate();
    private final Twin twin = new Twin(estate, TwinSettings.DEFAULT, () -> now, _ -> {});
    private SqlServerExecutor executor;
    private int step;
    private SqlServerProbe probe;

    private static SqlInstance instance(String host) {
        return new SqlInstance(new ServerFqdn(host + ".contoso.com"), "rtc");
    }

    private static Estate estate() {
        return new Estate(
                "contoso",
                List.of(new Site(REDMOND), new Site(DUBLIN)),
                List.of(),
                List.of(
                        store(
                                BE1,
                                StoreTechnology.MIRRORING,
                                Optional.empty(),
                                "rtcxds",
                                "rtcshared"),
                        store(
                                CHAT1,
                                StoreTechnology.MIRRORING,
                                Optional.of(new LogShipping(SQL9, DUBLIN)),
                                "mgc"),
                        store(AG1, StoreTechnology.AVAILABILITY_GROUP, Optional.empty(), "LcsCDR")),
                List.of(new Observer(OBSERVER, DUBLIN)));
    }

    private static Store store(
            StoreName name,
            StoreTechnology technology,
            Optional<LogShipping> shipping,
            String... databases) {
        List<Database> all = new ArrayList<>();
        for (String database : databases) {
            all.add(new Database(database, DatabaseType.USER));
        }
        return new Store(
                name,
                REDMOND,
                technology,
                SQL1,
                Optional.of(SQL2),
                Optional.empty(),
                all,
                shipping);
    }

    @BeforeAll
    static void certify() {
        certificates = TestCertificates.make(directory, "dns:*.contoso.com");
    }

    @BeforeEach
    void start() throws IOException {
        TwinSqlBackend backend = new TwinSqlBackend(estate, twin, this::pass, OBSERVER);
        int host = 31;
        for (SqlInstance instance : List.of(SQL1, SQL2, SQL9)) {
            String address = "127.0.0." + host++;
            TdsServer server =
                    new TdsServer(instance, address, backend, Optional.of(certificates.context()));
            servers.add(server.login("understudy", "secret"));
            targets.put(
                    instance,
                    new SqlServerTarget(
                            Optional.of(address),
                            Optional.of(server.port()),
                            Optional.empty(),
                            new SqlServerTarget.SqlLogin("understudy", "env:SQL")));
        }
        SqlServerSettings settings =
                new SqlServerSettings(
                        targets,
                        Map.of(CHAT1, new Shipping("\\\\fs1\\mgc", Optional.empty())),
                        Encryption.MANDATORY,
                        false,
                        Optional.of(certificates.trustStore()),
                        Optional.of("env:TRUST"),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30),
                        Duration.ofMillis(500));
        executor =
                new SqlServerExecutor(
                        () -> estate, settings, TwinBySqlTest::secret, () -> now, this::pass);
        probe = new SqlServerProbe(() -> estate, settings, TwinBySqlTest::secret);
    }

    private static String secret(String reference) {
        return reference.equals("env:TRUST") ? TestCertificates.PASSWORD : "secret";
    }

    @AfterEach
    void stop() {
        servers.forEach(TdsServer::close);
    }

    private synchronized void pass(Duration time) {
        now = now.plus(time);
    }

    /** Each is an order of its own: one that is given again is not carried out again. */
    private StepCall call(Action action) {
        return new StepCall("run-1", ++step, 1, 1, action, Optional.empty(), Duration.ofMinutes(5));
    }

    private void done(Action action) {
        StepOutcome outcome = executor.act(call(action), Progress.UNHEARD);
        assertInstanceOf(StepOutcome.Done.class, outcome, outcome.message());
        assertEquals(Presence.DONE, executor.check(call(action)));
    }

    private void refused(Action action, String part) {
        StepOutcome outcome = executor.act(call(action), Progress.UNHEARD);
        assertInstanceOf(StepOutcome.Refused.class, outcome, outcome.message());
        assertTrue(outcome.message().contains(part), outcome.message());
    }

    private Facts.OfStore told(StoreName store) {
        Reading reading = new SimulatorProbe(twin).read(OBSERVER, ComponentId.of(store));
        return assertInstanceOf(Facts.OfStore.class, reading.facts());
    }

    private Position principal(StoreName store) {
        return told(store).mirroring().getFirst().principalOn().orElseThrow();
    }

    private static Action toMirror(boolean force) {
        return new Action.SwitchPrincipal(
                BE1,
                new PoolFqdn("pool1.contoso.com"),
                DatabaseType.USER,
                USER,
                SQL2,
                Position.MIRROR,
                force);
    }

    @Test
    void theProbeSeesWhatTheTwinTells() {
        Facts.OfStore seen =
                assertInstanceOf(
                        Facts.OfStore.class, probe.read(OBSERVER, ComponentId.of(BE1)).facts());
        assertEquals(told(BE1).mirroring(), seen.mirroring());
        Facts.OfStore group =
                assertInstanceOf(
                        Facts.OfStore.class, probe.read(OBSERVER, ComponentId.of(AG1)).facts());
        assertEquals(
                told(AG1).availabilityGroup().orElseThrow().primaryOn(),
                group.availabilityGroup().orElseThrow().primaryOn());
    }

    @Test
    void aPlannedSwitchMovesTheTwin() {
        done(toMirror(false));
        assertEquals(Position.MIRROR, principal(BE1));
        assertEquals(2, twin.effects().size());
    }

    @Test
    void theTwinsRefusalsComeBackByTheirNumbers() {
        twin.inject(new Fault.SynchronizationLost(BE1));
        refused(toMirror(false), "1422");
        assertEquals(Position.PRIMARY, principal(BE1));
    }

    @Test
    void aLostPrincipalIsForcedAndFoundOnTheMirror() {
        twin.inject(new Fault.Kill(ComponentId.of(SQL1)));
        pass(Duration.ofMinutes(1));
        refused(toMirror(false), "1447");
        done(toMirror(true));
        assertEquals(Position.MIRROR, principal(BE1));
    }

    @Test
    void aPartnerThatIsCutOffIsNotForced() {
        twin.inject(new Fault.Partition(ComponentId.of(SQL1), ComponentId.of(SQL2)));
        pass(Duration.ofMinutes(1));
        refused(new Action.ForceService(BE1, USER, SQL2, Position.MIRROR), "can be reached");
        assertEquals(Position.PRIMARY, principal(BE1));
    }

    @Test
    void suspendedMirroringIsResumedOnItsPrincipal() {
        twin.inject(new Fault.MirroringSuspended(BE1));
        done(new Action.ResumeMirroring(BE1, USER, SQL1, Position.PRIMARY));
        assertEquals(Map.of(), twin.faults());
        pass(Duration.ofMinutes(1));
        assertEquals(MirroringState.SYNCHRONIZED, told(BE1).mirroring().getFirst().state());
    }

    @Test
    void whatAForcedSwitchHasSuspendedIsResumedOnTheNewPrincipal() {
        String killed = twin.inject(new Fault.Kill(ComponentId.of(SQL1)));
        pass(Duration.ofMinutes(1));
        done(new Action.ForceService(BE1, USER, SQL2, Position.MIRROR));
        Action resume = new Action.ResumeMirroring(BE1, USER, SQL2, Position.MIRROR);
        refused(resume, "DISCONNECTED");
        twin.clear(killed);
        refused(new Action.ResumeMirroring(BE1, USER, SQL1, Position.PRIMARY), "1470");
        done(resume);
        assertEquals(MirroringState.SYNCHRONIZING, told(BE1).mirroring().getFirst().state());
        assertEquals(Position.MIRROR, principal(BE1));
    }

    @Test
    void aGroupFailsOver() {
        done(new Action.FailOverGroup(AG1, List.of("LcsCDR"), SQL2, Position.MIRROR, false));
        assertEquals(
                Optional.of(Position.MIRROR),
                told(AG1).availabilityGroup().orElseThrow().primaryOn());
    }

    @Test
    void theChatStoreGoesToItsSecondaryAndBack() {
        String primary = twin.inject(new Fault.Kill(ComponentId.of(SQL1)));
        String mirror = twin.inject(new Fault.Kill(ComponentId.of(SQL2)));
        done(new Action.StopLogShipping(CHAT1, MGC, SQL9));
        done(new Action.RestoreLogs(CHAT1, MGC, SQL9));
        done(new Action.RecoverDatabases(CHAT1, MGC, SQL9));
        twin.clear(primary);
        twin.clear(mirror);
        pass(Duration.ofMinutes(5));
        done(new Action.BackUpDatabases(CHAT1, MGC, SQL9));
        done(new Action.RestoreDatabases(CHAT1, MGC, SQL1));
        assertTrue(twin.effects().size() >= 4, twin.effects().toString());
    }
}
