package io.understudy.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.understudy.access.KeyStore;
import io.understudy.access.Role;
import io.understudy.access.Scope;
import io.understudy.run.RunStore;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a role that holds for some sites and pools only sees and does. */
@QuarkusTest
class ScopeApiTest {

    private static final Scope POOL1 = Credentials.pool("pool1.contoso.com");
    private static final Scope REDMOND = Credentials.site("redmond");
    private static final Scope DUBLIN = Credentials.site("dublin");

    private static final String REPLAYS = "/api/v1/evaluations/replay";
    private static final String REPLAY =
            """
            {"recording": {
               "format": 1, "about": ["store:be1"], "from": "2026-11-21T10:00:00Z", "to": "2026-11-21T10:02:00Z",
               "incident": {"id": "made-up", "target": "store:be1", "code": "PRINCIPAL_LOST",
                 "firstObservedAt": "2026-11-21T10:01:00Z", "openedAt": "2026-11-21T10:01:10Z"},
               "policy": {}, "observations": [], "runs": [], "decisions": [], "estate": %s}%s}
            """;

    private final KeyStore keys;
    private final RunStore runs;
    private final Credentials credentials;

    @TestHTTPResource URI service;

    @Inject
    ScopeApiTest(KeyStore keys, RunStore runs) {
        this.keys = keys;
        this.runs = runs;
        this.credentials = new Credentials(keys);
    }

    @BeforeEach
    void makeKeys() {
        Api.keys(keys);
    }

    @Test
    void whoHasAPoolSeesItWithItsStoreAndNothingElse() {
        String key = credentials.scoped(Role.VIEWER, POOL1);
        get(key, "/api/v1/pools")
                .then()
                .body("items.pool.fqdn", equalTo(List.of("pool1.contoso.com")));
        get(key, "/api/v1/stores").then().body("items.store.name", equalTo(List.of("be1")));
        get(key, "/api/v1/sites").then().body("items", hasSize(0));
        get(key, "/api/v1/components")
                .then()
                .body("items.site", everyItem(is("redmond")))
                .body("items.component", hasItem("server:fe1.contoso.com"))
                .body("items.component", not(hasItem("observer:o-redmond")));
        get(key, "/api/v1/stores/be1").then().statusCode(200);
        Response outside = get(key, "/api/v1/pools/pool2.contoso.com");
        outside.then().statusCode(404).body("detail", containsString("no pool"));
        get(key, "/api/v1/pools/pool1.contoso.com/swap-test")
                .then()
                .statusCode(403)
                .body("errors[0].message", containsString("pool:pool2.contoso.com"));
        get(key, "/api/v1/observations?component=store:be2").then().body("items", hasSize(0));
    }

    @Test
    void aMonitorSpeaksOfItsOwnOnlyAndABatchIsTakenWholeOrNotAtAll() {
        String key = credentials.scoped(Role.MONITOR, POOL1);
        String mine = observation("mine", "store:be1");
        String batch = "[" + mine + "," + observation("other", "store:be2") + "]";
        Credentials.json(key, batch)
                .post("/api/v1/observations")
                .then()
                .statusCode(403)
                .body("type", equalTo("urn:understudy:problem:out-of-scope"))
                .body("detail", containsString("pool:pool1.contoso.com"))
                .body("errors.pointer", equalTo(List.of("/1/component")))
                .body("errors[0].code", equalTo("OUT_OF_SCOPE"));
        Credentials.json(key, "{\"observations\": " + batch + "}")
                .post("/api/v1/observations")
                .then()
                .body("errors.pointer", equalTo(List.of("/observations/1/component")));
        Credentials.json(key, "[" + mine + "]")
                .post("/api/v1/observations")
                .then()
                .statusCode(202)
                .body("accepted", equalTo(1));
    }

    @Test
    void anAlertOfWhatIsOutsideIsAnsweredAsOneOfWhatIsNotThere() {
        String key = credentials.scoped(Role.MONITOR, DUBLIN);
        for (String store : List.of("be1", "be9")) {
            Credentials.json(key, Credentials.NOTIFICATION.replace("be1", store))
                    .post("/api/v1/webhooks/alertmanager")
                    .then()
                    .statusCode(403)
                    .body("type", equalTo("urn:understudy:problem:out-of-scope"))
                    .body("errors", hasSize(0));
        }
        Credentials.json(credentials.scoped(Role.MONITOR, REDMOND), Credentials.NOTIFICATION)
                .post("/api/v1/webhooks/alertmanager")
                .then()
                .statusCode(202)
                .body("unmatched", hasSize(0));
    }

