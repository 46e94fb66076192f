package io.understudy.adapter.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.Probe;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Database;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Estate;
import io.understudy.estate.ObserverName;
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
import io.understudy.health.Safety;
import io.understudy.health.Status;
import io.understudy.testing.PostgresPair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a real pair of PostgreSQL servers, each test breaking its own. */
@Timeout(120)
class JdbcProbeIT {

    private static final SqlInstance SQL1 =
            new SqlInstance(new ServerFqdn("sql1.contoso.com"), "rtc");
    private static final SqlInstance SQL2 =
            new SqlInstance(new ServerFqdn("sql2.contoso.com"), "rtc");
    private static final ComponentId P = ComponentId.of(SQL1);
    private static final ComponentId M = ComponentId.of(SQL2);
    private static final ComponentId STORE = ComponentId.parse("store:be1");
    private static final ObserverName OBSERVER = new ObserverName("o-redmond");

    private PostgresPair pair;
    private JdbcProbe probe;

    @BeforeEach
    void start() {
        Optional<String> why = PostgresPair.unavailable();
        Assumptions.assumeTrue(why.isEmpty(), () -> why.orElse(""));
        pair = PostgresPair.start();
        probe = probe(target(pair.primaryUrl()), target(pair.standbyUrl()));
    }

    @AfterEach
    void stop() {
        if (pair != null) {
            pair.close();
        }
    }

    private JdbcTarget target(String url) {
        return new JdbcTarget(url, pair.user(), "");
    }

