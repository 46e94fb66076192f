package io.understudy.api;

import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.understudy.access.KeyStore;
import io.understudy.access.Role;
import io.understudy.control.EvaluationLog;
import io.understudy.control.Incident;
import io.understudy.decision.FindingCode;
import io.understudy.estate.ComponentId;
import io.understudy.run.RunStore;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every operation of the contract with every kind of credential that must not do. An operation that
 * somebody adds is tried without being named here, but for those that are about one thing: how to
 * name a thing outside of a scope has to be said.
 */
@QuarkusTest
class AccessApiTest {

    private static final String POOL = "pool1.contoso.com";
    private static final String INCIDENT = "incident-of-access";
    private static final String RUN = "run-of-access-" + UUID.randomUUID();
    private static final Set<String> WAYS = Set.of("pure", "filtered", "target", "estate");

    /** How each operation is asked for something outside of a site where nothing is. */
    private static final Map<String, String> OUTSIDE =
            Map.ofEntries(
                    Map.entry("addFreeze", Samples.FREEZE),
                    Map.entry("removeFreeze", "access-freeze"),
                    Map.entry("addMaintenance", Samples.MAINTENANCE),
                    Map.entry("removeMaintenance", "access-maintenance"),
                    Map.entry("getSiteRunbook", "redmond"),
                    Map.entry("getPool", POOL),
                    Map.entry("getSwapTest", POOL),
                    Map.entry("getStore", "be1"),
                    Map.entry("getComponent", "pool:" + POOL),
                    Map.entry(
                            "postObservations", Samples.OBSERVATIONS.replace("lisbon", "redmond")),
                    Map.entry("postAlertmanager", Credentials.NOTIFICATION),
                    Map.entry("replay", "{\"incident\": \"" + INCIDENT + "\"}"),
                    Map.entry("getIncident", INCIDENT),
                    Map.entry("getIncidentReport", INCIDENT),
                    Map.entry(
                            "openRun",
                            "{\"remediation\": \"MIRROR_FAILOVER\", \"target\": \"store:be1\"}"),
                    Map.entry("getRun", RUN),
                    Map.entry("getRunJournal", RUN),
                    Map.entry("getRunbook", RUN),
                    Map.entry("streamRun", RUN),
                    Map.entry("approveRun", RUN),
                    Map.entry("cancelRun", RUN),
                    Map.entry("resumeRun", RUN),
                    Map.entry("handOverRun", RUN));

    private static final Map<String, String> BODIES =
            Map.of("cancelRun", "{\"why\": \"none\"}", "resumeRun", "{\"step\": \"REPEAT\"}");

    private final KeyStore keys;
    private final EvaluationLog evaluations;
    private final RunStore runs;
    private final Credentials credentials;

    @Inject
    AccessApiTest(KeyStore keys, EvaluationLog evaluations, RunStore runs) {
        this.keys = keys;
        this.evaluations = evaluations;
        this.runs = runs;
        this.credentials = new Credentials(keys);
    }

    @BeforeEach
    void makeKeysAndThingsOutside() {
        Api.keys(keys);
        ComponentId store = ComponentId.parse("store:be1");
        Instant at = Credentials.BEFORE;
        evaluations.save(
                new EvaluationLog.Change(
                        List.of(),
                        List.of(),
                        List.of(
                                new Incident(
                                        INCIDENT,
                                        store,
                                        FindingCode.PRINCIPAL_LOST,
                                        at,
                                        at,
                                        Optional.of(at)))));
        if (runs.find(RUN).isEmpty()) {
            var opened = Samples.run(RUN, 1, "ann", at);
            runs.open(opened.run(), Set.of("test:" + RUN), opened.journal());
        }
    }

    @Test
    void everyOperationStatesWhoMayAndWhere() {
        Set<String> roles = new TreeSet<>();
        List.of(Role.values()).forEach(role -> roles.add(Roles.name(role)));
        for (Contract.Operation operation : Contract.read().operations()) {
            assertTrue(roles.contains(operation.role()), operation + " states no role");
            assertTrue(WAYS.contains(operation.scope()), operation + " states no scope");
            assertTrue(
                    !operation.scope().equals("target") || OUTSIDE.containsKey(operation.id()),
                    operation + " is about one thing: say here how to name one outside");
        }
    }