    @Test
    void aReplayByThePolicyInForceIsForWhoSeesEverything() {
        String key = credentials.scoped(Role.VIEWER, POOL1);
        Credentials.json(key, REPLAY.formatted(Samples.ESTATE, ""))
                .post(REPLAYS)
                .then()
                .statusCode(403);
        Credentials.json(key, REPLAY.formatted(Samples.ESTATE, ", \"policy\": {}"))
                .post(REPLAYS)
                .then()
                .statusCode(200);
        Api.json(Role.VIEWER, REPLAY.formatted(Samples.ESTATE, ""))
                .post(REPLAYS)
                .then()
                .statusCode(200);
    }

    @Test
    void aRunIsTouchedByThoseOnlyWhoHaveItsTargetAndWhatTakesOver() {
        String id = open("scope-run", 0);
        String sees = credentials.scoped(Role.APPROVER, REDMOND);
        get(sees, "/api/v1/runs/" + id).then().statusCode(200);
        get(sees, "/api/v1/runs?limit=500").then().body("items.id", hasItem(id));
        String elsewhere = credentials.scoped(Role.APPROVER, DUBLIN);
        get(elsewhere, "/api/v1/runs/" + id).then().statusCode(404);
        get(elsewhere, "/api/v1/runs?limit=500").then().body("items.id", not(hasItem(id)));
        get(elsewhere, "/api/v1/runs?open=true").then().body("items.id", not(hasItem(id)));
        Credentials.with(elsewhere)
                .post("/api/v1/runs/" + id + "/approvals")
                .then()
                .statusCode(404);
        Credentials.with(sees).post("/api/v1/runs/" + id + "/approvals").then().statusCode(200);
        Credentials.with(credentials.scoped(Role.OPERATOR, REDMOND))
                .post("/api/v1/runs/" + id + "/cancel")
                .then()
                .statusCode(200);
    }

    @Test
    void nothingIsOpenedOutsideWhetherItIsThereOrNot() {
        String key = credentials.scoped(Role.OPERATOR, DUBLIN);
        for (String target : List.of("store:be1", "store:none", "pool:nowhere.contoso.com")) {
            for (String dryRun : List.of("true", "false")) {
                Credentials.json(
                                key,
                                "{\"remediation\": \"MIRROR_FAILOVER\", \"target\": \"%s\", \"dryRun\": %s}"
                                        .formatted(target, dryRun))
                        .post("/api/v1/runs")
                        .then()
                        .statusCode(403)
                        .body("errors[0].pointer", equalTo("/target"));
            }
        }
    }

    @Test
    void aFreezeStopsWhatItsMakerHasAndNoMore() {
        String key = credentials.scoped(Role.OPERATOR, DUBLIN);
        String freeze =
                "{\"name\": \"%s\", \"reason\": \"test\", \"scope\": \"%s\", \"until\":"
                        + " \"2999-01-01T00:00:00Z\"}";
        Credentials.json(key, freeze.formatted("scope-a", "site:redmond"))
                .post("/api/v1/freeze")
                .then()
                .statusCode(403)
                .body("errors[0].pointer", equalTo("/scope"));
        Credentials.json(key, freeze.formatted("scope-a", "site:nowhere"))
                .post("/api/v1/freeze")
                .then()
                .statusCode(403);
        Credentials.json(key, "{\"reason\": \"test\", \"until\": \"2999-01-01T00:00:00Z\"}")
                .post("/api/v1/freeze")
                .then()
                .statusCode(403)
                .body("detail", containsString("site:dublin"));
        Credentials.json(key, freeze.formatted("scope-a", "store:be2"))
                .post("/api/v1/freeze")
                .then()
                .statusCode(201);
        String elsewhere = credentials.scoped(Role.OPERATOR, REDMOND);
        get(elsewhere, "/api/v1/freeze").then().body("items.name", not(hasItem("scope-a")));
        Credentials.with(elsewhere).delete("/api/v1/freeze/scope-a").then().statusCode(404);
        Credentials.with(key).delete("/api/v1/freeze/scope-a").then().statusCode(204);
    }

