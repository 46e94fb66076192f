package io.understudy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.understudy.access.Signatures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service is given secrets that are easy to find, and nothing that it calls is there: none of
 * them stands in anything that it says, answers or keeps.
 */
class PlantedSecretsIT {

    /** Nothing listens there: the port is not given to anybody who does not ask for it by name. */
    private static final String NOWHERE = "127.0.0.1:1";

    private static final Pattern RUN = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

    @TempDir private Path directory;

    private final Map<String, String> planted = new LinkedHashMap<>();
    private final Map<String, String> told = new LinkedHashMap<>();

    @Test
    void noSecretIsSaidAnsweredOrKept() throws Exception {
        Path data = directory.resolve("data");
        try (Service service = Service.start(data, environment())) {
            plant("database", Files.readString(data.resolve("postgres/password")).strip());
            String monitor = key(service, "am-dublin", "monitor");
            String viewer = key(service, "wall", "viewer");
            everythingFails(service, monitor);
            everyAnswer(service, "admin", planted.get("adminkey"));
            everyAnswer(service, "viewer", viewer);
            told.put("metrics", look(service, "/q/metrics", viewer));
            told.put("health", look(service, "/q/health", viewer));
            told.put("database", dump(data));
            service.close();
            told.put("log", service.log());
        }
        nothingIsTold();
    }

