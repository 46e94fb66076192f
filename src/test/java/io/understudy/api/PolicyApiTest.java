package io.understudy.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.understudy.access.KeyStore;
import io.understudy.access.Role;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The policy in force: what it amounts to, and its windows one by one. */
@QuarkusTest
class PolicyApiTest {

    private static final String POLICY = "/api/v1/policy";
    private static final String EFFECTIVE = "/api/v1/policy/effective";
    private static final String FREEZE = "/api/v1/freeze";
    private static final String MAINTENANCE = "/api/v1/maintenance";
    private static final int WRITERS = 8;

    private final KeyStore keys;

    @Inject
    PolicyApiTest(KeyStore keys) {
        this.keys = keys;
    }

    @BeforeEach
    void makeKeys() {
        Api.keys(keys);
        put("{}");
    }

    @AfterEach
    void leaveTheDefaults() {
        put("{}");
    }

    @Test
    void theEffectivePolicyNamesTheOriginOfEveryValue() {
        int version =
                put(
                        """
                        {"coolDown": "PT1H",
                         "modes": [{"mode": "AUTOMATE"}],
                         "scopes": [{"scope": "site:redmond", "coolDown": "PT2H"}],
                         "limits": {"perSite": 3}}
                        """);
        Response everywhere = Api.as(Role.VIEWER).get(EFFECTIVE);
        everywhere
                .then()
                .statusCode(200)
                .header("ETag", "\"" + version + "\"")
                .body("policyVersion", equalTo(version))
                .body("scopes", hasSize(0))
                .body("frozen", equalTo(false))
                .body("settings.coolDown.value", equalTo("PT1H"))
                .body("settings.coolDown.origin", equalTo("/coolDown"))
                .body("settings.backEndBudget.origin", equalTo("default"))
                .body("thresholds.sites.value", equalTo(2))
                .body("limits.perSite.origin", equalTo("/limits/perSite"))
                .body(
                        "modes.find { it.remediation == 'POOL_FAILOVER' }.origin",
                        equalTo("/modes/0"))
                .body(
                        "modes.find { it.remediation == 'CHAT_FAILOVER' }.origin",
                        equalTo("never automated"));
        Api.as(Role.VIEWER)
                .get(EFFECTIVE + "?target=pool:pool1.contoso.com")
                .then()
                .statusCode(200)
                .body("target", equalTo("pool:pool1.contoso.com"))
                .body("scopes", hasItems("pool:pool1.contoso.com", "site:redmond", "store:be1"))
                .body("settings.coolDown.value", equalTo("PT2H"))
                .body("settings.coolDown.origin", equalTo("/scopes/0/coolDown"));
        Api.as(Role.VIEWER)
                .get(EFFECTIVE + "?target=pool:pool9.contoso.com")
                .then()
                .statusCode(404);
    }

    @Test
    void windowsThatAreOpenOrComeNextAreShown() {
        put(
                """
                {"maintenance": [{"name": "patching", "scope": "site:dublin", "start": "2026-12-06T22:00:00",
                  "timeZone": "Europe/Dublin", "duration": "PT4H", "recurrence": "FREQ=MONTHLY;BYDAY=1SU"}],
                 "freezes": [{"name": "past", "reason": "x", "until": "2026-01-01T00:00:00Z"}]}
                """);
        String dublin = EFFECTIVE + "?target=pool:pool2.contoso.com&at=";
        Api.as(Role.VIEWER)
                .get(dublin + "2026-12-06T23:00:00Z")
                .then()
                .statusCode(200)
                .body("windows", hasSize(1))
                .body("windows[0].open", equalTo(true))
                .body("windows[0].origin", equalTo("/maintenance/0"))
                .body("windows[0].until", equalTo("2026-12-07T02:00:00Z"));
        Api.as(Role.VIEWER)
                .get(dublin + "2026-12-07T02:00:00Z")
                .then()
                .body("windows[0].open", equalTo(false))
                .body("windows[0].from", equalTo("2027-01-03T22:00:00Z"));
        Api.as(Role.VIEWER).get(EFFECTIVE).then().body("windows", hasSize(0));
    }

