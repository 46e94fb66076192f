package io.understudy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.app.PostgresForTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A principal is lost in the middle of a storm of alerts: it is decided on as soon as on a quiet
 * day, every alert that was accepted is kept, and the memory is bounded. What it measures needs a
 * machine of its own, so it runs only when asked for: {@code -Dunderstudy.storm.alerts=100000
 * -Dunderstudy.storm.time=PT1M}.
 */
@EnabledIfSystemProperty(named = "understudy.storm.alerts", matches = "\\d+")
class StormIT {

    private static final int ALERTS = Integer.getInteger("understudy.storm.alerts", 16_700);
    private static final Duration TIME =
            Duration.parse(System.getProperty("understudy.storm.time", "PT10S"));
    private static final String HEAP = System.getProperty("understudy.storm.heap", "384m");
    private static final Duration LATER_AT_MOST = Duration.ofSeconds(2);

    @TempDir private Path data;

    @Test
    void aFailureInAStormIsDecidedOnInTimeAndNothingThatWasAcceptedIsLost() throws Exception {
        try (PostgresForTests server = PostgresForTests.start(Path.of("target/postgres-storm"));
                Service service = Service.start(data, configured(server))) {
            service.put("/api/v1/estate", SampleTwin.estate(), Map.of("If-Match", "*"), 200);
            service.awaitStatus("/api/v1/stores/be1", 200);
            for (String store : List.of("be1", "be2")) {
                service.await(
                        "/api/v1/stores/" + store,
                        answer -> answer.at("/condition/status").asText().equals("UP"));
            }

            Duration quiet = decided(service, "be2", lost(service, "sql3"));
            Duration before = service.computed();
            AtomicReference<Instant> lost = new AtomicReference<>();
            AlertStorm.Result storm =
                    new AlertStorm(service, ALERTS, TIME)
                            .blow(() -> lost.set(lost(service, "sql1")));
            Duration computed = service.computed().minus(before);
            Duration inStorm = decided(service, "be1", lost.get());

            print(service, storm, computed, quiet, inStorm);
            assertEquals(Set.of(), without(storm.accepted(), kept(server)));
            assertTrue(storm.accepted().size() >= storm.sent() / 2, "hardly any was accepted");
            assertTrue(
                    inStorm.compareTo(quiet.plus(LATER_AT_MOST)) <= 0,
                    "decided after " + inStorm + ", on a quiet day after " + quiet);
        }
    }

    private static Map<String, String> configured(PostgresForTests server) throws Exception {
        try (Connection connection = connection(server, "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists storm with (force)");
            statement.execute("create database storm");
        }
        return SampleTwin.on(
                server.url("storm"),
                server.user(),
                Map.of(
                        "JAVA_TOOL_OPTIONS",
                        "-Xmx" + HEAP + " -XX:+ExitOnOutOfMemoryError",
                        "QUARKUS_DATASOURCE_PASSWORD",
                        server.password()));
    }

    private static Instant lost(Service service, String server) {
        service.fault("KILL", "sql:" + server + ".contoso.com/rtc");
        return Instant.now();
    }

    /** How long after the loss the failover of the store was decided. */
    private static Duration decided(Service service, String store, Instant lost) {
        JsonNode page =
                service.await(
                        "/api/v1/decisions?target=store%3A" + store,
                        decisions -> failover(decisions) != null);
        Instant taken = Instant.parse(failover(page).get("takenAt").asText());
        return Duration.between(lost, taken);
    }

    private static JsonNode failover(JsonNode decisions) {
        for (JsonNode item : decisions.get("items")) {
            if (item.at("/decision/remediation").asText().equals("MIRROR_FAILOVER")
                    && !item.at("/decision/blocked").asBoolean()) {
                return item;
            }
        }
        return null;
    }

    private static void print(
            Service service,
            AlertStorm.Result storm,
            Duration computed,
            Duration quiet,
            Duration inStorm)
            throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add("| What | Measured |");
        lines.add("|---|---|");
        lines.add("| alerts sent in %s | %,d |".formatted(TIME, storm.sent()));
        lines.add("| accepted | %,d |".formatted(storm.accepted().size()));
        lines.add(
                "| requests refused with 429 or 503; not answered in time | %,d; %,d |"
                        .formatted(storm.refused().size(), storm.unanswered()));
        lines.add(
                "| answered after (median, 99 of 100, all) | %d ms, %d ms, %d ms |"
                        .formatted(
                                storm.percentile(0.5),
                                storm.percentile(0.99),
                                storm.percentile(1)));
        lines.add(
                "| computed by the service, per 1,000 alerts | %d ms, %d ms |"
                        .formatted(
                                computed.toMillis(),
                                computed.toMillis() * 1_000 / Math.max(1, storm.sent())));
        lines.add("| decided after the loss, on a quiet day | %d ms |".formatted(quiet.toMillis()));
        lines.add("| decided after the loss, in the storm | %d ms |".formatted(inStorm.toMillis()));
        lines.add(
                "| heap at most; most memory of the process | %s; %d MiB |"
                        .formatted(HEAP, service.peakMemoryMebibytes()));
        String table = String.join("\n", lines);
        Files.writeString(Path.of("target/storm.md"), table + "\n");
        System.getLogger(StormIT.class.getName()).log(System.Logger.Level.INFO, "\n" + table);
    }

    private static Set<String> kept(PostgresForTests server) throws Exception {
        try (Connection connection = connection(server, "storm");
                Statement statement = connection.createStatement();
                // of an alert without what became of it
                ResultSet rows =
                        statement.executeQuery(
                                "select regexp_replace(id, '(-firing)-[0-9a-f]{8}$', '\\1') from observation")) {
            Set<String> ids = new HashSet<>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        }
    }

    private static Set<String> without(List<String> some, Set<String> others) {
        Set<String> rest = new HashSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private static Connection connection(PostgresForTests server, String database)
            throws Exception {
        return DriverManager.getConnection(server.url(database), server.user(), server.password());
    }
}
