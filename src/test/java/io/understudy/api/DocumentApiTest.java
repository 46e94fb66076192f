package io.understudy.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.understudy.access.KeyStore;
import io.understudy.access.Role;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents: read in two forms, replaced with care, kept in versions. */
@QuarkusTest
class DocumentApiTest {

    private static final String ESTATE = "/api/v1/estate";
    private static final int WRITERS = 8;

    private final KeyStore keys;

    @Inject
    DocumentApiTest(KeyStore keys) {
        this.keys = keys;
    }

    @BeforeEach
    void makeKeys() {
        Api.keys(keys);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/estate", "/api/v1/policy", "/api/v1/mapping", "/api/v1/routing"})
    void aDocumentThatWasReadCanBePutBack(String path) {
        Response read = Api.as(Role.VIEWER).get(path);
        read.then().statusCode(200).contentType("application/json");
        String tag = read.header("ETag");
        Response put = Api.json(Role.ADMIN, read.asString()).header("If-Match", tag).put(path);
        put.then().statusCode(200).body("savedBy", equalTo("admin"));
        assertNotEquals(tag, put.header("ETag"));
        Api.as(Role.VIEWER).get(path).then().header("ETag", put.header("ETag"));
        Api.json(Role.ADMIN, read.asString())
                .header("If-Match", tag)
                .put(path)
                .then()
                .statusCode(412)
                .body("type", equalTo("urn:understudy:problem:version-conflict"))
                .body("detail", containsString(put.path("version").toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/estate", "/api/v1/policy", "/api/v1/mapping", "/api/v1/routing"})
    void aDocumentIsYamlForWhoeverAcceptsIt(String path) {
        Response read = Api.as(Role.VIEWER).accept("application/yaml").get(path);
        read.then().statusCode(200).contentType("application/yaml").header("Vary", "Accept");
        Api.as(Role.ADMIN)
                .contentType("application/yaml")
                .body(read.asByteArray())
                .header("If-Match", read.header("ETag"))
                .put(path)
                .then()
                .statusCode(200);
        Api.as(Role.VIEWER).accept("*/*").get(path).then().contentType("application/json");
        Api.as(Role.VIEWER).accept("image/png").get(path).then().statusCode(406);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/estate", "/api/v1/policy", "/api/v1/mapping", "/api/v1/routing"})
    void nobodyReplacesADocumentUnseen(String path) {
        String document = Api.as(Role.VIEWER).get(path).asString();
        Api.json(Role.ADMIN, document)
                .put(path)
                .then()
                .statusCode(428)
                .body("type", equalTo("urn:understudy:problem:precondition-required"));
        Api.json(Role.ADMIN, document)
                .header("If-Match", "\"900000\"")
                .put(path)
                .then()
                .statusCode(412);
        Api.json(Role.ADMIN, document).header("If-Match", "*").put(path).then().statusCode(200);
        Api.json(Role.ADMIN, document)
                .header("If-None-Match", "*")
                .put(path)
                .then()
                .statusCode(412);
    }

    @Test
    void whoHasTheDocumentIsNotSentItAgain() {
        Response read = Api.as(Role.VIEWER).get(ESTATE);
        Api.as(Role.VIEWER)
                .header("If-None-Match", read.header("ETag"))
                .get(ESTATE)
                .then()
                .statusCode(304)
                .header("ETag", read.header("ETag"));
    }

    @Test
    void ofManyWritersWithTheSameVersionOneWins() throws Exception {
        Response read = Api.as(Role.VIEWER).get(ESTATE);
        CountDownLatch start = new CountDownLatch(WRITERS);
        Callable<Integer> writer =
                () -> {
                    var request =
                            Api.json(Role.OPERATOR, read.asString())
                                    .header("If-Match", read.header("ETag"));
                    start.countDown();
                    start.await();
                    return request.put(ESTATE).statusCode();
                };
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : threads.invokeAll(Collections.nCopies(WRITERS, writer))) {
                statuses.add(answer.get());
            }
        }
        Collections.sort(statuses);
        List<Integer> expected = new ArrayList<>(Collections.nCopies(WRITERS, 412));
        expected.set(0, 200);
        assertEquals(expected, statuses);
    }

    @Test
    void anEstateThatBreaksRulesIsRefusedAndSaysWhich() {
        String broken =
                Samples.ESTATE.replace(
                        "\"backupPool\": \"pool1.contoso.com\"",
                        "\"backupPool\": \"pool9.contoso.com\"");
        Api.json(Role.OPERATOR, broken)
                .header("If-Match", "*")
                .put(ESTATE)
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:understudy:problem:invalid-document"))
                .body("errors.pointer", hasItem("/pools/1/backupPool"))
                .body("whatToDo", containsString("errors"));
        Api.json(Role.VIEWER, broken)
                .post(ESTATE + "/validate")
                .then()
                .statusCode(200)
                .body("valid", equalTo(false))
                .body(
                        "violations.findAll { it.severity == 'ERROR' }.pointer",
                        hasItem("/pools/1/backupPool"));
    }

    @Test
    void anEstateCanBeTriedWithoutBeingStored() {
        String before = Api.as(Role.VIEWER).get(ESTATE).header("ETag");
        Api.json(Role.VIEWER, Samples.ESTATE)
                .post(ESTATE + "/validate")
                .then()
                .statusCode(200)
                .body("valid", equalTo(true));
        Api.json(Role.VIEWER, "{\"name\": 7}")
                .post(ESTATE + "/validate")
                .then()
                .statusCode(200)
                .body("valid", equalTo(false))
                .body("violations[0].pointer", equalTo("/name"));
        assertEquals(before, Api.as(Role.VIEWER).get(ESTATE).header("ETag"));
    }

    @Test
    void everyVersionOfTheEstateIsKept() {
        String document = Api.as(Role.VIEWER).get(ESTATE).asString();
        for (int i = 0; i < 2; i++) {
            Api.json(Role.OPERATOR, document)
                    .header("If-Match", "*")
                    .put(ESTATE)
                    .then()
                    .statusCode(200);
        }
        Response first = Api.as(Role.VIEWER).get(ESTATE + "/versions?limit=1");
        first.then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].savedBy", equalTo("operator"));
        int newest = first.path("items[0].version");
        Api.as(Role.VIEWER)
                .get(ESTATE + "/versions?limit=1&cursor=" + first.path("next"))
                .then()
                .statusCode(200)
                .body("items[0].version", equalTo(newest - 1));
        Api.as(Role.VIEWER)
                .get(ESTATE + "/versions/" + newest)
                .then()
                .statusCode(200)
                .header("ETag", "\"" + newest + "\"")
                .body("name", equalTo("contoso"));
        Api.as(Role.VIEWER).get(ESTATE + "/versions/2000000").then().statusCode(404);
    }

    @Test
    void changesAreAudited() {
        String document = Api.as(Role.VIEWER).get("/api/v1/mapping").asString();
        Api.json(Role.OPERATOR, document)
                .header("If-Match", "*")
                .put("/api/v1/mapping")
                .then()
                .statusCode(200);
        Api.as(Role.VIEWER)
                .get("/api/v1/audit?limit=50")
                .then()
                .statusCode(200)
                .body("items.action", hasItems("MAPPING_CHANGED"))
                .body("items[0].number", greaterThan(0));
    }

    @Test
    void schemasAreServedForEditors() {
        Api.as(Role.VIEWER)
                .get("/api/v1/schemas/Estate")
                .then()
                .statusCode(200)
                .body("$ref", equalTo("#/$defs/Estate"))
                .body("$schema", startsWith("https://json-schema.org/draft/2020-12"));
        Api.as(Role.VIEWER).get("/api/v1/schemas/Nothing").then().statusCode(404);
    }
}