    @Test
    void anotherPolicyCanBeTriedWithoutBeingStored() {
        String before = Api.as(Role.VIEWER).get(POLICY).header("ETag");
        Api.json(
                        Role.VIEWER,
                        """
                        {"policy": {"scopes": [{"scope": "site:dublin", "coolDown": "PT9M"}]},
                         "target": "pool:pool2.contoso.com", "at": "2026-11-21T10:00:00Z"}
                        """)
                .post(EFFECTIVE)
                .then()
                .statusCode(200)
                .body("at", equalTo("2026-11-21T10:00:00Z"))
                .body("settings.coolDown.value", equalTo("PT9M"));
        Api.json(Role.VIEWER, "{\"policy\": {\"backEndBudget\": \"PT0S\"}}")
                .post(EFFECTIVE)
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/policy/backEndBudget"));
        Api.json(Role.VIEWER, "{\"policy\": {}, \"target\": \"site:atlantis\"}")
                .post(EFFECTIVE)
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/target"));
        assertEquals(before, Api.as(Role.VIEWER).get(POLICY).header("ETag"));
    }

    @Test
    void aScopeThatTheEstateLacksIsTakenWithAWarning() {
        Api.json(Role.ADMIN, "{\"modes\": [{\"scope\": \"site:atlantis\", \"mode\": \"OBSERVE\"}]}")
                .header("If-Match", "*")
                .put(POLICY)
                .then()
                .statusCode(200)
                .body("warnings[0].code", equalTo("UNKNOWN_SCOPE"))
                .body("warnings[0].pointer", equalTo("/modes/0/scope"));
    }

    @Test
    void everyVersionOfThePolicyIsKept() {
        int version = put("{\"coolDown\": \"PT7M\"}");
        put("{}");
        Api.as(Role.VIEWER)
                .get(POLICY + "/versions?limit=2")
                .then()
                .statusCode(200)
                .body("items[1].version", equalTo(version))
                .body("items[1].savedBy", equalTo("admin"));
        Api.as(Role.VIEWER)
                .get(POLICY + "/versions/" + version)
                .then()
                .statusCode(200)
                .body("coolDown", equalTo("PT7M"));
        Api.as(Role.VIEWER).get(POLICY + "/versions/2000000").then().statusCode(404);
    }

    @Test
    void aFreezeIsANewVersionOfThePolicyAndSaysSinceWhenAndByWhom() {
        int before = put("{\"coolDown\": \"PT7M\"}");
        Response made =
                Api.json(Role.OPERATOR, "{\"reason\": \"core switch\", \"scope\": \"site:dublin\"}")
                        .post(FREEZE);
        String name = "freeze-" + (before + 1);
        made.then()
                .statusCode(201)
                .header("Location", containsString(FREEZE + "/" + name))
                .body("name", equalTo(name))
                .body("state", equalTo("OPEN"))
                .body("by", equalTo("operator"))
                .body("policyVersion", equalTo(before + 1));
        Api.as(Role.VIEWER)
                .get(POLICY)
                .then()
                .header("ETag", "\"" + (before + 1) + "\"")
                .body("coolDown", equalTo("PT7M"))
                .body("freezes[0].name", equalTo(name))
                .body("freezes[0].from", equalTo(made.path("from").toString()));
        Api.as(Role.VIEWER)
                .get(EFFECTIVE + "?target=pool:pool2.contoso.com")
                .then()
                .body("frozen", equalTo(true))
                .body("windows[0].reason", equalTo("core switch"))
                .body("windows[0].by", equalTo("operator"));
        Api.as(Role.VIEWER)
                .get("/api/v1/audit?limit=1")
                .then()
                .body("items[0].action", equalTo("POLICY_CHANGED"))
                .body("items[0].actor", equalTo("operator"))
                .body("items[0].details.change", equalTo("FREEZE_ADDED"))
                .body("items[0].details.reason", equalTo("core switch"));
        Api.as(Role.OPERATOR)
                .delete(FREEZE + "/" + name)
                .then()
                .statusCode(204)
                .header("ETag", "\"" + (before + 2) + "\"");
        Api.as(Role.VIEWER).get(FREEZE).then().statusCode(200).body("items", hasSize(0));
        Api.as(Role.OPERATOR).delete(FREEZE + "/" + name).then().statusCode(404);
    }

