package io.understudy.document;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.decision.Decider;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * However an evaluation request is bent, it is answered in shape or refused with a pointer; nothing
 * else happens.
 */
class BentRequestTest {

    private static final long SEED = 4711;
    private static final int ROUNDS = 2_000;

    private static final String REQUEST =
            """
            observations:
              - {id: '1', component: 'sql:sql1.contoso.com/rtc', status: DOWN, observer: o-redmond, observedAt: '2026-11-21T10:00:00Z', facts: {}}
              - {id: '2', component: 'sql:sql1.contoso.com/rtc', status: DOWN, observer: o-dublin, observedAt: '2026-11-21T10:00:01Z', samples: 3}
              - id: '3'
                component: store:be1
                status: DOWN
                observer: o-dublin
                observedAt: '2026-11-21T10:00:02Z'
                validUntil: '2026-11-21T10:09:02Z'
                facts: {redoQueueKb: 10, redoRateKbPerSecond: 0, mirroring: [{database: rtcxds, principalOn: PRIMARY, state: DISCONNECTED, safety: FULL, witness: UNKNOWN}]}
              - id: '4'
                component: pool:pool2.contoso.com
                status: UP
                observer: o-lisbon
                observedAt: '2026-11-21T10:00:02Z'
                facts: {poolState: ACTIVE, activeUsers: 7, backupService: [{module: CentralMgmt.CMSMaster, exportStatus: STEADY_STATE, importStatus: NORMAL_STATE, lastSteadyAt: '2026-11-21T09:00:00Z'}], centralManagement: {activeMaster: pool1.contoso.com, fileTransferAgents: [pool1.contoso.com]}}
              - {id: '5', component: 'server:fe1.contoso.com', status: DOWN, observer: o-lisbon, observedAt: '2026-11-21T10:00:02Z', facts: {services: {RTCSRV: STOPPED}}}
            policy: {thresholds: {consecutive: 2, maxAge: PT5M}, modes: [{mode: ADVISE, scope: 'site:dublin'}], coolDown: PT1H}
            at: '2026-11-21T10:00:10Z'
            runs: [{id: r1, remediation: MIRROR_FAILOVER, target: 'store:be1', state: FAILED, endedAt: '2026-11-21T09:00:00Z'}]
            series: {from: '2026-11-21T09:59:00Z'}
            """;

    private static final List<JsonNode> JUNK = junk();

    @Test
    void itIsAnsweredInShapeOrRefusedWithAPointer() {
        Random random = new Random(SEED);
        int answered = 0;
        for (int round = 0; round < ROUNDS; round++) {
            ObjectNode request = request();
            StringBuilder story = new StringBuilder("seed " + SEED + ", round " + round);
            for (int i = random.nextInt(3); i >= 0; i--) {
                story.append(bend(request, random));
            }
            answered += answered(request, story.toString()) ? 1 : 0;
        }
        assertTrue(answered > ROUNDS / 50 && answered < ROUNDS, "answered " + answered);
    }

    private static boolean answered(ObjectNode request, String story) {
        try {
            JsonNode sent = Samples.json(request.toString());
            Schemas.check(
                    "Evaluation",
                    EvaluationDocument.answer(EvaluationDocument.read(sent), Decider::decide));
            return true;
        } catch (InvalidDocument refused) {
            assertFalse(refused.problems().isEmpty(), story);
            return false;
        } catch (MalformedDocument refused) {
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError(story, e);
        }
    }

    private static ObjectNode request() {
        ObjectNode request = (ObjectNode) Samples.yaml(REQUEST);
        request.set("estate", Samples.estateDocument());
        return request;
    }

    /** Replaces, removes or adds one value somewhere. */
    private static String bend(ObjectNode request, Random random) {
        List<JsonNode> places = new ArrayList<>();
        collect(request, places);
        JsonNode place = places.get(random.nextInt(places.size()));
        JsonNode value = JUNK.get(random.nextInt(JUNK.size())).deepCopy();
        boolean removes = random.nextInt(4) == 0;
        if (place instanceof ArrayNode array) {
            int index = array.isEmpty() ? 0 : random.nextInt(array.size());
            if (removes && !array.isEmpty()) {
                array.remove(index);
            } else {
                array.insert(index, value);
            }
            return "; item " + index + (removes ? " gone" : " = " + shortened(value));
        }
        ObjectNode object = (ObjectNode) place;
        List<String> fields = new ArrayList<>();
        object.fieldNames().forEachRemaining(fields::add);
        String field =
                fields.isEmpty() || random.nextInt(20) == 0
                        ? "surprise"
                        : fields.get(random.nextInt(fields.size()));
        if (removes) {
            object.remove(field);
        } else {
            object.set(field, value);
        }
        return "; " + field + (removes ? " gone" : " = " + shortened(value));
    }

    private static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() < 60 ? text : text.substring(0, 60);
    }

    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isContainerNode()) {
            places.add(node);
            node.forEach(child -> collect(child, places));
        }
    }

    private static List<JsonNode> junk() {
        List<JsonNode> junk = new ArrayList<>();
        Samples.json(
                        """
                        [null, true, 0, -1, 1, 3, 1.5, 1e308, 1e400, -1e400, 99999999999999999999999999999999999,
                         2147483648, 1000000000, "", " ", "x", "DOWN", "UP", "UNKNOWN", "ACTIVE", "NONE", "STANDARD",
                         "PT0S", "PT999999999S", "P999999D", "P1Y", "2999-12-31T23:59:59.999999999Z",
                         "1970-01-01T00:00:00+18:00", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
                         "2016-12-31T23:59:60Z", "2026-02-30T00:00:00Z", "+999999999-12-31T23:59:59Z", "NaN",
                         "pool1.contoso.com", "pool:pool1.contoso.com", "store:be1", "store:", "sql:a/b/c", "sql:/",
                         "server:..", "site:dublin", "be1", "redmond", "o-dublin", "a.b.", "\\u0000", "\\ud83d\\ude00",
                         "SFB_2019", "MIRRORING", "STANDALONE", "FRONT_END", [], {}, [[]], [{}], {"": {}}, {"a": [1]}]\
                        """)
                .forEach(junk::add);
        junk.add(Samples.json("\"" + "a.".repeat(40_000) + "\""));
        junk.add(Samples.json("[" + "{},".repeat(2_000) + "{}]"));
        return junk;
    }
}
