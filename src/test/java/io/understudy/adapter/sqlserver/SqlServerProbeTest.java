package io.understudy.adapter.sqlserver;

import static io.understudy.adapter.sqlserver.SqlServerBench.AG1;
import static io.understudy.adapter.sqlserver.SqlServerBench.BE1;
import static io.understudy.adapter.sqlserver.SqlServerBench.CHAT1;
import static io.understudy.adapter.sqlserver.SqlServerBench.SQL1;
import static io.understudy.adapter.sqlserver.SqlServerBench.SQL2;
import static io.understudy.adapter.sqlserver.SqlServerBench.SQL9;
import static io.understudy.adapter.sqlserver.SqlServerBench.mirrored;
import static io.understudy.counterpart.tds.SqlAnswer.row;
import static io.understudy.counterpart.tds.SqlAnswer.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.Probe.Reading;
import io.understudy.adapter.spi.Secrets;
import io.understudy.adapter.sqlserver.SqlServerSettings.Encryption;
import io.understudy.counterpart.tds.SqlAnswer;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ObserverName;
import io.understudy.estate.Position;
import io.understudy.estate.SqlInstance;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import io.understudy.health.Safety;
import io.understudy.health.Status;
import io.understudy.health.WitnessState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Looks, by Microsoft's driver over TLS. */
@Timeout(120)
class SqlServerProbeTest {

    private static final ObserverName OBSERVER = new ObserverName("o-redmond");
    private static final ComponentId P = ComponentId.of(SQL1);
    private static final ComponentId STORE = ComponentId.of(BE1);

    private final SqlServerBench bench = new SqlServerBench();

    @BeforeEach
    void serve() {
        bench.backend.on(".sys.schemas", rows("schemas", row(13)));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Reading read(ComponentId component) {
        return bench.probe().read(OBSERVER, component);
    }

    private Facts.OfStore facts(Reading reading) {
        return assertInstanceOf(Facts.OfStore.class, reading.facts(), reading.detail());
    }

    private void pair(String state, String witness, String witnessState) {
        for (SqlInstance instance : List.of(SQL1, SQL2)) {
            String role = instance.equals(SQL1) ? "PRINCIPAL" : "MIRROR";
            bench.mirroring(
                    instance,
                    mirrored("rtcxds", role, state, witness, witnessState),
                    mirrored("rtcshared", role, state, witness, witnessState));
        }
    }

    @Test
    void anInstanceThatAnswersIsUp() {
        assertEquals(Status.UP, read(P).status(), read(P).detail());
    }

    @Test
    void oneThatRefusesConnectionsOrBreaksThemIsDown() {
        bench.backend.down(SQL1);
        assertEquals(Status.DOWN, read(P).status());
        bench.servers.get(SQL1).close();
        assertEquals(Status.DOWN, read(P).status());
    }

    @Test
    void oneThatHangsAtLoginIsDownAfterTheConnectLimit() {
        bench.servers.get(SQL1).hang();
        SqlServerSettings usual = bench.settings();
        SqlServerSettings short2 =
                new SqlServerSettings(
                        usual.targets(),
                        Map.of(),
                        usual.encryption(),
                        false,
                        usual.trustStore(),
                        usual.trustStoreCredential(),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1));
        SqlServerProbe probe = new SqlServerProbe(() -> bench.estate, short2, bench.secrets());
        assertEquals(Status.DOWN, probe.read(OBSERVER, P).status());
    }

    @Test
    void oneThatLetsInButAnswersTooLateIsDegraded() {
        bench.queryLimit = Duration.ofSeconds(2);
        bench.backend.never("@@SERVERNAME");
        assertEquals(Status.DEGRADED, read(P).status(), read(P).detail());
    }

    @Test
    void troubleOfOurOwnIsUnknown() {
        bench.password = "wrong";
        Reading reading = read(P);
        assertEquals(Status.UNKNOWN, reading.status());
        assertTrue(reading.detail().contains("18456"), reading.detail());
        assertFalse(reading.detail().contains("wrong"));
        bench.password = "secret";
        SqlServerProbe untrusting =
                new SqlServerProbe(
                        () -> bench.estate,
                        bench.settings(Optional.empty(), Encryption.MANDATORY),
                        bench.secrets());
        assertEquals(Status.UNKNOWN, untrusting.read(OBSERVER, P).status());
        SqlServerProbe poor =
                new SqlServerProbe(
                        () -> bench.estate,
                        bench.settings(),
                        reference -> {
                            throw new Secrets.SecretUnavailable(reference + " is not set");
                        });
        assertEquals(Status.UNKNOWN, poor.read(OBSERVER, P).status());
    }