    @Test
    void aFreezeThatEndedIsShownAsEnded() {
        put(
                "{\"freezes\": [{\"name\": \"past\", \"reason\": \"x\", \"until\": \"2026-01-01T00:00:00Z\"}]}");
        Api.as(Role.VIEWER)
                .get(FREEZE)
                .then()
                .statusCode(200)
                .body("items[0].name", equalTo("past"))
                .body("items[0].state", equalTo("ENDED"));
    }

    @Test
    void aFreezeThatCannotHoldIsRefusedWhereItIsWrong() {
        put("{\"freezes\": [{\"name\": \"taken\", \"reason\": \"x\"}]}");
        refused(FREEZE, "{\"reason\": \"x\", \"name\": \"taken\"}", "/name");
        refused(FREEZE, "{\"reason\": \"x\", \"scope\": \"site:atlantis\"}", "/scope");
        refused(FREEZE, "{\"reason\": \"x\", \"scope\": \"server:fe1.contoso.com\"}", "/scope");
        refused(FREEZE, "{\"reason\": \"x\", \"until\": \"2020-01-01T00:00:00Z\"}", "/until");
        refused(FREEZE, "{}", "/reason");
        refused(MAINTENANCE, Samples.MAINTENANCE.replace("1SU", "9SU"), "/recurrence");
        refused(MAINTENANCE, Samples.MAINTENANCE.replace("PT4H", "P32D"), "/duration");
    }

    @Test
    void maintenanceIsAddedShownAndRemoved() {
        Api.json(Role.OPERATOR, Samples.MAINTENANCE)
                .post(MAINTENANCE)
                .then()
                .statusCode(201)
                .header("Location", containsString(MAINTENANCE + "/patching"))
                .body("recurrence", equalTo("FREQ=MONTHLY;BYDAY=1SU"));
        Api.as(Role.VIEWER)
                .get(MAINTENANCE)
                .then()
                .statusCode(200)
                .body("items[0].name", equalTo("patching"))
                .body("items[0].by", equalTo("operator"))
                .body("items[0].occurrence.from", not(equalTo(null)));
        Api.as(Role.OPERATOR).delete(FREEZE + "/patching").then().statusCode(404);
        Api.as(Role.OPERATOR).delete(MAINTENANCE + "/patching").then().statusCode(204);
        Api.as(Role.VIEWER).get(MAINTENANCE).then().body("items", hasSize(0));
    }

    @Test
    void theSameRequestSentTwiceFreezesOnce() {
        String body = "{\"reason\": \"once\"}";
        String key = "freeze-once-" + put("{}");
        Response first = Api.json(Role.OPERATOR, body).header("Idempotency-Key", key).post(FREEZE);
        Response second = Api.json(Role.OPERATOR, body).header("Idempotency-Key", key).post(FREEZE);
        assertEquals(201, first.statusCode());
        assertEquals(first.asString(), second.asString());
        Api.as(Role.VIEWER).get(FREEZE).then().body("items", hasSize(1));
    }

    @Test
    void ofManyWhoFreezeAtOnceNoneIsLost() throws Exception {
        List<Callable<Integer>> writers =
                IntStream.range(0, WRITERS)
                        .<Callable<Integer>>mapToObj(i ->
                                () ->
                                        Api.json(
                                                        Role.OPERATOR,
                                                        "{\"reason\": \"writer " + i + "\"}")
                                                .post(FREEZE)
                                                .statusCode())
                        .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : threads.invokeAll(writers)) {
                assertEquals(201, answer.get());
            }
        }
        Response all = Api.as(Role.VIEWER).get(FREEZE);
        all.then().body("items", hasSize(WRITERS));
        for (int i = 0; i < WRITERS; i++) {
            all.then().body("items.reason", hasItem("writer " + i));
        }
    }

    private static void refused(String path, String body, String pointer) {
        Api.json(Role.OPERATOR, body)
                .post(path)
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo(pointer));
    }

    /** Puts a policy; answers its version. */
    private static int put(String policy) {
        Response saved = Api.json(Role.ADMIN, policy).header("If-Match", "*").put(POLICY);
        assertEquals(200, saved.statusCode(), saved.asString());
        return saved.path("version");
    }
}
