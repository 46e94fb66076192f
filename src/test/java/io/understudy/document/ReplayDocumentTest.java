package io.understudy.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.decision.Decider;
import io.understudy.decision.Mode;
import io.understudy.decision.Policy;
import io.understudy.decision.Remediation;
import io.understudy.replay.Outcome;
import io.understudy.replay.Recording;
import io.understudy.replay.Replay;
import io.understudy.testing.Contoso;
import io.understudy.testing.Scene;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayDocumentTest {

    private static final String RECORDING =
            """
            format: 1
            incident: {id: i-1, target: 'store:be1', code: PRINCIPAL_LOST, firstObservedAt: '2026-11-21T10:01:00Z', openedAt: '2026-11-21T10:01:10Z'}
            about: ['store:be1']
            from: '2026-11-21T10:00:00Z'
            to: '2026-11-21T10:02:00Z'
            policy: {thresholds: {consecutive: 3}}
            observations:
              - heardAt: '2026-11-21T10:01:05Z'
                observation: {id: '1', component: 'sql:sql1.contoso.com/rtc', status: DOWN, observer: o-redmond, observedAt: '2026-11-21T10:01:00Z'}
              - observation: {id: '2', component: 'sql:sql1.contoso.com/rtc', status: DOWN, observer: o-dublin, observedAt: '2026-11-21T10:01:01Z'}
            runs:
              - {id: r-1, remediation: MIRROR_FAILOVER, target: 'store:be1', phases: [{state: AWAITING_APPROVAL, since: '2026-11-21T10:01:10Z'}, {state: RUNNING, since: '2026-11-21T10:01:20Z'}]}
            decisions: []
            """;

    @Test
    void aRecordingSaysWhenEachStatementWasHeard() {
        Recording recording = RecordingDocument.read(recording());
        assertEquals(Instant.parse("2026-11-21T10:01:01Z"), recording.heard().get(0).at());
        assertEquals(Instant.parse("2026-11-21T10:01:05Z"), recording.heard().get(1).at());
        assertEquals("1", recording.heard().get(1).observation().id());
        assertEquals(3, recording.policy().thresholds().consecutive());
        assertEquals(
                Instant.parse("2026-11-21T10:01:20Z"),
                recording.runs().getFirst().startedAt().orElseThrow());
    }

    @Test
    void whatIsNotSaidIsThePresentPolicyAndTheRecordedEstate() {
        ReplayDocument.Request request = ReplayDocument.read(request(), 10);
        Replay replay = request.of(request.recording().orElseThrow(), Policy.DEFAULT);
        assertEquals(Policy.DEFAULT, replay.policy());
        assertEquals(request.recording().orElseThrow().estate(), replay.estate());
        assertEquals(Replay.USUAL_TOLERANCE, replay.tolerance());
        assertEquals(Replay.USUAL_BEYOND, replay.beyond());
    }

    @Test
    void aGivenPolicyAndEstateCount() {
        ObjectNode request = request();
        request.set("policy", Samples.yaml("{thresholds: {consecutive: 7}}"));
        request.set("estate", Samples.yaml("{name: smaller}"));
        ReplayDocument.Request read = ReplayDocument.read(request, 10);
        Replay replay = read.of(read.recording().orElseThrow(), Policy.DEFAULT);
        assertEquals(7, replay.policy().thresholds().consecutive());
        Outcome outcome = replay.outcome(Decider::decide, VerdictDocument::of);
        assertEquals(2, outcome.leftOut(), "nothing of it is in the smaller estate");
        assertTrue(outcome.same());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                            | incident        | i-1                  | /incident",
                "                            | beyond          | PT2H                 | /beyond",
                "                            | when            | now                  | /when",
                "/recording                  | from            | 2026-11-21T10:01:01Z | /recording/incident/firstObservedAt",
                "/recording                  | to              | 2026-11-21T10:00:59Z | /recording/incident/firstObservedAt",
                "/recording/observations/0   | heardAt         | late                 | /recording/observations/0/heardAt",
                "/recording/runs/0/phases/1  | since           | 2026-11-21T10:01:00Z | /recording/runs/0/phases",
                "/recording/estate/pools/0   | backupPool      | pool9.contoso.com    | /recording/estate/pools/0/backupPool"
            })
    void whatDoesNotFitIsPointedAt(String place, String field, String value, String pointer) {
        ObjectNode request = request();
        ((ObjectNode) request.at(place == null ? "" : place)).put(field, value);
        InvalidDocument refused =
                assertThrows(InvalidDocument.class, () -> ReplayDocument.read(request, 10));
        assertEquals(pointer, refused.problems().getFirst().pointer(), refused.getMessage());
    }

    @Test
    void neitherIncidentNorRecordingIsRefused() {
        assertThrows(InvalidDocument.class, () -> ReplayDocument.read(Samples.json("{}"), 10));
    }

    @Test
    void aRecordingWithTooManyObservationsIsRefusedAndTheSettingNamed() {
        InvalidDocument refused =
                assertThrows(InvalidDocument.class, () -> ReplayDocument.read(request(), 1));
        assertEquals("/recording/observations", refused.problems().getFirst().pointer());
        assertTrue(refused.getMessage().contains("understudy.replay.most-observations"));
        assertEquals(2, ReplayDocument.read(request(), 2).recording().orElseThrow().heard().size());
    }

    @Test
    void aDecisionAndItsDocumentAreComparedAlike() {
        var decision =
                new Scene(Contoso.USUAL)
                        .down("sql:sql11.contoso.com/rtc")
                        .evaluate()
                        .decisions()
                        .getFirst();
        var verdict = VerdictDocument.of(decision);
        assertEquals(Remediation.MIRROR_FAILOVER, verdict.what().remediation());
        assertEquals("sql:sql12.contoso.com/rtc", verdict.what().to().orElseThrow().toString());
        assertEquals(Mode.AUTOMATE, verdict.mode());
        assertEquals(decision.gate().size() - 1, verdict.gate().size(), "all but NO_OTHER_RUN");
        assertFalse(verdict.blocked());
        Schemas.check("ReplayDecision", VerdictDocument.write(verdict));
    }

    @Test
    void theAnswerHasTheShapeOfTheContract() {
        ReplayDocument.Request request = ReplayDocument.read(request(), 10);
        ObjectNode answer = Tree.object().put("incident", "i-1");
        OutcomeDocument.write(
                request.of(request.recording().orElseThrow(), Policy.DEFAULT)
                        .outcome(Decider::decide, VerdictDocument::of),
                answer);
        Schemas.check("ReplayOutcome", answer);
    }

    private static JsonNode recording() {
        ObjectNode recording = (ObjectNode) Samples.yaml(RECORDING);
        recording.set("estate", Samples.estateDocument());
        return recording;
    }

    private static ObjectNode request() {
        ObjectNode request = Tree.object();
        request.set("recording", recording());
        return request;
    }
}
