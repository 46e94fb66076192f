package io.understudy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed while a run acts, and started again on the same data. */
class KilledInTheMiddleIT {

    @TempDir private Path data;

    @Test
    void theRunGoesOnWhereItWasAndNoStepActsTwice() {
        String id;
        List<String> accepted;
        try (Service service = Service.start(data, Map.of())) {
            service.await(
                    "/api/v1/stores/be1",
                    store -> store.at("/condition/status").asText().equals("UP"));
            service.fault("KILL", "sql:sql1.contoso.com/rtc");
            id = service.awaitRun("MIRROR_FAILOVER", "RUNNING").get("id").asText();
            service.await(
                    "/api/v1/runs/" + id,
                    run ->
                            StreamSupport.stream(run.get("steps").spliterator(), false)
                                    .anyMatch(
                                            step -> step.get("phase").asText().equals("INTENDED")));
            accepted = observationIds(service);
            service.kill();
        }
        try (Service service = Service.start(data, Map.of())) {
            JsonNode run =
                    service.await(
                            "/api/v1/runs/" + id, r -> !r.get("state").asText().equals("RUNNING"));
            assertEquals("SUCCEEDED", run.get("state").asText(), run::toPrettyString);
            JsonNode journal = service.get("/api/v1/runs/" + id + "/journal");
            assertEachStepActedOnce(journal);
            Set<String> kept = new TreeSet<>(observationIds(service));
            assertTrue(kept.containsAll(accepted));
        }
    }

    private static void assertEachStepActedOnce(JsonNode journal) {
        Map<Integer, Integer> acted = new HashMap<>();
        for (JsonNode line : journal.get("items")) {
            if (Set.of("ACTED", "ALREADY_DONE").contains(line.get("kind").asText())) {
                acted.merge(line.get("step").asInt(), 1, Integer::sum);
            }
        }
        assertTrue(acted.values().stream().allMatch(times -> times == 1), journal::toPrettyString);
    }

    private static List<String> observationIds(Service service) {
        return StreamSupport.stream(
                        service.get("/api/v1/observations?limit=500").get("items").spliterator(),
                        false)
                .map(o -> o.get("id").asText())
                .toList();
    }
}