    @Test
    void noCredentialThatIsNotGoodOpensAnything() {
        List<String> bad =
                List.of(
                        "garbage",
                        credentials.tampered(),
                        credentials.revoked(),
                        credentials.expired(),
                        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiIsImdyb3VwcyI6WyJhZG1pbiJdfQ.");
        for (Contract.Operation operation : Contract.read().operations()) {
            assertEquals(401, send(Api.anonymous(), operation).statusCode(), operation.toString());
            for (String key : bad) {
                Response answer = send(Credentials.with(key), operation);
                assertEquals(401, answer.statusCode(), operation + " with " + key);
                assertEquals("urn:understudy:problem:unauthorized", answer.path("type").toString());
            }
        }
    }

    @Test
    void noRoleDoesWhatItDoesNotInclude() {
        for (Contract.Operation operation : Contract.read().operations()) {
            Role needed = Roles.role(operation.role());
            for (Role role : Role.values()) {
                if (!role.includes(needed)) {
                    send(Credentials.with(Api.key(role)), operation)
                            .then()
                            .statusCode(403)
                            .body("type", equalTo("urn:understudy:problem:forbidden"));
                }
            }
        }
    }

    @Test
    void aRoleThatHoldsElsewhereOpensNothingHere() {
        for (Contract.Operation operation : Contract.read().operations()) {
            String key = credentials.scoped(Roles.role(operation.role()), Credentials.LISBON);
            switch (operation.scope()) {
                case "estate" ->
                        send(Credentials.with(key), operation)
                                .then()
                                .statusCode(403)
                                .body("type", equalTo("urn:understudy:problem:out-of-scope"))
                                .body("detail", containsString("site:lisbon"));
                case "target" ->
                        outside(Credentials.with(key), operation)
                                .then()
                                .statusCode(anyOf(is(403), is(404)));
                case "filtered" -> leavesOut(Credentials.with(key), operation);
                default -> {
                    int status = send(Credentials.with(key), operation).statusCode();
                    assertTrue(
                            status < 500 && status != 401 && status != 403, operation + " is pure");
                }
            }
        }
        assertTrue(
                runs.journal(RUN, 0).stream().noneMatch(l -> l.actor().equals("scoped")),
                "nobody has touched the run");
    }

    @Test
    void metricsAreForWhoSeesEverything() {
        String scoped = credentials.scoped(Role.VIEWER, Credentials.LISBON);
        metrics(scoped).then().statusCode(403);
        metrics(Api.key(Role.VIEWER)).then().statusCode(200);
    }

    private static Response metrics(String key) {
        return RestAssured.given().header("Authorization", "Bearer " + key).get("/q/metrics");
    }

    /** A stream would not end; what it leaves out is for {@link ScopeApiTest}. */
    private static void leavesOut(RequestSpecification request, Contract.Operation operation) {
        if (operation.id().equals("streamEvents")) {
            return;
        }
        Response answer = request.get(operation.path() + "?limit=500");
        assertEquals(200, answer.statusCode(), operation.toString());
        assertFalse(answer.asString().contains(POOL), operation + " tells of " + POOL);
        assertFalse(answer.asString().contains("be1"), operation + " tells of be1");
    }

    /** A request that changes nothing, whatever it is answered. */
    private static Response send(RequestSpecification request, Contract.Operation operation) {
        RequestSpecification sent =
                operation.takesBody() ? request.contentType("application/json").body("[") : request;
        return sent.request(operation.method(), operation.path().replaceAll("\\{[a-z]+}", "none"));
    }

    private static Response outside(RequestSpecification request, Contract.Operation operation) {
        String thing = OUTSIDE.get(operation.id());
        boolean named = operation.path().contains("{");
        String path = named ? operation.path().replaceAll("\\{[a-z]+}", thing) : operation.path();
        String body = BODIES.getOrDefault(operation.id(), thing);
        RequestSpecification sent =
                operation.takesBody()
                        ? request.contentType("application/json").body(body)
                        : request;
        return sent.request(operation.method(), path);
    }
}
