package io.understudy.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.understudy.access.Grants;
import io.understudy.access.KeyStore;
import io.understudy.access.Role;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may do what, for every operation of the contract. */
@QuarkusTest
class RolesTest {

    private final KeyStore keys;

    @Inject
    RolesTest(KeyStore keys) {
        this.keys = keys;
    }

    @BeforeEach
    void makeKeys() {
        Api.keys(keys);
    }

    @Test
    void nothingIsToldWithoutAKey() {
        for (Contract.Operation operation : Contract.read().operations()) {
            Response answer = send(Api.anonymous(), operation);
            assertEquals(401, answer.statusCode(), operation.toString());
            assertTrue(
                    answer.header("WWW-Authenticate").startsWith("Bearer"), operation.toString());
            answer.then().body("type", equalTo("urn:understudy:problem:unauthorized"));
        }
    }

    @Test
    void whatIsNotARouteIsNotToldWithoutAKeyEither() {
        Api.anonymous().get("/api/v1/nothing").then().statusCode(401);
        Api.anonymous().get("/openapi").then().statusCode(401);
        Api.anonymous().get("/q/metrics").then().statusCode(401);
        Api.anonymous().get("/").then().statusCode(401);
        Api.anonymous().get("/q/health/live").then().statusCode(200);
    }

    @Test
    void everyOperationRefusesEveryRoleButItsOwnAndThoseAboveIt() {
        for (Contract.Operation operation : Contract.read().operations()) {
            for (Role role : Role.values()) {
                boolean may =
                        Roles.names(Grants.everywhere(Set.of(role))).contains(operation.role());
                if (!may) {
                    assertEquals(
                            403,
                            send(Api.as(role), operation).statusCode(),
                            role + " on " + operation);
                } else if (!operation.path().endsWith("/events") && !changes(operation)) {
                    int status = send(Api.as(role), operation).statusCode();
                    assertNotEquals(403, status, role + " on " + operation);
                    assertNotEquals(401, status, role + " on " + operation);
                }
            }
        }
    }

    @Test
    void aMonitorMayOnlyPostWhatItSaw() {
        Set<String> own = Set.of("POST /api/v1/observations", "POST /api/v1/webhooks/alertmanager");
        for (Contract.Operation operation : Contract.read().operations()) {
            assertEquals(
                    own.contains(operation.toString()),
                    Roles.names(Grants.everywhere(Set.of(Role.MONITOR))).contains(operation.role()),
                    operation.toString());
        }
    }

    @Test
    void aKeyIsShownOnceWorksAndWorksNoMoreWhenRevoked() {
        Response made =
                Api.json(Role.ADMIN, "{\"name\": \"wall\", \"roles\": [\"viewer\"]}")
                        .post("/api/v1/keys");
        made.then().statusCode(201).header("Location", containsString("/api/v1/keys/"));
        String secret = made.path("key");
        String id = made.path("id");
        Api.as(Role.ADMIN)
                .get("/api/v1/keys")
                .then()
                .statusCode(200)
                .body(not(containsString(secret)))
                .body("items.find { it.id == '" + id + "' }.name", equalTo("wall"));
        withKey(secret).get("/api/v1/runs").then().statusCode(200);
        Api.as(Role.ADMIN).delete("/api/v1/keys/" + id).then().statusCode(204);
        withKey(secret).get("/api/v1/runs").then().statusCode(401);
        Api.as(Role.ADMIN).delete("/api/v1/keys/" + id).then().statusCode(404);
        Api.as(Role.VIEWER)
                .get("/api/v1/audit?limit=5")
                .then()
                .statusCode(200)
                .body("items[0].action", equalTo("KEY_REVOKED"))
                .body("items[0].subject", equalTo("key:" + id))
                .body("items[0].actor", equalTo("admin"))
                .body(not(containsString(secret)));
    }

    @Test
    void whatIsNoKeyOfOursIsRefused() {
        for (String header :
                new String[] {
                    "Bearer wrong",
                    "Bearer",
                    "Bearer ",
                    "Basic dTpw",
                    "bearer a b",
                    "Bearer ü",
                    "",
                    "Token x"
                }) {
            Api.anonymous()
                    .header("Authorization", header)
                    .get("/api/v1/runs")
                    .then()
                    .statusCode(401)
                    .body("status", equalTo(401));
        }
        Api.anonymous()
                .header("Authorization", "Bearer " + Api.key(Role.ADMIN))
                .header("Authorization", "Bearer " + Api.key(Role.VIEWER))
                .get("/api/v1/runs")
                .then()
                .statusCode(401);
    }

    @Test
    void everyAnswerCarriesTheHeadersOfCaution() {
        Api.as(Role.VIEWER)
                .get("/api/v1/runs")
                .then()
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Cache-Control", "no-store");
        Api.anonymous().get("/api/v1/runs").then().header("X-Frame-Options", "DENY");
    }

    private static boolean changes(Contract.Operation operation) {
        return !operation.method().equals("GET") && !operation.takesBody();
    }

    private static RequestSpecification withKey(String key) {
        return Api.anonymous().header("Authorization", "Bearer " + key);
    }

    /** A request that changes nothing, whatever it is answered. */
    private static Response send(RequestSpecification request, Contract.Operation operation) {
        String path = operation.path().replaceAll("\\{[a-z]+}", "none");
        RequestSpecification sent =
                operation.takesBody() ? request.contentType("application/json").body("[") : request;
        return sent.request(operation.method().toUpperCase(Locale.ROOT), path);
    }
}