    @Test
    void anUnknownHostIsOurOwnTrouble() {
        SqlServerTarget nowhere =
                new SqlServerTarget(
                        Optional.of("nowhere.invalid"),
                        Optional.of(1433),
                        Optional.empty(),
                        new SqlServerTarget.SqlLogin("understudy", "env:SQL"));
        SqlServerProbe probe =
                new SqlServerProbe(
                        () -> bench.estate,
                        SqlServerSettings.of(Map.of(SQL1, nowhere)),
                        bench.secrets());
        Reading reading = probe.read(OBSERVER, P);
        assertEquals(Status.UNKNOWN, reading.status(), reading.detail());
    }

    @Test
    void strictEncryptionIsSpoken() {
        SqlServerProbe strict =
                new SqlServerProbe(
                        () -> bench.estate,
                        bench.settings(bench.settings().trustStore(), Encryption.STRICT),
                        bench.secrets());
        Reading reading = strict.read(OBSERVER, P);
        assertEquals(Status.UP, reading.status(), reading.detail());
    }

    @Test
    void aMirroredStoreTellsThePrincipalsRows() {
        pair("SYNCHRONIZED", "TCP://sqlw:7022", "CONNECTED");
        bench.backend.on(
                SQL2,
                "sp_dbmmonitorresults",
                r ->
                        rows(
                                "role, unrestored_log, recovery_rate",
                                r.parameters().contains("rtcxds")
                                        ? row(2, 100, 50)
                                        : row(2, 9, 9)));
        bench.backend.on("'Percent Log Used'", rows("name"));
        Reading reading = read(STORE);
        assertEquals(Status.UP, reading.status(), reading.detail());
        Facts.OfStore facts = facts(reading);
        assertEquals(
                new Facts.MirroringRow(
                        "rtcxds",
                        Optional.of(Position.PRIMARY),
                        MirroringState.SYNCHRONIZED,
                        Safety.FULL,
                        WitnessState.CONNECTED),
                facts.mirroring().getFirst());
        assertEquals(OptionalLong.of(100), facts.redoQueueKb());
        assertEquals(OptionalLong.of(50), facts.redoRateKbPerSecond());
        assertEquals(Optional.of(false), facts.transactionLogFull());
    }

    @Test
    void withoutThePrincipalTheMirrorSaysWhereItWas() {
        pair("DISCONNECTED", null, null);
        bench.servers.get(SQL1).close();
        Reading reading = read(STORE);
        assertEquals(Status.DOWN, reading.status(), reading.detail());
        Facts.MirroringRow row = facts(reading).mirroring().getFirst();
        assertEquals(Optional.of(Position.PRIMARY), row.principalOn());
        assertEquals(MirroringState.DISCONNECTED, row.state());
        assertEquals(WitnessState.UNKNOWN, row.witness());
    }

    @Test
    void whatIsNullIsUnknown() {
        pair("DISCONNECTED", null, null);
        bench.mirroring(SQL2, mirrored("rtcxds", null, null), mirrored("rtcshared", null, null));
        bench.servers.get(SQL1).close();
        Reading reading = read(STORE);
        assertEquals(Optional.empty(), facts(reading).mirroring().getFirst().principalOn());
        assertTrue(reading.detail().contains("mirroring_role NULL"), reading.detail());
    }

    @Test
    void twoPrincipalsAreDegradedAndUnknown() {
        pair("SYNCHRONIZED", null, null);
        bench.mirroring(
                SQL2,
                mirrored("rtcxds", "PRINCIPAL", "DISCONNECTED"),
                mirrored("rtcshared", "MIRROR", "SYNCHRONIZED"));
        Reading reading = read(STORE);
        assertEquals(Status.DEGRADED, reading.status());
        assertEquals(Optional.empty(), facts(reading).mirroring().getFirst().principalOn());
        assertEquals(
                Optional.of(Position.PRIMARY), facts(reading).mirroring().getLast().principalOn());
    }

    @Test
    void aPrincipalWithoutQuorumServesNobody() {
        pair("DISCONNECTED", "TCP://sqlw:7022", "DISCONNECTED");
        bench.backend.on(".sys.schemas", SqlAnswer.failed(955, "lacks quorum"));
        Reading reading = read(STORE);
        assertEquals(Status.DOWN, reading.status(), reading.detail());
        assertTrue(reading.detail().contains("955"), reading.detail());
    }

