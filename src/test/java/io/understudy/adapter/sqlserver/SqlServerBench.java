package io.understudy.adapter.sqlserver;

import static io.understudy.counterpart.tds.SqlAnswer.row;
import static io.understudy.counterpart.tds.SqlAnswer.rows;

import io.understudy.adapter.spi.Secrets;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.adapter.sqlserver.SqlServerSettings.Encryption;
import io.understudy.adapter.sqlserver.SqlServerSettings.Shipping;
import io.understudy.counterpart.tds.ScriptedSqlBackend;
import io.understudy.counterpart.tds.SqlAnswer;
import io.understudy.counterpart.tds.TdsServer;
import io.understudy.estate.Database;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Estate;
import io.understudy.estate.LogShipping;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.Site;
import io.understudy.estate.SiteName;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.estate.StoreTechnology;
import io.understudy.runbook.Action;
import io.understudy.testing.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Three instances that speak TDS with TLS, behind which rules answer: sql1 and sql2 are partners of
 * the mirrored store be1, of the chat store chat1 and replicas of ag1; chat1 ships its log to sql9.
 */
final class SqlServerBench implements AutoCloseable {

    static final SqlInstance SQL1 = instance("sql1");
    static final SqlInstance SQL2 = instance("sql2");
    static final SqlInstance SQL9 = instance("sql9");
    static final StoreName BE1 = new StoreName("be1");
    static final StoreName CHAT1 = new StoreName("chat1");
    static final StoreName AG1 = new StoreName("ag1");
    static final PoolFqdn POOL1 = new PoolFqdn("pool1.contoso.com");
    static final List<String> USER = List.of("rtcxds", "rtcshared");
    static final List<String> MGC = List.of("mgc");
    static final String SHARE = "\\\\fs1\\mgc";
    static final String COPIED = "E:\\copied";

    private static final TestCertificates CERTIFICATES = certificates();
    private static final String MIRRORING = "sys.database_mirroring m";

    final ScriptedSqlBackend backend = new ScriptedSqlBackend();
    final Map<SqlInstance, TdsServer> servers = new HashMap<>();
    final List<String> heard = new ArrayList<>();
    final List<Duration> waited = new ArrayList<>();
    Estate estate = estate("rtcxds");
    Instant now = Instant.parse("2026-11-21T10:00:00Z");
    Duration timeLimit = Duration.ofMinutes(5);
    Duration queryLimit = Duration.ofSeconds(10);
    String password = "secret";

