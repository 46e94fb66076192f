package io.understudy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job on the simulated estate, as the README tells it. */
class MainJobIT {

    @TempDir private Path data;

    @Test
    void aLostPrincipalIsFailedOverByItselfAndALostQuorumWaitsForAnApproval() {
        try (Service service = Service.start(data, Map.of())) {
            service.await("/api/v1/stores/be1", store -> status(store).equals("UP"));
            service.await("/api/v1/pools/pool2.contoso.com", pool -> status(pool).equals("UP"));

            service.fault("KILL", "sql:sql1.contoso.com/rtc");
            JsonNode run = service.awaitRun("MIRROR_FAILOVER", "SUCCEEDED");
            assertEquals("B3", run.at("/decision/rule").asText());
            assertEquals(0, run.get("approvals").size());
            assertTrue(rejected(run, "POOL_FAILOVER"));

            service.fault("KILL", "server:fe4.contoso.com");
            service.fault("KILL", "server:fe5.contoso.com");
            JsonNode waiting = service.awaitRun("POOL_FAILOVER", "AWAITING_APPROVAL");
            assertEquals("pool:pool2.contoso.com", waiting.get("target").asText());
            service.post("/api/v1/runs/" + waiting.get("id").asText() + "/approvals", "", 200);
            JsonNode done = service.awaitRun("POOL_FAILOVER", "SUCCEEDED");

            String incident = done.get("incident").asText();
            JsonNode report =
                    service.await(
                            "/api/v1/incidents/" + incident + "/report",
                            r -> !r.path("phases").isEmpty());
            assertFalse(report.path("phases").isEmpty());
            assertTrue(
                    service.text("/api/v1/incidents/" + incident + "/report", "text/markdown")
                            .contains("POOL_FAILOVER"));
        }
    }

    private static String status(JsonNode component) {
        return component.at("/condition/status").asText();
    }

    private static boolean rejected(JsonNode run, String remediation) {
        return StreamSupport.stream(run.at("/decision/rejected").spliterator(), false)
                .anyMatch(r -> r.get("remediation").asText().equals(remediation));
    }
}