    @Test
    void aStartThatFailsTellsNoSecretEither() throws IOException {
        Map<String, String> environment = new TreeMap<>(environment());
        plant("jdbcpassword", "planted-jdbc-password-7261");
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://" + NOWHERE + "/none");
        environment.put("QUARKUS_DATASOURCE_USERNAME", "understudy");
        environment.put("QUARKUS_DATASOURCE_PASSWORD", planted.get("jdbcpassword"));
        IllegalStateException failure =
                assertThrows(
                        IllegalStateException.class,
                        () -> Service.start(directory.resolve("other"), environment).close());
        StringBuilder said = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            said.append(each).append('\n');
        }
        told.put("log", said.toString());
        assertTrue(said.length() > 200, said.toString());
        nothingIsTold();
    }

    private String plant(String name, String secret) {
        planted.put(name, secret);
        return secret;
    }

    private String plant(String name) {
        return plant(name, "planted-" + name + "-4b1d9e");
    }

    private Map<String, String> environment() throws IOException {
        Path secrets = Files.createDirectories(directory.resolve("secrets"));
        Path token = Files.writeString(directory.resolve("token"), plant("vaulttoken"));
        Path ssh = Files.writeString(secrets.resolve("ssh.key"), plant("sshkey"));
        for (Path file : List.of(token, ssh)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        Path settings = directory.resolve("settings.properties");
        Files.writeString(
                settings,
                """
                understudy.monitors.am-dublin.secrets=env:UNDERSTUDY_SECRET_HMAC
                understudy.login.audit-interval=PT0.2S
                quarkus.datasource.jdbc.acquisition-timeout=60S
                understudy.secrets.directory=%1$s
                understudy.secrets.vault.address=https://%3$s
                understudy.secrets.vault.token-file=%2$s
                understudy.jdbc.instances[0].component=sql:sql6.contoso.com/rtc
                understudy.jdbc.instances[0].url=jdbc:postgresql://%3$s/none
                understudy.jdbc.instances[0].user=understudy
                understudy.jdbc.instances[0].password=%4$s
                understudy.sqlserver.instances[0].component=sql:sql8.contoso.com/rtc
                understudy.sqlserver.instances[0].address=127.0.0.1
                understudy.sqlserver.instances[0].port=1
                understudy.sqlserver.user=understudy
                understudy.sqlserver.credential=env:UNDERSTUDY_SECRET_SQL
                understudy.powershell.enabled=true
                understudy.powershell.ssh.connect-limit=PT2S
                understudy.powershell.winrm.connect-timeout=PT2S
                understudy.webhook.allowed-destinations=%3$s
                understudy.webhook.loopback-allowed=true
                understudy.webhook.first-back-off=PT0.1S
                understudy.webhook.endpoints.switch-principal.url=https://%3$s/switch
                understudy.webhook.endpoints.switch-principal.secret=env:UNDERSTUDY_SECRET_HOOK
                understudy.webhook.endpoints.change-next-hop.url=https://%3$s/hop
                understudy.webhook.endpoints.change-next-hop.secret=vault:secret/understudy/hook#key
                understudy.run.first-back-off=PT0.1S
                understudy.run.most-attempts=2
                """
                        .formatted(secrets, token, NOWHERE, plant("jdbcinstance")));
        return Map.of(
                "QUARKUS_CONFIG_LOCATIONS",
                settings.toString(),
                "UNDERSTUDY_ADMIN_KEY",
                plant("adminkey"),
                "UNDERSTUDY_SECRET_HMAC",
                plant("hmac"),
                "UNDERSTUDY_SECRET_SQL",
                plant("sqlserver"),
                "UNDERSTUDY_SECRET_SHELL",
                plant("winrm"),
                "UNDERSTUDY_SECRET_HOOK",
                plant("hook"));
    }

    private String key(Service service, String name, String role) {
        JsonNode made =
                service.postAs(
                        planted.get("adminkey"),
                        "/api/v1/keys",
                        "{\"name\": \"%s\", \"roles\": [\"%s\"]}".formatted(name, role),
                        201);
        return plant("keyof" + name, made.get("key").asText());
    }

    /** Makes everything fail that can: executors, probes, dry runs, signatures, log-ins. */
    private void everythingFails(Service service, String monitor) throws Exception {
        String admin = planted.get("adminkey");
        told.put(
                "routing",
                call(
                        service,
                        "PUT",
                        "/api/v1/routing",
                        admin,
                        ROUTING,
                        Map.of("If-Match", "*", "Content-Type", "application/yaml")));
        for (String run :
                List.of(
                        "{\"remediation\": \"MIRROR_FAILOVER\", \"target\": \"store:be1\"}",
                        "{\"remediation\": \"POOL_FAILOVER\", \"target\": \"pool:pool3.contoso.com\"}",
                        "{\"remediation\": \"EDGE_NEXT_HOP_CHANGE\", \"target\": \"pool:edge1.contoso.com\"}")) {
            String dry = run.replace("}", ", \"dryRun\": true}");
            told.put("dry run " + run, json(service, "POST", "/api/v1/runs", admin, dry));
            told.put("run " + run, json(service, "POST", "/api/v1/runs", admin, run));
        }
        told.put(
                "fault",
                json(
                        service,
                        "POST",
                        "/api/v1/simulator/faults",
                        admin,
                        "{\"fault\": \"KILL\", \"target\": \"sql:sql1.contoso.com/rtc\"}"));
        String now = Long.toString(Instant.now().getEpochSecond());
        String right = Signatures.sign(planted.get("hmac"), now, "{}".getBytes());
        for (String signature : List.of("v1=" + "0".repeat(64), right, right)) {
            told.put(
                    "signature " + told.size(),
                    call(
                            service,
                            "POST",
                            "/api/v1/webhooks/alertmanager",
                            monitor,
                            "{}",
                            Map.of(
                                    "Content-Type",
                                    "application/json",
                                    "Understudy-Timestamp",
                                    now,
                                    "Understudy-Signature",
                                    signature)));
        }
        told.put("tampered", look(service, "/api/v1/runs", admin + "x"));
        told.put("spaced", look(service, "/api/v1/runs", admin + " " + monitor));
        told.put("bad body", json(service, "POST", "/api/v1/keys", admin, "{\"name\": "));
        told.put("ended", failedRun(service));
    }

    /** The mirror failover that a lost principal opens, once its webhook has failed. */
    private String failedRun(Service service) throws Exception {
        long end = System.nanoTime() + 90_000_000_000L;
        String runs = "";
        while (System.nanoTime() < end) {
            runs = look(service, "/api/v1/runs?limit=500", planted.get("adminkey"));
            if (runs.contains("\"FAILED\"") || runs.contains("\"AWAITING_OPERATOR\"")) {
                return runs;
            }
        }
        throw new AssertionError("no run has failed: " + runs + service.log());
    }

    /**
     * What every operation of the contract that only looks answers, and of each thing that it
     * lists.
     */
    private void everyAnswer(Service service, String who, String key) throws Exception {
        JsonNode paths = new YAMLMapper().readTree(Path.of("openapi.yaml").toFile()).get("paths");
        List<String> open = new ArrayList<>();
        paths.properties().stream()
                .filter(path -> path.getValue().has("get"))
                .filter(path -> !path.getKey().endsWith("/events"))
                .forEach(path -> open.add(path.getKey()));
        for (String path : open) {
            if (!path.contains("{")) {
                told.put(who + " " + path, look(service, path, key));
            }
        }
        Set<String> runs =
                RUN.matcher(told.get(who + " /api/v1/runs"))
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(runs.size() >= 1, told.get(who + " /api/v1/runs"));
        for (String id : runs) {
            for (String path : open) {
                if (path.startsWith("/api/v1/runs/{id}")) {
                    String one = path.replaceAll("\\{id}", id);
                    told.put(who + " " + one, look(service, one, key));
                }
            }
            told.put(
                    who + " events of " + id,
                    events(service, "/api/v1/runs/" + id + "/events", key));
        }
    }

    /** The events that are there already: of a run that has ended, all. */
    private static String events(Service service, String path, String key) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(service.address() + path))
                        .header("Authorization", "Bearer " + key)
                        .build();
        StringBuilder heard = new StringBuilder();
        try (HttpClient http = HttpClient.newHttpClient();
                Stream<String> lines = http.send(request, BodyHandlers.ofLines()).body()) {
            lines.limit(10).forEach(line -> heard.append(line).append('\n'));
            http.shutdownNow();
        }
        return heard.toString();
    }

    private static String look(Service service, String path, String key) throws Exception {
        return call(service, "GET", path, key, "", Map.of());
    }

    private static String json(Service service, String method, String path, String key, String body)
            throws Exception {
        return call(service, method, path, key, body, Map.of("Content-Type", "application/json"));
    }

    private static String call(
            Service service,
            String method,
            String path,
            String key,
            String body,
            Map<String, String> headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(service.address() + path))
                        .header("Authorization", "Bearer " + key)
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.headers().map() + " " + answer.body();
        }
    }

    /** Every row of every table. */
    private String dump(Path data) throws Exception {
        List<String> lines = Files.readAllLines(data.resolve("postgres/data/postmaster.pid"));
        String url = "jdbc:postgresql://127.0.0.1:" + lines.get(3) + "/postgres";
        StringBuilder dump = new StringBuilder();
        try (Connection connection =
                        DriverManager.getConnection(url, "understudy", planted.get("database"));
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows =
                    statement.executeQuery(
                            "select tablename from pg_tables where schemaname = 'public'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            assertTrue(tables.size() >= 10, tables.toString());
            for (String table : tables) {
                try (ResultSet rows =
                        statement.executeQuery(
                                "select row_to_json(t)::text from \"" + table + "\" t")) {
                    while (rows.next()) {
                        dump.append(table).append(' ').append(rows.getString(1)).append('\n');
                    }
                }
            }
        }
        return dump.toString();
    }

    private void nothingIsTold() {
        List<String> leaks = new ArrayList<>();
        told.forEach((where, text) ->
                planted.forEach((name, secret) -> {
                    int at = text.indexOf(secret);
                    if (at >= 0) {
                        leaks.add(
                                name
                                        + " in "
                                        + where
                                        + ": "
                                        + text.substring(
                                                Math.max(0, at - 200),
                                                Math.min(text.length(), at + 100)));
                    }
                }));
        assertEquals(List.of(), leaks);
    }

    private static final String ROUTING =
            """
            managementServers:
              - {name: ms-redmond, site: redmond, transport: WINRM, host: 127.0.0.1, user: understudy, credential: 'env:UNDERSTUDY_SECRET_SHELL'}
              - {name: ms-dublin, site: dublin, transport: SSH, host: 127.0.0.1, user: understudy, credential: 'file:ssh.key', hostKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJfkNV4OS33ImTXvorZr72q4v5XhVEQKfvqsxOEJ/XaR']}
            routes:
              - {operations: [SWITCH_PRINCIPAL, CHANGE_NEXT_HOP], executor: webhook}
              - {executor: powershell}
            """;
}