    @Test
    void aFreezeOfTheWholeEstateIsSeenByAllAndEndedByThoseWhoHaveAllOfIt() {
        Api.json(
                        Role.OPERATOR,
                        "{\"name\": \"scope-all\", \"reason\": \"test\", \"until\":"
                                + " \"2999-01-01T00:00:00Z\"}")
                .post("/api/v1/freeze")
                .then()
                .statusCode(201);
        String key = credentials.scoped(Role.OPERATOR, DUBLIN);
        get(key, "/api/v1/freeze").then().body("items.name", hasItem("scope-all"));
        Credentials.with(key).delete("/api/v1/freeze/scope-all").then().statusCode(403);
        Api.as(Role.OPERATOR).delete("/api/v1/freeze/scope-all").then().statusCode(204);
    }

    @Test
    void aKeyIsMadeWithPlacesAndAnEndAndRefusesWhatWouldGiveTheEstateAway() {
        Response made =
                Api.json(
                                Role.ADMIN,
                                """
                                {"name": "dublin", "grants": [{"role": "operator", "sites": ["dublin"]}],
                                 "expiresAt": "2999-01-01T00:00:00Z"}
                                """)
                        .post("/api/v1/keys");
        made.then()
                .statusCode(201)
                .body("roles", hasSize(0))
                .body("grants[0].role", equalTo("operator"))
                .body("grants[0].sites", equalTo(List.of("dublin")))
                .body("expiresAt", equalTo("2999-01-01T00:00:00Z"))
                .body("key", notNullValue());
        String key = made.path("key");
        get(key, "/api/v1/sites").then().body("items.component", equalTo(List.of("site:dublin")));
        refused(
                "{\"name\": \"x\", \"grants\": [{\"role\": \"viewer\", \"sites\": []}]}",
                "/grants/0");
        refused("{\"name\": \"x\"}", "/roles");
        refused("{\"name\": \"understudy\", \"roles\": [\"operator\"]}", "/name");
        refused("{\"name\": \"Understudy \", \"roles\": [\"operator\"]}", "/name");
        refused(
                "{\"name\": \"x\", \"roles\": [\"viewer\"], \"expiresAt\":"
                        + " \"2020-01-01T00:00:00Z\"}",
                "/expiresAt");
    }

    @Test
    @Timeout(60)
    void aStreamTellsOnlyWhatItsReaderSees() throws Exception {
        String key = credentials.scoped(Role.VIEWER, REDMOND);
        String elsewhere = credentials.scoped(Role.VIEWER, DUBLIN);
        try (HttpClient client = HttpClient.newHttpClient();
                BufferedReader here = stream(client, key);
                BufferedReader there = stream(client, elsewhere)) {
            here.readLine();
            there.readLine();
            String told = open("scope-told", 0);
            String end = open("scope-end", 1);
            assertFalse(until(told, here).contains(end));
            assertFalse(until(end, there).contains(told), "what is outside is not told");
        }
    }

    /** What a stream tells until it tells of a run. */
    private static String until(String run, BufferedReader stream) throws Exception {
        StringBuilder told = new StringBuilder();
        while (told.indexOf(run) < 0) {
            told.append(stream.readLine()).append('\n');
        }
        return told.toString();
    }

    private BufferedReader stream(HttpClient client, String key) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(service.resolve("/api/v1/events"))
                        .header("Authorization", "Bearer " + key)
                        .build();
        return new BufferedReader(
                new InputStreamReader(
                        client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(),
                        StandardCharsets.UTF_8));
    }

    private static void refused(String request, String pointer) {
        Api.json(Role.ADMIN, request)
                .post("/api/v1/keys")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo(pointer));
    }

    private static Response get(String key, String path) {
        return Credentials.with(key).get(path);
    }

    private String open(String name, int index) {
        String id = name + "-" + UUID.randomUUID();
        var opened = Samples.run(id, index, 2, "ann", Credentials.BEFORE);
        runs.open(opened.run(), Set.of("test:" + id), opened.journal());
        return id;
    }

    private static String observation(String id, String component) {
        return """
        {"id": "scope-%s", "component": "%s", "status": "UP", "observer": "o-lisbon",
         "observedAt": "2026-01-01T00:00:00Z"}
        """
                .formatted(id + "-" + UUID.randomUUID(), component);
    }
}
