package io.understudy.api;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.understudy.access.KeyStore;
import io.understudy.access.Role;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@Timeout(60)
class ReplicaApiTest {

    private final KeyStore keys;

    @Inject
    ReplicaApiTest(KeyStore keys) {
        this.keys = keys;
    }

    @BeforeEach
    void makeKeys() {
        Api.keys(keys);
    }

    @Test
    void theOnlyReplicaIsAliveAndHasEverythingInHand() {
        // at a change of shifts nobody has it for a moment
        Response replicas = get();
        while (!replicas.path("items[0].evaluation").equals(true)
                || replicas.path("items[0].probing.size()").equals(0)) {
            replicas = get();
        }
        replicas.then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].alive", equalTo(true));
    }

    private static Response get() {
        return Api.as(Role.VIEWER).get("/api/v1/replicas");
    }
}
