package io.understudy.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import io.understudy.health.Observation;
import io.understudy.health.Safety;
import io.understudy.health.WitnessState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationDocumentTest {

    private static final String STORE =
            """
            {"id": "1", "component": "store:be1", "status": "UP", "observer": "o-dublin",
             "observedAt": "2026-11-21T10:00:00Z",
             "facts": {"mirroring": [{"database": "rtcxds", "principalOn": "PRIMARY", "state": "SYNCHRONIZED",
                                      "safety": "FULL", "witness": "CONNECTED"}],
                       "availabilityGroup": {"primaryOn": "MIRROR", "synchronization": "HEALTHY",
                                             "failoverMode": "AUTOMATIC", "clusterQuorum": "NORMAL", "failoverReady": true},
                       "logShipping": {"lastBackupAge": "PT15M", "lastRestoredLatency": "PT20M"},
                       "redoQueueKb": 0, "redoRateKbPerSecond": 512, "transactionLogFull": false}}""";
    private static final String POOL =
            """
            {"id": "2", "component": "pool:pool1.contoso.com", "status": "DEGRADED", "observer": "o-dublin",
             "observedAt": "2026-11-21T10:00:00.123456789Z",
             "facts": {"poolState": "ACTIVE", "routingGroups": {"withoutPrimary": 1, "withoutSecondary": 2},
                       "backupService": [{"module": "UserServices.PresenceFocus", "exportStatus": "STEADY_STATE",
                                          "importStatus": "NORMAL_STATE", "lastSteadyAt": "2026-11-21T09:59:00Z"}],
                       "activeUsers": 12, "chatState": "NORMAL",
                       "centralManagement": {"activeMaster": "pool1.contoso.com",
                                             "fileTransferAgents": ["pool1.contoso.com"], "replicasUpToDate": true},
                       "nextHopPool": "pool2.contoso.com"},
             "signal": "fp1", "samples": 3, "validUntil": "2026-11-21T11:00:00Z"}""";
    private static final String SERVER =
            """
            {"id": "3", "component": "server:fe1.contoso.com", "status": "UP", "observer": "o-dublin",
             "observedAt": "2026-11-21T10:00:00Z", "facts": {"services": {"LYNCBACKUP": "STOPPED", "RTCSRV": "RUNNING"}}}""";

    /** The facts of a component of this kind, every field told. */
    static Facts facts(String kind) {
        String text =
                switch (kind) {
                    case "store" -> STORE;
                    case "pool" -> POOL;
                    case "server" -> SERVER;
                    default -> throw new IllegalArgumentException(kind);
                };
        return ObservationDocument.read(Samples.json(text)).facts();
    }

    @ParameterizedTest
    @ValueSource(strings = {STORE, POOL, SERVER})
    void anObservationIsWrittenAsItWasRead(String text) {
        JsonNode document = Samples.json(text);
        assertEquals(
                document.toString(), ObservationDocument.write(ObservationDocument.read(document)).toString());
    }

    @Test
    void absentFactsAreUnknown() {
        Observation plain = ObservationDocument.read(changed(STORE, "facts", "{\"mirroring\": [{\"database\": \"xds\"}]}"));
        Facts.MirroringRow row = ((Facts.OfStore) plain.facts()).mirroring().getFirst();
        assertEquals(
                new Facts.MirroringRow(
                        "xds", Optional.empty(), MirroringState.UNKNOWN, Safety.UNKNOWN, WitnessState.UNKNOWN),
                row);
        ObjectNode without = (ObjectNode) Samples.json(STORE);
        without.remove("facts");
        assertInstanceOf(Facts.None.class, ObservationDocument.read(without).facts());
    }

    @Test
    void aBlankActiveMasterIsNone() {
        Observation blank = ObservationDocument.read(changed(POOL, "facts", "{\"centralManagement\": {\"activeMaster\": \"\"}}"));
        assertTrue(((Facts.OfPool) blank.facts()).centralManagement().orElseThrow().activeMaster().isEmpty());
    }

    @Test
    void aTimeWithAnOffsetIsBroughtToUtc() {
        Observation local = ObservationDocument.read(changed(STORE, "observedAt", "\"2026-11-21T11:00:00+01:00\""));
        assertEquals(Instant.parse("2026-11-21T10:00:00Z"), local.observedAt());
    }

    @Test
    void aBatchIsAnArrayOrAnObjectThatHasOne() {
        ArrayNode array = (ArrayNode) Samples.json("[" + STORE + "," + POOL + "]");
        assertEquals(2, ObservationDocument.readBatch(array).size());
        assertEquals(
                ObservationDocument.readBatch(array),
                ObservationDocument.readBatch(Samples.json("{\"observations\": " + array + "}")));
        for (String bad : List.of("[]", "{}", "{\"observations\": []}", "3", "null", "\"x\"", STORE)) {
            assertThrows(InvalidDocument.class, () -> ObservationDocument.readBatch(Samples.json(bad)), bad);
        }
    }

    @Test
    void whatTheCoreRefusesIsPointedAtWithinTheBatch() {
        JsonNode batch = Samples.json("[" + STORE + "," + changed(POOL, "component", "\"pool:a..b\"") + "]");
        InvalidDocument refused = assertThrows(InvalidDocument.class, () -> ObservationDocument.readBatch(batch));
        assertEquals("/1/component", refused.problems().getFirst().pointer());
    }

    @Test
    void whatTheEstateDoesNotHaveIsNamed() {
        List<Observation> observations = List.of(
                ObservationDocument.read(Samples.json(STORE)),
                ObservationDocument.read(changed(STORE, "component", "\"store:be9\"")),
                ObservationDocument.read(changed(STORE, "observer", "\"o-mars\"")));
        assertEquals(
                List.of("/1/component UNKNOWN_COMPONENT", "/2/observer UNKNOWN_OBSERVER"),
                ObservationDocument.unknownTo(Samples.estate(), observations).stream()
                        .map(p -> p.pointer() + " " + p.code())
                        .toList());
    }

    @Test
    void tenThousandObservationsAreReadWithinASecond() {
        ArrayNode batch = (ArrayNode) Samples.json("[]");
        for (int i = 0; i < 10_000; i++) {
            ObjectNode observation = (ObjectNode) Samples.json(i % 3 == 0 ? STORE : i % 3 == 1 ? POOL : SERVER);
            batch.add(observation.put("id", "id-" + i));
        }
        byte[] body = batch.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            assertEquals(10_000, ObservationDocument.readBatch(DocumentReader.read(body, Format.JSON)).size());
            best = Math.min(best, System.nanoTime() - start);
        }
        assertTrue(best < 1_000_000_000L, "the fastest of five took " + best / 1_000_000 + " ms");
    }

    private static ObjectNode changed(String text, String field, String value) {
        ObjectNode document = (ObjectNode) Samples.json(text);
        document.set(field, Samples.json("[" + value + "]").get(0));
        return document;
    }
}