    SqlServerBench() {
        for (SqlInstance instance : List.of(SQL1, SQL2, SQL9)) {
            String host = "127.0.0." + (10 + instance.fqdn().value().charAt(3) - '0');
            try {
                TdsServer server =
                        new TdsServer(instance, host, backend, Optional.of(CERTIFICATES.context()));
                servers.put(instance, server.login("understudy", "secret"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        backend.on("@@SERVERNAME AS server_name", r -> rows("server_name", row("SQL")));
    }

    private static TestCertificates certificates() {
        try {
            return TestCertificates.make(
                    Files.createTempDirectory("understudy-tds"), "dns:*.contoso.com");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SqlInstance instance(String host) {
        return new SqlInstance(new ServerFqdn(host + ".contoso.com"), "rtc");
    }

    /** The estate, with this for the first database of be1. */
    static Estate estate(String first) {
        SiteName redmond = new SiteName("redmond");
        List<Database> user =
                List.of(
                        new Database(first, DatabaseType.USER),
                        new Database("rtcshared", DatabaseType.USER));
        List<Database> chat = List.of(new Database("mgc", DatabaseType.PERSISTENT_CHAT));
        return new Estate(
                "contoso",
                List.of(new Site(redmond)),
                List.of(),
                List.of(
                        store(BE1, StoreTechnology.MIRRORING, user, Optional.empty()),
                        store(
                                CHAT1,
                                StoreTechnology.MIRRORING,
                                chat,
                                Optional.of(new LogShipping(SQL9, new SiteName("dublin")))),
                        store(AG1, StoreTechnology.AVAILABILITY_GROUP, user, Optional.empty())),
                List.of());
    }

    private static Store store(
            StoreName name,
            StoreTechnology technology,
            List<Database> databases,
            Optional<LogShipping> shipping) {
        return new Store(
                name,
                new SiteName("redmond"),
                technology,
                SQL1,
                Optional.of(SQL2),
                Optional.empty(),
                databases,
                shipping);
    }

    SqlServerSettings settings() {
        return settings(Optional.of(CERTIFICATES.trustStore()), Encryption.MANDATORY);
    }

    SqlServerSettings settings(Optional<Path> trustStore, Encryption encryption) {
        Map<SqlInstance, SqlServerTarget> targets = new HashMap<>();
        servers.forEach((instance, server) ->
                targets.put(
                        instance,
                        new SqlServerTarget(
                                Optional.of(server.address()),
                                Optional.of(server.port()),
                                Optional.empty(),
                                new SqlServerTarget.SqlLogin("understudy", "env:SQL"))));
        return new SqlServerSettings(
                targets,
                Map.of(CHAT1, new Shipping(SHARE, Optional.of(COPIED))),
                encryption,
                false,
                trustStore,
                trustStore.map(_ -> "env:TRUST"),
                // a busy machine shakes hands slowly
                Duration.ofSeconds(20),
                queryLimit,
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofMillis(500));
    }

    Secrets secrets() {
        return reference ->
                switch (reference) {
                    case "env:SQL" -> password;
                    case "env:TRUST" -> TestCertificates.PASSWORD;
                    default -> throw new Secrets.SecretUnavailable(reference);
                };
    }

    SqlServerExecutor executor() {
        return executor(settings());
    }

    SqlServerExecutor executor(SqlServerSettings settings) {
        return new SqlServerExecutor(
                () -> estate,
                settings,
                secrets(),
                () -> now,
                time -> {
                    waited.add(time);
                    now = now.plus(time);
                });
    }

    SqlServerProbe probe() {
        return new SqlServerProbe(() -> estate, settings(), secrets());
    }

    StepCall call(Action action) {
        return call(action, 1);
    }

    StepCall call(Action action, long token) {
        return new StepCall("run-7", 3, 1, token, action, Optional.empty(), timeLimit);
    }

    StepOutcome act(Action action) {
        return executor().act(call(action), heard::add);
    }

    /** What clients have ordered, questions left out. */
    List<String> orders() {
        return backend.orders().stream()
                .filter(o -> !o.contains(": EXEC master.sys.xp_") && !o.contains("ONLY FROM DISK"))
                .toList();
    }

    static Action toMirror(boolean force) {
        return new Action.SwitchPrincipal(
                BE1, POOL1, DatabaseType.USER, USER, SQL2, Position.MIRROR, force);
    }

    /** One row of the mirroring view. */
    static Object[] mirrored(String database, String role, String state) {
        return mirrored(database, role, state, null, null);
    }

    static Object[] mirrored(
            String database, String role, String state, String witness, String witnessState) {
        boolean principal = "PRINCIPAL".equals(role);
        return row(
                database,
                principal ? "ONLINE" : "RESTORING",
                role,
                state,
                role == null ? null : "FULL",
                witness,
                witnessState);
    }

    void mirroring(SqlInstance instance, Object[]... mirrored) {
        backend.on(instance, MIRRORING, _ -> mirroring(mirrored));
    }

    /** What the view says, told anew at each look. */
    void mirroring(SqlInstance instance, Supplier<Object[][]> mirrored) {
        backend.on(instance, MIRRORING, _ -> mirroring(mirrored.get()));
    }

    static SqlAnswer mirroring(Object[]... mirrored) {
        return rows(
                "name, state_desc, mirroring_role_desc, mirroring_state_desc,"
                        + " mirroring_safety_level_desc, mirroring_witness_name,"
                        + " mirroring_witness_state_desc",
                mirrored);
    }

    /** Both databases of be1, principal on sql1, in step; SET PARTNER FAILOVER moves them. */
    Map<String, SqlInstance> mirroredPair() {
        Map<String, SqlInstance> principals = new HashMap<>();
        USER.forEach(d -> principals.put(d, SQL1));
        for (SqlInstance instance : List.of(SQL1, SQL2)) {
            backend.on(instance, MIRRORING, _ -> view(instance, principals));
            backend.on(
                    instance,
                    "SET PARTNER FAILOVER",
                    r -> {
                        String database = r.text().replaceAll(".*\\[(.*)].*", "$1");
                        if (!instance.equals(principals.get(database))) {
                            return SqlAnswer.failed(1470, "only on the principal");
                        }
                        principals.put(database, instance.equals(SQL1) ? SQL2 : SQL1);
                        return SqlAnswer.done();
                    });
        }
        return principals;
    }

    private static SqlAnswer view(SqlInstance instance, Map<String, SqlInstance> principals) {
        return mirroring(
                principals.entrySet().stream()
                        .map(e ->
                                mirrored(
                                        e.getKey(),
                                        e.getValue().equals(instance) ? "PRINCIPAL" : "MIRROR",
                                        "SYNCHRONIZED"))
                        .toArray(Object[][]::new));
    }

    /** Its principal is lost, and the mirror knows it; forcing makes the mirror principal. */
    void lostPrincipal(String witness, String witnessState) {
        Map<String, String> roles = new HashMap<>();
        USER.forEach(d -> roles.put(d, "MIRROR"));
        backend.on(
                SQL2,
                MIRRORING,
                _ ->
                        mirroring(
                                roles.entrySet().stream()
                                        .map(e ->
                                                mirrored(
                                                        e.getKey(),
                                                        e.getValue(),
                                                        "DISCONNECTED",
                                                        witness,
                                                        witnessState))
                                        .toArray(Object[][]::new)));
        backend.on(
                SQL2,
                "FORCE_SERVICE_ALLOW_DATA_LOSS",
                r -> {
                    roles.put(r.text().replaceAll(".*\\[(.*)].*", "$1"), "PRINCIPAL");
                    return SqlAnswer.done();
                });
        servers.get(SQL1).close();
    }

    @Override
    public void close() {
        servers.values().forEach(TdsServer::close);
    }
}
