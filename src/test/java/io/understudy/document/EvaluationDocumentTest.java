package io.understudy.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.decision.Decider;
import io.understudy.decision.Policy;
import io.understudy.decision.RunState;
import io.understudy.decision.Setting;
import io.understudy.decision.Snapshot;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Edition;
import io.understudy.health.Status;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationDocumentTest {

    private static final ComponentId PRINCIPAL = ComponentId.parse("sql:sql1.contoso.com/rtc");

    @Test
    void onlyEstateAndObservationsAreNeeded() {
        ObjectNode request = request();
        observe(request, "1", "o-redmond", "2026-11-21T10:00:00Z");
        observe(request, "2", "o-dublin", "2026-11-21T10:00:05Z");
        Snapshot snapshot = EvaluationDocument.readRequest(request);
        assertEquals(Instant.parse("2026-11-21T10:00:05Z"), snapshot.takenAt());
        assertEquals(Policy.DEFAULT, snapshot.policy());
        assertEquals(Status.DOWN, snapshot.conditions().status(PRINCIPAL));
    }

    @Test
    void anObservationThatIsSentTwiceCountsOnce() {
        ObjectNode request = request();
        request.set(
                "policy", Samples.yaml("{thresholds: {consecutive: 2, required: 2, ofLast: 2}}"));
        for (String observer : new String[] {"o-redmond", "o-dublin"}) {
            observe(request, observer + "-up", observer, "2026-11-21T09:59:00Z");
            ((ObjectNode)
                            request.path("observations")
                                    .path(request.path("observations").size() - 1))
                    .put("status", "UP");
            observe(request, observer, observer, "2026-11-21T10:00:00Z");
            observe(request, observer, observer, "2026-11-21T10:00:00Z");
        }
        assertEquals(
                Status.UP, EvaluationDocument.readRequest(request).conditions().status(PRINCIPAL));
        observe(request, "later-1", "o-redmond", "2026-11-21T10:00:10Z");
        observe(request, "later-2", "o-dublin", "2026-11-21T10:00:10Z");
        assertEquals(
                Status.DOWN,
                EvaluationDocument.readRequest(request).conditions().status(PRINCIPAL));
    }

    @Test
    void withoutObservationsNothingIsKnown() {
        Snapshot snapshot = EvaluationDocument.readRequest(request());
        assertEquals(Status.UNKNOWN, snapshot.conditions().status(PRINCIPAL));
    }

    @Test
    void policyTimeAndRunsAreTaken() {
        ObjectNode request = request();
        observe(request, "1", "o-redmond", "2026-11-21T10:00:00Z");
        request.put("at", "2026-11-21T10:01:00Z");
        request.set("policy", Samples.yaml("{coolDown: PT1H}"));
        request.set(
                "runs",
                Samples.yaml(
                        "[{id: r1, remediation: MIRROR_FAILOVER, target: 'store:be1', state: FAILED, endedAt: '2026-11-21T09:00:00Z'}]"));
        Snapshot snapshot = EvaluationDocument.readRequest(request);
        assertEquals(Instant.parse("2026-11-21T10:01:00Z"), snapshot.takenAt());
        assertEquals(
                "PT1H",
                snapshot.policy().setting(Setting.COOL_DOWN, List.of()).orElseThrow().toString());
        assertEquals(RunState.FAILED, snapshot.runs().getFirst().state());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/estate/pools/0      | backupPool | pool9.contoso.com      | /estate/pools/0/backupPool",
                "/estate/observers/0  | site       | mars                   | /estate/observers/0/site",
                "/observations/0      | observer   | o-mars                 | /observations/0/observer",
                "/observations/0      | component  | sql:sql9.contoso.com/x | /observations/0/component",
                "/observations/0      | status     | GONE                   | /observations/0/status",
                "                     | at         | tomorrow               | /at",
                "                     | when       | 2026-11-21T10:00:00Z   | /when"
            })
    void whatDoesNotFitIsPointedAt(String place, String field, String value, String pointer) {
        ObjectNode request = request();
        observe(request, "1", "o-redmond", "2026-11-21T10:00:00Z");
        ((ObjectNode) request.at(place == null ? "" : place)).put(field, value);
        assertPointer(pointer, request);
    }

    @Test
    void aSeriesIsAnsweredBesideWhatHoldsAtTheEnd() {
        ObjectNode request = request();
        observe(request, "1", "o-redmond", "2026-11-21T10:00:00Z");
        observe(request, "2", "o-dublin", "2026-11-21T10:00:00Z");
        JsonNode without = answer(request);
        assertEquals(false, without.has("timeline"));

        request.putObject("series");
        ObjectNode once = answer(request);
        JsonNode timeline = once.remove("timeline");
        assertEquals(without, once, "what holds at the end is what it was without a series");
        assertEquals(0, confirmed(timeline), "a look that stands alone is not settled in a series");

        observe(request, "3", "o-redmond", "2026-11-21T10:00:10Z");
        observe(request, "4", "o-dublin", "2026-11-21T10:00:10Z");
        JsonNode twice = answer(request).path("timeline");
        assertEquals(1, confirmed(twice));
        assertEquals("2026-11-21T10:00:10Z", twice.path(twice.size() - 1).path("at").asText());
    }

    @Test
    void aSeriesDoesNotBeginAfterItsEnd() {
        ObjectNode request = request();
        observe(request, "1", "o-redmond", "2026-11-21T10:00:00Z");
        request.putObject("series").put("from", "2026-11-21T10:00:01Z");
        assertPointer("/series/from", request);
    }

    private static ObjectNode answer(ObjectNode request) {
        ObjectNode answer =
                EvaluationDocument.answer(EvaluationDocument.read(request), Decider::decide);
        Schemas.check("Evaluation", answer);
        return answer;
    }

    private static long confirmed(JsonNode timeline) {
        return StreamSupport.stream(timeline.spliterator(), false)
                .flatMap(moment ->
                        StreamSupport.stream(moment.path("findings").spliterator(), false))
                .filter(finding -> finding.path("code").asText().equals("PRINCIPAL_LOST"))
                .filter(finding -> finding.path("confirmed").asBoolean())
                .count();
    }

    @Test
    void aRunHasAnEndWhenItHasEndedAndOnlyThen() {
        for (String run :
                new String[] {
                    "{id: r, remediation: POOL_FAILOVER, target: 'pool:pool1.contoso.com', state: SUCCEEDED}",
                    "{id: r, remediation: POOL_FAILOVER, target: 'pool:pool1.contoso.com', state: RUNNING, endedAt: '2026-01-01T00:00:00Z'}"
                }) {
            ObjectNode request = request();
            request.set("runs", Samples.yaml("[" + run + "]"));
            assertPointer("/runs/0/endedAt", request);
        }
    }

    @Test
    void whatIsMissingIsNamed() {
        assertPointer("/estate", Samples.json("{\"observations\": []}"));
        assertPointer("/observations", Samples.json("{\"estate\": {\"name\": \"x\"}}"));
        assertPointer("", Samples.json("[]"));
    }

    private static void assertPointer(String pointer, JsonNode request) {
        InvalidDocument refused =
                assertThrows(InvalidDocument.class, () -> EvaluationDocument.readRequest(request));
        assertEquals(pointer, refused.problems().getFirst().pointer(), refused.getMessage());
    }

    private static ObjectNode request() {
        ObjectNode request = Tree.object();
        request.set("estate", Samples.estateDocument());
        request.putArray("observations");
        return request;
    }

    private static void observe(ObjectNode request, String id, String observer, String at) {
        ((ArrayNode) request.path("observations"))
                .addObject()
                .put("id", id)
                .put("component", PRINCIPAL.toString())
                .put("status", "DOWN")
                .put("observer", observer)
                .put("observedAt", at);
    }

    @Test
    void anEstateThatIsUnsupportedCanStillBeAskedAbout() {
        ObjectNode request = request();
        ((ObjectNode) request.at("/estate/pools/1")).put("edition", "STANDARD");
        assertEquals(
                Edition.STANDARD,
                EvaluationDocument.readRequest(request).estate().pools().get(1).edition());
    }
}