    private static JdbcProbe probe(JdbcTarget primary, JdbcTarget mirror) {
        Estate estate = estate();
        return new JdbcProbe(
                () -> estate,
                new JdbcProbeSettings(
                        Map.of(SQL1, primary, SQL2, mirror),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1)));
    }

    private static Estate estate() {
        SiteName redmond = new SiteName("redmond");
        Store store =
                new Store(
                        new StoreName("be1"),
                        redmond,
                        StoreTechnology.MIRRORING,
                        SQL1,
                        Optional.of(SQL2),
                        Optional.empty(),
                        List.of(
                                new Database("rtcxds", DatabaseType.USER),
                                new Database("xds", DatabaseType.CENTRAL_MGMT)),
                        Optional.empty());
        return new Estate("e", List.of(new Site(redmond)), List.of(), List.of(store), List.of());
    }

    private Status status(ComponentId component) {
        return probe.read(OBSERVER, component).status();
    }

    private void row(Optional<Position> principal, MirroringState state, Safety safety) {
        Facts.OfStore told =
                assertInstanceOf(Facts.OfStore.class, probe.read(OBSERVER, STORE).facts());
        assertEquals(
                List.of("rtcxds", "xds"),
                told.mirroring().stream().map(Facts.MirroringRow::database).toList());
        for (Facts.MirroringRow row : told.mirroring()) {
            assertEquals(principal, row.principalOn());
            assertEquals(state, row.state());
            assertEquals(safety, row.safety());
        }
    }

    @Test
    void aHealthyPairIsUpAndSynchronizedAndEachObserverWritesItsOwnRow() throws SQLException {
        assertTrue(probe.sees(P) && probe.sees(M) && probe.sees(STORE));
        assertFalse(probe.sees(ComponentId.parse("pool:pool1.contoso.com")));
        assertFalse(probe.sees(ComponentId.parse("sql:other.contoso.com/rtc")));
        for (ComponentId component : List.of(P, M, STORE)) {
            Probe.Reading reading = probe.read(OBSERVER, component);
            assertEquals(Status.UP, reading.status(), reading.detail());
        }
        row(Optional.of(Position.PRIMARY), MirroringState.SYNCHRONIZED, Safety.FULL);
        Facts.OfStore told = (Facts.OfStore) probe.read(OBSERVER, STORE).facts();
        assertTrue(told.redoQueueKb().isPresent());
        probe.read(new ObserverName("o-dublin"), P);
        assertEquals("2", ask(pair.primaryUrl(), "select count(*) from understudy_probe"));
    }

    @Test
    void anAsynchronousMirrorIsNeverCalledSynchronized() throws SQLException {
        order(pair.primaryUrl(), "alter system set synchronous_standby_names = ''");
        order(pair.primaryUrl(), "select pg_reload_conf()");
        until("select sync_state = 'async' from pg_stat_replication");
        row(Optional.of(Position.PRIMARY), MirroringState.SYNCHRONIZING, Safety.OFF);
        assertEquals(Status.UP, status(STORE));
    }

    @Test
    void aKilledPrincipalIsDownAndTheMirrorSaysWhoseItWas() {
        pair.killPrimary();
        Probe.Reading reading = probe.read(OBSERVER, P);
        assertEquals(Status.DOWN, reading.status());
        assertTrue(reading.detail().contains("(08"), reading.detail());
        assertEquals(Status.UP, status(M));
        assertEquals(Status.DOWN, status(STORE));
        row(Optional.of(Position.PRIMARY), MirroringState.DISCONNECTED, Safety.UNKNOWN);
    }

    @Test
    void aPromotedMirrorIsThePrincipalAndServes() throws Exception {
        status(P);
        assertEquals(1, run(pair.checkProgram().toString()));
        pair.killPrimary();
        assertEquals(0, run(pair.promoteProgram().toString()));
        assertEquals(0, run(pair.promoteProgram().toString()), "again does no harm");
        assertEquals(0, run(pair.checkProgram().toString()));
        Probe.Reading reading = probe.read(OBSERVER, M);
        assertEquals(Status.UP, reading.status(), reading.detail());
        assertTrue(reading.detail().contains("a write was committed"));
        assertEquals(Status.UP, status(STORE));
        row(Optional.of(Position.MIRROR), MirroringState.DISCONNECTED, Safety.OFF);
    }

    @Test
    void aPrincipalThatWaitsForItsLostMirrorIsDegradedAndNotDown() throws SQLException {
        status(P);
        pair.killStandby();
        until("select not exists (select from pg_stat_replication)");
        Probe.Reading reading = probe.read(OBSERVER, P);
        assertEquals(Status.DEGRADED, reading.status(), reading.detail());
        assertTrue(reading.detail().contains("not confirmed within PT1S"), reading.detail());
        assertEquals(Status.DEGRADED, status(STORE));
        row(Optional.of(Position.PRIMARY), MirroringState.DISCONNECTED, Safety.FULL);
    }

    @Test
    void aPrincipalThatHangsIsDownAndTheReadingEnds() {
        pair.freezePrimary();
        try {
            assertEquals(Status.DOWN, status(P));
        } finally {
            pair.thawPrimary();
        }
        assertEquals(Status.UP, status(P));
    }

    @Test
    void twoPrincipalsAreNoPrincipal() throws Exception {
        assertEquals(0, run(pair.promoteProgram().toString()));
        row(Optional.empty(), MirroringState.UNKNOWN, Safety.UNKNOWN);
        assertEquals(Status.DEGRADED, status(STORE));
    }

    @Test
    void noAnswerAtAllIsNoFact() {
        pair.killPrimary();
        pair.killStandby();
        Probe.Reading reading = probe.read(OBSERVER, STORE);
        assertEquals(Status.DOWN, reading.status());
        assertEquals(new Facts.None(), reading.facts());
    }

    @Test
    void aStoreWhoseOtherSideCannotBeJudgedIsUnknown() {
        pair.killPrimary();
        JdbcTarget stranger = new JdbcTarget(pair.standbyUrl(), "nobody", "");
        JdbcProbe blind = probe(target(pair.primaryUrl()), stranger);
        assertEquals(Status.UNKNOWN, blind.read(OBSERVER, M).status());
        assertEquals(Status.UNKNOWN, blind.read(OBSERVER, STORE).status());
    }

    @Test
    void aWrongUserOrDatabaseOrNameIsTheProbesOwnTrouble() {
        String url = pair.primaryUrl();
        List<JdbcTarget> wrong =
                List.of(
                        new JdbcTarget(url, "nobody", ""),
                        new JdbcTarget(url.replace("/postgres", "/nothing"), pair.user(), ""),
                        new JdbcTarget(
                                "jdbc:postgresql://no-such-host.invalid:5432/postgres", "u", ""));
        for (JdbcTarget target : wrong) {
            Probe.Reading reading = probe(target, target).read(OBSERVER, P);
            assertEquals(Status.UNKNOWN, reading.status(), reading.detail());
        }
    }

    @Test
    void aMissingRightToWriteIsTheProbesOwnTrouble() throws SQLException {
        order(pair.primaryUrl(), "create role watcher login");
        JdbcTarget watcher = new JdbcTarget(pair.primaryUrl(), "watcher", "");
        Probe.Reading reading = probe(watcher, watcher).read(OBSERVER, P);
        assertEquals(Status.UNKNOWN, reading.status(), reading.detail());
    }

    @Test
    void tooManyConnectionsAreOverloadAndNotDeath() throws SQLException {
        order(pair.primaryUrl(), "create role guest login connection limit 20");
        List<Connection> guests = new ArrayList<>();
        try {
            SQLException full =
                    assertThrows(
                            SQLException.class,
                            () -> {
                                while (guests.size() < 50) {
                                    guests.add(
                                            DriverManager.getConnection(
                                                    pair.primaryUrl(), "guest", ""));
                                }
                            });
            assertEquals("53300", full.getSQLState());
            JdbcTarget guest = new JdbcTarget(pair.primaryUrl(), "guest", "");
            Probe.Reading reading = probe(guest, guest).read(OBSERVER, P);
            assertEquals(Status.DEGRADED, reading.status(), reading.detail());
        } finally {
            for (Connection connection : guests) {
                connection.close();
            }
        }
    }

    @Test
    void aServerThatAcceptsAndNeverSpeaksIsDownWithinTheLimits() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            JdbcTarget target =
                    new JdbcTarget(
                            "jdbc:postgresql://127.0.0.1:" + mute.getLocalPort() + "/postgres",
                            "u",
                            "");
            assertEquals(Status.DOWN, probe(target, target).read(OBSERVER, P).status());
        }
    }

    @Test
    void noSecretIsPrinted() {
        JdbcTarget target =
                new JdbcTarget("jdbc:postgresql://h/db?password=hunter2", "u", "hunter2");
        assertFalse(target.toString().contains("hunter2"));
        assertFalse(JdbcProbeSettings.of(Map.of(SQL1, target)).toString().contains("hunter2"));
    }

    private static int run(String program) throws Exception {
        return new ProcessBuilder(program)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private String ask(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, pair.user(), "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private void order(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, pair.user(), "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Waits in the primary until the question is answered with true. */
    private void until(String question) throws SQLException {
        order(
                pair.primaryUrl(),
                "do $$ begin for i in 1..400 loop exit when ("
                        + question
                        + ");"
                        + " perform pg_sleep(0.05); perform pg_stat_clear_snapshot();"
                        + " end loop; end $$");
    }
}
