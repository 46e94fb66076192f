package io.understudy.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.understudy.access.KeyStore;
import io.understudy.access.Role;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Looking at what there is and what is believed of it. */
@QuarkusTest
class LookingApiTest {

    private final KeyStore keys;

    @Inject
    LookingApiTest(KeyStore keys) {
        this.keys = keys;
    }

    @BeforeEach
    void makeKeys() {
        Api.keys(keys);
    }

    @Test
    void everythingOfTheEstateIsShownWithWhatIsBelievedOfIt() {
        get("/api/v1/sites")
                .then()
                .statusCode(200)
                .body("items.component", hasItem("site:redmond"));
        get("/api/v1/pools")
                .then()
                .statusCode(200)
                .body("items.pool.fqdn", hasItem("pool1.contoso.com"));
        get("/api/v1/pools/POOL1.contoso.com")
                .then()
                .statusCode(200)
                .body("component", equalTo("pool:pool1.contoso.com"))
                .body("pool.store", equalTo("be1"))
                .body("condition.status", notNullValue())
                .body("condition.wouldChange", notNullValue());
        get("/api/v1/stores").then().statusCode(200).body("items.store.name", hasItem("be1"));
        get("/api/v1/stores/be1")
                .then()
                .statusCode(200)
                .body("store.technology", equalTo("MIRRORING"));
        get("/api/v1/components?kind=sql")
                .then()
                .statusCode(200)
                .body("items.kind", everyItem(is("sql")));
    }

    @Test
    void everyRuleThatADecisionMayNameIsExplained() {
        get("/api/v1/decision-table")
                .then()
                .statusCode(200)
                .body("rows.id", hasItems("F1", "B3", "G2", "P1", "O9"))
                .body(
                        "rows.find { it.id == 'B3' }.remediations",
                        equalTo(List.of("MIRROR_FAILOVER")))
                .body("rows.find { it.id == 'B3' }.basis", equalTo("GUIDANCE"))
                .body("rows.find { it.id == 'P18' }.watched", is(false));
    }

    @Test
    void severalRunbooksAreOnePageForASiteAndForASwapTest() {
        get("/api/v1/sites/redmond/runbook")
                .then()
                .statusCode(200)
                .body("title", equalTo("Runbook of site:redmond"))
                .body("byHand.title", hasItems("Names", "PSTN"));
        get("/api/v1/sites/redmond/runbook?format=markdown")
                .then()
                .statusCode(200)
                .contentType("text/markdown")
                .body(containsString("# Runbook of site:redmond"));
        get("/api/v1/pools/pool1.contoso.com/swap-test")
                .then()
                .statusCode(200)
                .body("parts[0].runbook.remediation", equalTo("POOL_FAILBACK"))
                .body("parts[-1].runbook.remediation", equalTo("POOL_FAILOVER"))
                .body("parts[-1].runbook.target", equalTo("pool:pool2.contoso.com"));
    }

    @Test
    void theSlashOfAnInstanceMayBeEscaped() {
        String sql = get("/api/v1/components?kind=sql&limit=1").path("items[0].component");
        get("/api/v1/components/" + sql).then().statusCode(200).body("component", equalTo(sql));
        get("/api/v1/components/" + sql.replace("/", "%2F").replace(":", "%3A"))
                .then()
                .statusCode(200)
                .body("component", equalTo(sql));
    }

    @Test
    void whatIsNotThereIsAProblem() {
        for (String path :
                List.of(
                        "/api/v1/pools/pool99.contoso.com",
                        "/api/v1/stores/none",
                        "/api/v1/components/store:none",
                        "/api/v1/incidents/none",
                        "/api/v1/incidents/none/report",
                        "/api/v1/incidents/none/recording",
                        "/api/v1/runs/none",
                        "/api/v1/runs/none/journal",
                        "/api/v1/runs/none/runbook",
                        "/api/v1/runs/none/events",
                        "/api/v1/sites/none/runbook",
                        "/api/v1/pools/pool99.contoso.com/swap-test",
                        "/api/v1/pools/edge1.contoso.com/swap-test")) {
            get(path)
                    .then()
                    .statusCode(404)
                    .body("type", equalTo("urn:understudy:problem:not-found"));
        }
        get("/api/v1/nothing").then().statusCode(404).contentType("application/problem+json");
        get("/nothing").then().statusCode(404).contentType("application/problem+json");
        Api.as(Role.ADMIN)
                .delete("/api/v1/pools")
                .then()
                .statusCode(405)
                .contentType("application/problem+json")
                .header("Allow", equalTo("GET, HEAD, OPTIONS"));
    }

    @Test
    void whatIsNotOnRecordIsNotReplayed() {
        Api.json(Role.VIEWER, "{\"incident\": \"none\"}")
                .post("/api/v1/evaluations/replay")
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:understudy:problem:not-found"));
        Api.json(Role.VIEWER, "{}")
                .post("/api/v1/evaluations/replay")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/incident"));
    }

    @Test
    void pagesJoinedAreTheWhole() {
        List<String> whole = get("/api/v1/components?limit=500").path("items.component");
        List<String> joined = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Response page = get("/api/v1/components?limit=7" + cursor);
            joined.addAll(page.<List<String>>path("items.component"));
            String next = page.path("next");
            cursor = next == null ? null : "&cursor=" + next;
        }
        assertTrue(whole.size() > 7);
        assertEquals(whole, joined);
    }

    @Test
    void listsThatMayBeEmptyAreLists() {
        for (String path :
                List.of(
                        "/api/v1/findings?open=true&code=POOL_DOWN&target=pool:pool1.contoso.com",
                        "/api/v1/decisions?open=false&remediation=WAIT&incident=none",
                        "/api/v1/incidents?open=true",
                        "/api/v1/runs?open=true",
                        "/api/v1/runs?open=false",
                        "/api/v1/observations?component=store:be1&limit=5",
                        "/api/v1/audit?limit=3",
                        "/api/v1/simulator/faults",
                        "/api/v1/simulator/log?limit=5")) {
            get(path).then().statusCode(200).body("items", notNullValue());
        }
    }

    @Test
    void headAndOptionsDoWhatTheyShould() {
        Api.as(Role.VIEWER).head("/api/v1/pools").then().statusCode(200);
        Api.as(Role.VIEWER)
                .options("/api/v1/pools")
                .then()
                .statusCode(200)
                .header("Allow", notNullValue());
        Api.anonymous().head("/api/v1/pools").then().statusCode(401);
    }

    @Test
    void faultsAreInjectedAndCleared() {
        Response injected =
                Api.json(
                                Role.OPERATOR,
                                "{\"fault\": \"BLIND\", \"target\": \"fileStore:pool4.contoso.com\"}")
                        .post("/api/v1/simulator/faults");
        injected.then().statusCode(201);
        String id = injected.path("id");
        get("/api/v1/simulator/faults").then().body("items.id", hasItem(id));
        Api.as(Role.OPERATOR).delete("/api/v1/simulator/faults/" + id).then().statusCode(204);
        Api.as(Role.OPERATOR).delete("/api/v1/simulator/faults/" + id).then().statusCode(404);
        Api.json(Role.OPERATOR, "{\"fault\": \"EARTHQUAKE\"}")
                .post("/api/v1/simulator/faults")
                .then()
                .statusCode(422);
        Api.as(Role.OPERATOR).delete("/api/v1/simulator/faults").then().statusCode(204);
    }

    private static Response get(String path) {
        return Api.as(Role.VIEWER).get(path);
    }
}