    @Test
    void someServedIsDegradedAndNoRightInADatabaseIsServed() {
        pair("SYNCHRONIZED", null, null);
        bench.backend.on("[rtcxds].sys.schemas", SqlAnswer.failed(916, "no user"));
        assertEquals(Status.UP, read(STORE).status());
        bench.backend.on("[rtcxds].sys.schemas", SqlAnswer.failed(945, "no disk"));
        assertEquals(Status.DEGRADED, read(STORE).status());
    }

    @Test
    void aPartnerThatCannotBeJudgedMakesItUnknown() {
        pair("DISCONNECTED", null, null);
        bench.servers.get(SQL1).login("understudy", "changed");
        assertEquals(Status.UNKNOWN, read(STORE).status());
    }

    @Test
    void aFullLogAndAStoppedEndpointAreTold() {
        pair("SYNCHRONIZED", null, null);
        bench.backend.on("'Percent Log Used'", rows("name", row("rtcxds")));
        bench.backend.on(
                "sys.database_mirroring_endpoints",
                rows("state_desc, role_desc", row("STOPPED", "PARTNER")));
        Reading reading = read(STORE);
        assertEquals(Optional.of(true), facts(reading).transactionLogFull());
        assertTrue(reading.detail().contains("endpoint is STOPPED"), reading.detail());
    }

    @Test
    void aGroupTellsRoleModeQuorumAndGap() {
        group(SQL1, "PRIMARY", "SQL1");
        group(SQL2, "SECONDARY", "SQL2");
        bench.mirroring(SQL1, online("rtcxds"), online("rtcshared"));
        bench.mirroring(SQL2, online("rtcxds"), online("rtcshared"));
        bench.backend.on(SQL1, "AS gap", rows("gap", row(3)));
        Reading reading = read(ComponentId.of(AG1));
        assertEquals(
                Optional.of(
                        new Facts.AvailabilityGroup(
                                Optional.of(Position.PRIMARY),
                                Optional.of("SYNCHRONIZED"),
                                Optional.of("AUTOMATIC"),
                                Optional.of("NORMAL_QUORUM"),
                                Optional.of(true),
                                Optional.of(Duration.ofSeconds(3)))),
                facts(reading).availabilityGroup());
        assertEquals(Status.UP, reading.status());
    }

    private static Object[] online(String database) {
        return row(database, "ONLINE", null, null, null, null, null);
    }

    private void group(SqlInstance instance, String role, String server) {
        bench.backend.on(
                instance,
                "sys.availability_databases_cluster",
                _ ->
                        rows(
                                "group_name, database_name, role_desc, operational_state_desc,"
                                        + " failover_mode_desc, is_failover_ready,"
                                        + " synchronization_state_desc, quorum_state_desc,"
                                        + " server_name",
                                groupRow("rtcxds", role, server),
                                groupRow("rtcshared", role, server)));
    }

    private static Object[] groupRow(String database, String role, String server) {
        return row(
                "ag1",
                database,
                role,
                "ONLINE",
                "AUTOMATIC",
                true,
                "SYNCHRONIZED",
                "NORMAL_QUORUM",
                server);
    }

    @Test
    void logShippingIsReadWhereItIsSentAndRestored() {
        bench.mirroring(SQL1, mirrored("mgc", "PRINCIPAL", "SYNCHRONIZED"));
        bench.mirroring(SQL2, mirrored("mgc", "MIRROR", "SYNCHRONIZED"));
        bench.backend.on(
                SQL1, "log_shipping_monitor_primary", _ -> rows("name, seconds", row("mgc", 900)));
        bench.backend.on(
                SQL9,
                "log_shipping_monitor_secondary",
                _ -> rows("name, seconds", row("mgc", 120), row("other", 9999)));
        assertEquals(
                Optional.of(
                        new Facts.ShippedLog(
                                Optional.of(Duration.ofMinutes(15)),
                                Optional.of(Duration.ofMinutes(2)))),
                facts(read(ComponentId.of(CHAT1))).logShipping());
    }

    @Test
    void itSeesWhatIsConfigured() {
        SqlServerProbe probe = bench.probe();
        assertTrue(probe.sees(P) && probe.sees(STORE));
        assertFalse(probe.sees(ComponentId.parse("sql:sql7.contoso.com/rtc")));
        assertFalse(probe.sees(ComponentId.parse("pool:pool1.contoso.com")));
    }
}
