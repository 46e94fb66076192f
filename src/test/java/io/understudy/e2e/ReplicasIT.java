package io.understudy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.app.PostgresForTests;
import io.understudy.document.DocumentReader;
import io.understudy.document.EstateDocument;
import io.understudy.document.Format;
import io.understudy.estate.Estate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two replicas on one PostgreSQL, the clock of one of which jumps by hours while a run is under way
 * and whose owner is killed.
 */
@Timeout(400)
class ReplicasIT {

    private static final List<Path> FAKETIME =
            List.of(
                    Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
                    Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"));

    private static final Pattern OFFSET =
            Pattern.compile("(?m)^understudy_clock_offset_seconds(?:\\{[^}]*})? (\\S+)");

    @TempDir private Path directory;

    @Test
    void oneDiesInTheMiddleOfARunAndTheOtherWhoseClockJumpsFinishesIt() throws Exception {
        assumeTrue(
                FAKETIME.stream().anyMatch(Files::exists), "Debian's package faketime is missing");
        try (PostgresForTests postgres = PostgresForTests.start(directory.resolve("postgres"));
                LoggedEffects effects = new LoggedEffects(sample(), directory);
                Service steady =
                        Service.start(directory.resolve("a"), environment("steady", postgres))) {
            steady.put("/api/v1/estate", sampleText(), Map.of("If-None-Match", "*"), 200);
            try (Service jumping = Service.start(directory.resolve("b"), shifted(postgres))) {
                effects.observe(List.of(steady, jumping));
                steady.await("/api/v1/stores/be1", ReplicasIT::isUp);
                jumping.await("/api/v1/stores/be1", ReplicasIT::isUp);
                assertSeenByTheDatabasesClock(steady);
                outlive(steady, jumping, effects);
            }
        }
    }

    private void outlive(Service steady, Service jumping, LoggedEffects effects) throws Exception {
        effects.lose("sql:sql1.contoso.com/rtc");
        String id = steady.awaitRun("MIRROR_FAILOVER", "RUNNING").get("id").asText();
        effects.awaitFirst();
        jump(jumping, "+2h", -2);
        jump(jumping, "-1h", 1);
        JsonNode lease = lease(steady, id);
        boolean steadyOwns = lease.get("replica").asText().startsWith("steady");
        (steadyOwns ? steady : jumping).kill();
        Service other = steadyOwns ? jumping : steady;

        JsonNode run =
                other.await("/api/v1/runs/" + id, r -> !r.get("state").asText().equals("RUNNING"));
        assertEquals("SUCCEEDED", run.get("state").asText(), run::toPrettyString);
        assertEachOrderWasGivenOnce(effects.all(), id);
        assertTrue(newestToken(other, id) > lease.get("token").asLong());
        assertEquals(1, other.get("/api/v1/runs").get("items").size());
        other.await("/api/v1/replicas", ReplicasIT::oneIsDead);
    }

    private static void assertEachOrderWasGivenOnce(List<String> orders, String run) {
        assertEquals(3, orders.size(), orders::toString);
        assertEquals(3, orders.stream().map(LoggedEffects::what).distinct().count());
        assertTrue(orders.stream().allMatch(order -> order.startsWith(run)));
    }

    private static boolean oneIsDead(JsonNode replicas) {
        return StreamSupport.stream(replicas.get("items").spliterator(), false)
                        .filter(replica -> !replica.get("alive").asBoolean())
                        .count()
                == 1;
    }

    /** Hours off on its wall, each is seen at the time that the database has. */
    private static void assertSeenByTheDatabasesClock(Service service) {
        JsonNode all = service.get("/api/v1/replicas").get("items");
        assertEquals(2, all.size(), all::toPrettyString);
        Instant first = Instant.parse(all.get(0).get("lastSeen").asText());
        Instant second = Instant.parse(all.get(1).get("lastSeen").asText());
        assertTrue(Duration.between(first, second).abs().compareTo(Duration.ofMinutes(1)) < 0);
    }

    /** The right to act on a run, with the name of the replica that has it. */
    private static JsonNode lease(Service service, String run) {
        for (JsonNode replica : service.get("/api/v1/replicas").get("items")) {
            for (JsonNode held : replica.get("runs")) {
                if (held.get("id").asText().equals(run)) {
                    return ((ObjectNode) held).put("replica", replica.get("name").asText());
                }
            }
        }
        throw new AssertionError("nobody holds run " + run);
    }

    private static long newestToken(Service service, String run) {
        return StreamSupport.stream(
                        service.get("/api/v1/runs/" + run + "/journal").get("items").spliterator(),
                        false)
                .mapToLong(line -> line.get("token").asLong())
                .max()
                .orElseThrow();
    }

    private static boolean isUp(JsonNode store) {
        return store.at("/condition/status").asText().equals("UP");
    }

    /** Returns when its clock has jumped: it tells by how much the database's is ahead. */
    private void jump(Service service, String shift, int ahead) throws IOException {
        setClock(shift);
        double wanted = Duration.ofHours(ahead).toSeconds();
        double told;
        do {
            Matcher line = OFFSET.matcher(service.text("/q/metrics", "text/plain"));
            assertTrue(line.find());
            told = Double.parseDouble(line.group(1));
        } while (Math.abs(told - wanted) > Duration.ofMinutes(5).toSeconds());
    }

    private void setClock(String shift) throws IOException {
        Files.writeString(directory.resolve("shift"), shift + "\n");
    }

    private Map<String, String> environment(String name, PostgresForTests postgres)
            throws IOException {
        return Map.of(
                "UNDERSTUDY_REPLICA_NAME",
                name,
                "QUARKUS_DATASOURCE_JDBC_URL",
                postgres.url("postgres"),
                "QUARKUS_DATASOURCE_USERNAME",
                postgres.user(),
                "QUARKUS_DATASOURCE_PASSWORD",
                postgres.password(),
                // two start at once, beside everything else
                "QUARKUS_DATASOURCE_JDBC_ACQUISITION_TIMEOUT",
                "PT60S",
                "QUARKUS_CONFIG_LOCATIONS",
                directory.resolve("replica.properties").toString());
    }

    private Map<String, String> shifted(PostgresForTests postgres) throws IOException {
        setClock("-3h");
        Map<String, String> all = new HashMap<>(environment("jumping", postgres));
        Path library = FAKETIME.stream().filter(Files::exists).findFirst().orElseThrow();
        all.put("LD_PRELOAD", library.toString());
        all.put("FAKETIME_TIMESTAMP_FILE", directory.resolve("shift").toString());
        all.put("FAKETIME_CACHE_DURATION", "1");
        all.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        return all;
    }

    private static Estate sample() throws IOException {
        return EstateDocument.read(DocumentReader.read(sampleBytes(), Format.YAML));
    }

    private static String sampleText() throws IOException {
        return DocumentReader.read(sampleBytes(), Format.YAML).toString();
    }

    private static byte[] sampleBytes() throws IOException {
        return ReplicasIT.class.getResourceAsStream("/estates/sample.yaml").readAllBytes();
    }
}
