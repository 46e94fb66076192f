package io.understudy.document;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Mode;
import io.understudy.decision.Policy;
import io.understudy.decision.Remediation;
import io.understudy.decision.RunState;
import io.understudy.decision.Severity;
import io.understudy.estate.CentralManagement;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Edition;
import io.understudy.estate.PoolRole;
import io.understudy.estate.Position;
import io.understudy.estate.Release;
import io.understudy.estate.StoreTechnology;
import io.understudy.health.ChatState;
import io.understudy.health.Condition;
import io.understudy.health.ExportStatus;
import io.understudy.health.ImportStatus;
import io.understudy.health.MirroringState;
import io.understudy.health.PoolState;
import io.understudy.health.Safety;
import io.understudy.health.ServiceState;
import io.understudy.health.Status;
import io.understudy.health.WitnessState;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemasTest {

    private static final String OBSERVATION =
            """
            {"id": "o-dublin-7", "component": "sql:sql1.contoso.com/rtc", "status": "DOWN", "observer": "o-dublin",
             "observedAt": "2026-11-21T10:00:00Z", "facts": {}}\
            """;

    @Test
    void everySchemaOfTheContractCompiles() throws IOException {
        for (var schema : contract().properties()) {
            try {
                Schemas.check(schema.getKey(), Samples.json("{}"));
            } catch (InvalidDocument refused) {
                assertTrue(!refused.problems().isEmpty());
            }
        }
    }

    @Test
    void noTextOfTheContractIsTornIntoKeysByAComma() throws IOException {
        List<String> torn = new ArrayList<>();
        collectNulls(contract(), "/components/schemas", torn);
        assertEquals(List.of(), torn);
    }

    private static void collectNulls(JsonNode node, String place, List<String> nulls) {
        for (var field : node.properties()) {
            if (field.getValue().isNull()) {
                nulls.add(place + "/" + field.getKey());
            }
            collectNulls(field.getValue(), place + "/" + field.getKey(), nulls);
        }
    }

    @Test
    void aNameThatTheContractHasNotIsAMistakeOfTheCaller() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Schemas.check("Nonsense", Samples.json("{}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id               | 7                            | /id         | TYPE",
                "id               | \"\"                         | /id         | MIN_LENGTH",
                "component        | \"sql1\"                     | /component  | PATTERN",
                "status           | \"down\"                     | /status     | ENUM",
                "status           | 1e400                        | /status     | TYPE",
                "status           | null                         | /status     | TYPE",
                "observer         | []                           | /observer   | TYPE",
                "observedAt       | \"yesterday\"                | /observedAt | FORMAT",
                "observedAt       | \"2026-02-30T10:00:00Z\"     | /observedAt | FORMAT",
                "observedAt       | \"2026-11-21T10:00:00\"      | /observedAt | FORMAT",
                "observedAt       | \"+999999999-01-01T00:00:00Z\" | /observedAt | FORMAT",
                "observedAt       | \"0001-01-01T00:00:00Z\"     | /observedAt | PATTERN",
                "observedAt       | 1e400                        | /observedAt | TYPE",
                "samples          | 0                            | /samples    | MINIMUM",
                "samples          | 1e400                        | /samples    | TYPE",
                "samples          | 99999999999999999999999999   | /samples    | MAXIMUM",
                "samples          | 1.5                          | /samples    | TYPE",
                "facts            | {\"services\": {}}           | /facts/services | UNKNOWN_FIELD",
                "colour           | \"red\"                      | /colour     | UNKNOWN_FIELD",
                "a/b~c            | 1                            | /a~1b~0c    | UNKNOWN_FIELD",
            })
    void whatIsWrongIsPointedAt(String field, String value, String pointer, String code) {
        ObjectNode observation = (ObjectNode) Samples.json(OBSERVATION);
        observation.set(field, Samples.json("[" + value + "]").get(0));
        List<DocumentProblem> problems = refused("Observation", observation);
        assertTrue(
                problems.stream()
                        .anyMatch(p -> p.pointer().equals(pointer) && p.code().equals(code)),
                () -> problems.toString());
    }

    @Test
    void whatIsMissingIsPointedAtWhereItShouldBe() {
        List<DocumentProblem> problems = refused("Observation", Samples.json("{}"));
        assertEquals(
                List.of("/component", "/id", "/observedAt", "/observer", "/status"),
                problems.stream().map(DocumentProblem::pointer).sorted().toList());
        assertTrue(problems.stream().allMatch(p -> p.code().equals("REQUIRED")));
    }

    @Test
    void factsAreCheckedByTheKindOfTheComponent() {
        ObjectNode observation = (ObjectNode) Samples.json(OBSERVATION);
        observation.put("component", "store:be1");
        observation.set(
                "facts",
                Samples.json("{\"redoQueueKb\": 7, \"mirroring\": [{\"database\": \"rtcxds\"}]}"));
        assertDoesNotThrow(() -> Schemas.check("Observation", observation));
        observation.put("component", "pool:pool1.contoso.com");
        assertEquals(
                List.of("/facts/mirroring", "/facts/redoQueueKb"),
                refused("Observation", observation).stream()
                        .map(DocumentProblem::pointer)
                        .sorted()
                        .toList());
    }

    @Test
    void allMistakesAreFoundAndAHundredAreListed() {
        ArrayNode batch = (ArrayNode) Samples.json("[]");
        for (int i = 0; i < 300; i++) {
            batch.addObject().put("id", i);
        }
        InvalidDocument refused =
                assertThrows(InvalidDocument.class, () -> Schemas.check("ObservationList", batch));
        assertEquals(InvalidDocument.MOST_LISTED, refused.problems().size());
        assertTrue(refused.getMessage().contains("more"), refused.getMessage());
    }

    @Test
    void ofAnEnormousDocumentTheFirstMistakeIsTold() {
        JsonNode batch = Samples.json("[" + "{},".repeat(1_000_000) + "{}]");
        assertEquals(1, refused("ObservationList", batch).size());
    }

    @Test
    void durationsAreThoseThatJavaReads() {
        for (String good : List.of("PT1M", "P1D", "P1DT2H", "PT0.5S", "PT0S", "PT720H")) {
            Schemas.check("Duration", Samples.json("\"" + good + "\""));
            Duration.parse(good);
        }
        for (String bad :
                List.of(
                        "P",
                        "PT",
                        "P1DT",
                        "1M",
                        "P1M",
                        "P1Y",
                        "-PT1M",
                        "PT1M1H",
                        "PT99999999999999H",
                        "")) {
            assertThrows(
                    InvalidDocument.class,
                    () -> Schemas.check("Duration", Samples.json("\"" + bad + "\"")),
                    bad);
        }
    }

    @Test
    void theContractHasTheConstantsOfTheCore() throws IOException {
        assertConstants("CentralManagement", "", CentralManagement.values());
        assertConstants("Condition", "/properties/doubt", Condition.Doubt.values());
        assertConstants("DatabaseType", "", DatabaseType.values());
        assertConstants("Edition", "", Edition.values());
        assertConstants("PoolRole", "", PoolRole.values());
        assertConstants("Position", "", Position.values());
        assertConstants("Release", "", Release.values());
        assertConstants("StoreTechnology", "", StoreTechnology.values());
        assertConstants("Status", "", Status.values());
        assertConstants("MirroringRow", "/properties/state", MirroringState.values());
        assertConstants("MirroringRow", "/properties/safety", Safety.values());
        assertConstants("MirroringRow", "/properties/witness", WitnessState.values());
        assertConstants("BackupModule", "/properties/exportStatus", ExportStatus.values());
        assertConstants("BackupModule", "/properties/importStatus", ImportStatus.values());
        assertConstants("PoolFacts", "/properties/poolState", PoolState.values());
        assertConstants("PoolFacts", "/properties/chatState", ChatState.values());
        assertConstants(
                "ServerFacts", "/properties/services/additionalProperties", ServiceState.values());
        assertConstants("Mode", "", Mode.values());
        assertConstants("Remediation", "", Remediation.values());
        assertConstants("RunState", "", RunState.values());
        assertConstants("FindingCode", "", FindingCode.values());
        assertConstants("Finding", "/properties/severity", Severity.values());
        assertConstants("GateClause", "/properties/clause", Clause.values());
        assertConstants("GateClause", "/properties/result", ClauseResult.values());
        assertConstants(
                "Policy", "/properties/primaryStoreVotes", Policy.PrimaryStoreVotes.values());
    }

    private static void assertConstants(String schema, String place, Enum<?>... constants)
            throws IOException {
        JsonNode listed = contract().path(schema).at(place + "/enum");
        assertEquals(
                Arrays.stream(constants).map(Enum::name).toList(),
                StreamSupport.stream(listed.spliterator(), false).map(JsonNode::asText).toList(),
                schema + place);
    }

    private static List<DocumentProblem> refused(String schema, JsonNode document) {
        return assertThrows(InvalidDocument.class, () -> Schemas.check(schema, document))
                .problems();
    }

    private static JsonNode contract() throws IOException {
        try (InputStream contract =
                SchemasTest.class.getResourceAsStream("/META-INF/openapi.yaml")) {
            return new YAMLMapper().readTree(contract).at("/components/schemas");
        }
    }
}
