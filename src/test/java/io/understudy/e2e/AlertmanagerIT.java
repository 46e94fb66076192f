package io.understudy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A monitoring system is the only one who tells that a principal is dead. */
class AlertmanagerIT {

    private static final Path NOTIFICATION =
            Path.of("src", "test", "resources", "alertmanager", "principal-lost.json");

    @TempDir private Path data;

    @Test
    void itsNotificationAloneLeadsToTheMirrorFailover() throws IOException {
        try (Service service = Service.start(data, Map.of())) {
            service.await(
                    "/api/v1/stores/be1",
                    store -> store.at("/condition/status").asText().equals("UP"));
            service.fault("BLIND", "sql:sql1.contoso.com/rtc");
            service.await(
                    "/api/v1/components/sql%3Asql1.contoso.com%2Frtc",
                    sql -> sql.at("/condition/status").asText().equals("UNKNOWN"));
            service.fault("KILL", "sql:sql1.contoso.com/rtc");
            service.await("/api/v1/findings?open=true", page -> !page.get("items").isEmpty());
            assertTrue(service.get("/api/v1/runs").get("items").isEmpty());

            JsonNode accepted =
                    service.post(
                            "/api/v1/webhooks/alertmanager", Files.readString(NOTIFICATION), 202);
            assertEquals(2, accepted.get("accepted").asInt());
            assertTrue(accepted.get("unmatched").isEmpty());

            JsonNode run = service.awaitRun("MIRROR_FAILOVER", "SUCCEEDED");
            assertEquals("B3", run.at("/decision/rule").asText());
        }
    }
}
