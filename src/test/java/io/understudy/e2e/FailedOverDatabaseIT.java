package io.understudy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.testing.PostgresPair;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service's own database is a primary with a synchronous standby: it hangs for a while, then
 * the primary is killed in the middle of a run and the standby promoted.
 */
class FailedOverDatabaseIT {

    /** What a hanging server may cost a caller: a wait for a connection, and one for an answer. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);

    @TempDir private Path data;

    @Test
    void theServiceSaysSoWhileItHasNoDatabaseAndGoesOnWithTheStandby() throws Exception {
        PostgresPair.unavailable().ifPresent(why -> Assumptions.abort(why));
        try (PostgresPair pair = PostgresPair.start();
                Service service = Service.start(data, configured(pair))) {
            service.put("/api/v1/estate", SampleTwin.estate(), Map.of("If-Match", "*"), 200);
            service.awaitStatus("/api/v1/stores/be1", 200);
            service.await(
                    "/api/v1/stores/be1",
                    store -> store.at("/condition/status").asText().equals("UP"));

            pair.freezePrimary();
            refusesUntilThereIsADatabase(service);
            pair.thawPrimary();
            awaitReadiness(service, 200);

            Writer writer = new Writer(service);
            String run = runInTheMiddleOfAStep(service);
            pair.killPrimary();
            refusesUntilThereIsADatabase(service);
            pair.promote();
            awaitReadiness(service, 200);

            JsonNode ended =
                    service.await(
                            "/api/v1/runs/" + run, r -> !r.get("state").asText().equals("RUNNING"));
            assertEquals("SUCCEEDED", ended.get("state").asText(), ended::toPrettyString);
            assertEachStepIsVerifiedOnce(service.get("/api/v1/runs/" + run + "/journal"));
            assertEachStepTookEffectOnce(run, service.get("/api/v1/simulator/log"));
            Set<String> accepted = writer.stop();
            assertTrue(kept(pair).containsAll(accepted), "an accepted observation is lost");
        }
    }

    private static Map<String, String> configured(PostgresPair pair) {
        return SampleTwin.on(
                pair.url(),
                pair.user(),
                Map.of(
                        "QUARKUS_DATASOURCE_JDBC_MAX_SIZE",
                        "8",
                        "UNDERSTUDY_DATABASE_STATEMENT_LIMIT",
                        "PT2S",
                        "UNDERSTUDY_DATABASE_LOCK_LIMIT",
                        "PT1S",
                        "UNDERSTUDY_DATABASE_SILENCE_LIMIT",
                        "PT3S"));
    }

    private static void refusesUntilThereIsADatabase(Service service) {
        JsonNode readiness = awaitReadiness(service, 503);
        assertEquals("DOWN", readiness.get("status").asText(), readiness::toPrettyString);
        JsonNode database =
                StreamSupport.stream(readiness.get("checks").spliterator(), false)
                        .filter(check -> check.get("name").asText().equals("database"))
                        .findFirst()
                        .orElseThrow();
        assertEquals("DOWN", database.get("status").asText());
        assertTrue(database.at("/data").has("trouble"), database::toPrettyString);

        assertEquals(200, service.send(service.request("/q/health/live").build()).statusCode());
        assertUnavailable(
                service.send(
                        post(
                                service.request("/api/v1/observations"),
                                "[" + observation("late") + "]")));
        assertUnavailable(
                service.send(
                        post(
                                service.request("/api/v1/runs"),
                                "{\"remediation\":\"POOL_FAILOVER\",\"target\":\"pool:pool3.contoso.com\",\"dryRun\":false}")));
        assertUnavailable(
                service.send(post(service.request("/api/v1/webhooks/alertmanager"), "{}")));
        assertUnavailable(service.send(service.request("/api/v1/runs").build()));
        assertUnavailable(
                service.send(
                        service.request("/api/v1/estate")
                                .setHeader("Authorization", "Bearer nobody-knows-this-key")
                                .build()));
    }

    private static HttpRequest post(HttpRequest.Builder to, String body) {
        return to.header("Content-Type", "application/json")
                .timeout(ANSWERED_WITHIN)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertEquals(503, answer.statusCode(), answer::body);
        assertEquals("2", answer.headers().firstValue("Retry-After").orElse("none"));
        assertTrue(answer.body().contains("urn:understudy:problem:unavailable"), answer::body);
    }

    private static JsonNode awaitReadiness(Service service, int status) {
        return service.awaitStatus("/q/health/ready", status);
    }

    private static String runInTheMiddleOfAStep(Service service) {
        service.fault("KILL", "sql:sql1.contoso.com/rtc");
        String id = service.awaitRun("MIRROR_FAILOVER", "RUNNING").get("id").asText();
        service.await(
                "/api/v1/runs/" + id,
                run ->
                        StreamSupport.stream(run.get("steps").spliterator(), false)
                                .anyMatch(step -> step.get("phase").asText().equals("INTENDED")));
        return id;
    }

    private static void assertEachStepIsVerifiedOnce(JsonNode journal) {
        Map<Integer, Integer> verified = new HashMap<>();
        for (JsonNode line : journal.get("items")) {
            if (line.get("kind").asText().equals("VERIFIED")) {
                verified.merge(line.get("step").asInt(), 1, Integer::sum);
            }
        }
        assertEquals(Map.of(1, 1, 2, 1, 3, 1, 4, 1), verified, journal::toPrettyString);
    }

    /**
     * The twin is kept in the database that fails over: an attempt that could not reach it is made
     * again, which is seen in the journal and must not be seen in the twin.
     */
    private static void assertEachStepTookEffectOnce(String run, JsonNode log) {
        List<Integer> steps =
                StreamSupport.stream(log.get("items").spliterator(), false)
                        .filter(effect -> effect.get("run").asText().equals(run))
                        .map(effect -> effect.get("step").asInt())
                        .toList();
        assertEquals(List.of(2, 3, 4), steps, log::toPrettyString);
    }

    private static Set<String> kept(PostgresPair pair) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(pair.standbyUrl(), pair.user(), "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id from observation")) {
            Set<String> ids = new HashSet<>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        }
    }

    private static String observation(String id) {
        return """
        {"id": "%s", "component": "server:fe10.contoso.com", "status": "UP",
         "observer": "o-lisbon", "observedAt": "%s"}\
        """
                .formatted(id, Instant.now());
    }

    /** Says one thing after the other, and notes what was accepted. */
    private static final class Writer {
        private final Service service;
        private final Set<String> accepted = new HashSet<>();
        private final CompletableFuture<Void> ended;
        private volatile boolean enough;

        private Writer(Service service) {
            this.service = service;
            this.ended = CompletableFuture.runAsync(this::write);
        }

        private void write() {
            for (int i = 0; !enough; i++) {
                String id = "writer-" + i;
                HttpResponse<String> answer =
                        service.send(
                                post(
                                        service.request("/api/v1/observations"),
                                        "[" + observation(id) + "]"));
                if (answer.statusCode() == 202) {
                    accepted.add(id);
                } else {
                    assertUnavailable(answer);
                }
            }
        }

        private Set<String> stop() {
            enough = true;
            ended.join();
            assertTrue(accepted.size() > 10, "accepted: " + accepted);
            return accepted;
        }
    }
}
