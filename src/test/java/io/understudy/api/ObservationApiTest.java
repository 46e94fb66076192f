package io.understudy.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.understudy.access.KeyStore;
import io.understudy.access.Role;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Observations come in, one or many, once. */
@QuarkusTest
class ObservationApiTest {

    private static final String PATH = "/api/v1/observations";

    private final KeyStore keys;
    private final InstantSource clock;

    @Inject
    ObservationApiTest(KeyStore keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @BeforeEach
    void makeKeys() {
        Api.keys(keys);
    }

    @Test
    void theSameObservationTwiceCountsOnce() {
        Instant now = clock.instant();
        String id = "once-" + now;
        String batch = "[" + observation(id, "site:lisbon", "o-lisbon", now) + "]";
        Api.json(Role.MONITOR, batch)
                .post(PATH)
                .then()
                .statusCode(202)
                .body("accepted", equalTo(1))
                .body("repeated", equalTo(0));
        Api.json(Role.MONITOR, batch)
                .post(PATH)
                .then()
                .statusCode(202)
                .body("accepted", equalTo(0))
                .body("repeated", equalTo(1));
        Api.as(Role.VIEWER)
                .get(PATH + "?component=site:lisbon&limit=500")
                .then()
                .statusCode(200)
                .body("items.id", hasItem(id));
    }

    @Test
    void oneWrongObservationRefusesAll() {
        Instant now = clock.instant();
        String good = "good-" + now;
        String batch =
                "{\"observations\": ["
                        + observation(good, "site:lisbon", "o-lisbon", now)
                        + ", "
                        + observation("bad-" + now, "site:atlantis", "o-nobody", now)
                        + "]}";
        Api.json(Role.MONITOR, batch)
                .post(PATH)
                .then()
                .statusCode(422)
                .body(
                        "errors.pointer",
                        hasItems("/observations/1/component", "/observations/1/observer"));
        Api.as(Role.VIEWER)
                .get(PATH + "?component=site:lisbon&limit=500")
                .then()
                .body("items.id", not(hasItem(good)));
    }

    @Test
    void whatComesFromTheFutureIsRefused() {
        Instant now = clock.instant();
        Api.json(
                        Role.MONITOR,
                        "["
                                + observation(
                                        "late-" + now,
                                        "site:lisbon",
                                        "o-lisbon",
                                        now.plus(Duration.ofMinutes(10)))
                                + "]")
                .post(PATH)
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/0/observedAt"))
                .body("errors[0].code", equalTo("OBSERVED_IN_FUTURE"));
        Api.json(
                        Role.MONITOR,
                        "["
                                + observation(
                                        "soon-" + now,
                                        "site:lisbon",
                                        "o-lisbon",
                                        now.plusSeconds(20))
                                + "]")
                .post(PATH)
                .then()
                .statusCode(202);
    }

    @Test
    void nothingIsToBeBelievedForLongerThanADay() {
        Instant now = clock.instant();
        Api.json(Role.MONITOR, validUntil("kept-" + now, now.plus(Duration.ofHours(23))))
                .post(PATH)
                .then()
                .statusCode(202);
        Api.json(Role.MONITOR, validUntil("for-ever-" + now, now.plus(Duration.ofHours(25))))
                .post(PATH)
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/0/validUntil"))
                .body("errors[0].code", equalTo("VALID_TOO_LONG"))
                .body("errors[0].message", containsString("send the observation again"));
        Api.json(
                        Role.OPERATOR,
                        Samples.MAPPING.replace(
                                "\"samples\"", "\"validFor\": \"PT25H\", \"samples\""))
                .header("If-None-Match", "*")
                .put("/api/v1/mapping")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/rules/0/validFor"))
                .body("errors[0].code", equalTo("VALID_TOO_LONG"));
    }

    private static String validUntil(String id, Instant until) {
        return "["
                + observation(id, "site:lisbon", "o-lisbon", Instant.parse("2026-01-01T00:00:00Z"))
                        .replaceFirst("}$", ", \"validUntil\": \"" + until + "\"}")
                + "]";
    }

    @Test
    void aNotificationIsTakenAndWhatFitsNothingIsNamed() {
        Api.json(Role.MONITOR, Samples.NOTIFICATION)
                .post("/api/v1/webhooks/alertmanager")
                .then()
                .statusCode(202)
                .body("accepted", equalTo(0))
                .body("unmatched[0].fingerprint", equalTo("61a95a5ffe2d315f"))
                .body("unmatched[0].why", containsString("observer"));
    }

    @Test
    void anEvaluationAnswersAndStoresNothing() {
        String before = Api.as(Role.VIEWER).get("/api/v1/decisions?limit=1").asString();
        Api.json(Role.VIEWER, Samples.EVALUATION)
                .post("/api/v1/evaluations")
                .then()
                .statusCode(200)
                .body("findings[0].code", equalTo("PRINCIPAL_LOST"))
                .body("decisions[0].remediation", equalTo("MIRROR_FAILOVER"))
                .body("decisions[0].rule", equalTo("B3"))
                .body("decisions[0].rejected.remediation", hasItem("POOL_FAILOVER"));
        Api.as(Role.VIEWER).get("/api/v1/decisions?limit=1").then().body(equalTo(before));
    }

    @Test
    void aSeriesTellsWhenWhatIsDecidedChanged() {
        Api.json(Role.VIEWER, Samples.EVALUATION.replaceFirst("\\{", "{\"series\": {}, "))
                .post("/api/v1/evaluations")
                .then()
                .statusCode(200)
                .body("decisions[0].remediation", equalTo("MIRROR_FAILOVER"))
                .body("timeline[-1].at", equalTo("2026-01-01T00:01:40Z"))
                .body("timeline[-1].decisions[0].remediation", equalTo("MIRROR_FAILOVER"));
    }

    private static String observation(String id, String component, String observer, Instant at) {
        return ("{\"id\": \"%s\", \"component\": \"%s\", \"status\": \"UP\", \"observer\": \"%s\", \"observedAt\": \"%s\"}")
                .formatted(id, component, observer, at);
    }
}
