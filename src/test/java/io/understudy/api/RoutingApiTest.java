package io.understudy.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.understudy.access.KeyStore;
import io.understudy.access.Role;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The routing over HTTP: refused with its place, warned of, kept in versions, audited. */
@QuarkusTest
class RoutingApiTest {

    private static final String ROUTING = "/api/v1/routing";

    private final KeyStore keys;

    @Inject
    RoutingApiTest(KeyStore keys) {
        this.keys = keys;
    }

    @BeforeEach
    void makeKeys() {
        Api.keys(keys);
    }

    private static Response put(String document) {
        return Api.json(Role.ADMIN, document).header("If-Match", "*").put(ROUTING);
    }

    @Test
    void aRoutingThatNamesWhatThereIsNotOrTiesIsRefusedWithItsPlace() {
        put("{\"routes\": [{\"executor\": \"bash\"}]}")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/routes/0/executor"))
                .body("errors[0].message", containsString("simulator"));
        put("{\"routes\": [{\"executor\": \"simulator\"}, {\"executor\": \"simulator\"}]}")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/routes/1"))
                .body("errors[0].code", equalTo("TIE"));
        put("{\"managementServers\": [{\"name\": \"a\", \"site\": \"dublin\", \"transport\": \"SSH\","
                        + " \"user\": \"u\", \"host\": \"a.contoso.com;id\"}]}")
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/managementServers/0/host"));
    }

    @Test
    void whatTheEstateDoesNotHaveIsWarnedOfAndTheVersionIsKeptAndAudited() {
        Response saved = put("{\"routes\": [{\"site\": \"rome\", \"executor\": \"simulator\"}]}");
        saved.then()
                .statusCode(200)
                .body("warnings[0].code", equalTo("UNKNOWN_SCOPE"))
                .body("warnings[0].pointer", equalTo("/routes/0/site"));
        int version = saved.path("version");
        put("{}").then().statusCode(200);
        Api.as(Role.VIEWER)
                .get(ROUTING + "/versions/" + version)
                .then()
                .statusCode(200)
                .body("routes[0].site", equalTo("rome"));
        Api.as(Role.VIEWER)
                .get("/api/v1/audit?limit=50")
                .then()
                .statusCode(200)
                .body("items.action", hasItem("ROUTING_CHANGED"));
    }
}
