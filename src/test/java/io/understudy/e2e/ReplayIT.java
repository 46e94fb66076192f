package io.understudy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An incident is recorded, fetched, and decided anew, as docs/replay.md tells it. */
class ReplayIT {

    private static final String REPLAY = "/api/v1/evaluations/replay";

    @TempDir private Path data;

    @Test
    void aRecordedIncidentIsDecidedAsItWasAndOtherwiseUnderAnotherPolicy() {
        try (Service service = Service.start(data, Map.of())) {
            service.await(
                    "/api/v1/stores/be1",
                    store -> store.at("/condition/status").asText().equals("UP"));
            service.fault("KILL", "sql:sql1.contoso.com/rtc");
            String incident =
                    service.awaitRun("MIRROR_FAILOVER", "SUCCEEDED").get("incident").asText();
            service.await("/api/v1/incidents/" + incident, i -> i.at("/incident").has("closedAt"));

            JsonNode same = replay(service, "\"incident\": \"" + incident + "\"");
            assertTrue(same.get("same").asBoolean(), same.toPrettyString());
            assertEquals("SAME", result(same));
            assertFalse(same.has("divergedAt"));
            assertTrue(same.at("/measured/now").has("afterFirstEvidence"));

            JsonNode recording = service.get("/api/v1/incidents/" + incident + "/recording");
            assertTrue(recording.get("observations").size() > 0);
            JsonNode sent = replay(service, "\"recording\": " + recording);
            assertEquals(same, sent, "a recording is complete in itself");

            JsonNode later =
                    replay(
                            service,
                            "\"recording\": "
                                    + recording
                                    + ", \"policy\": {\"thresholds\": {\"consecutive\": 10, \"required\": 10, \"ofLast\": 10}}");
            assertEquals("LATER", result(later), later.toPrettyString());
            Duration by = Duration.parse(later.at("/targets/0/differences/0/by").asText());
            assertTrue(by.toSeconds() >= 5, "eight more looks, a second apart, took " + by);

            JsonNode observed =
                    replay(
                            service,
                            "\"incident\": \""
                                    + incident
                                    + "\", \"policy\": {\"modes\": [{\"remediation\": \"MIRROR_FAILOVER\", \"mode\": \"OBSERVE\"}]}");
            assertEquals("DIFFERENT_MODE", result(observed), observed.toPrettyString());
        }
    }

    private static JsonNode replay(Service service, String question) {
        return service.post(REPLAY, "{" + question + ", \"tolerance\": \"PT5S\"}", 200);
    }

    private static String result(JsonNode replayed) {
        for (JsonNode target : replayed.get("targets")) {
            if (target.get("target").asText().equals("store:be1")) {
                return target.at("/result/0").asText();
            }
        }
        throw new AssertionError("nothing of store:be1 in " + replayed.toPrettyString());
    }
}
