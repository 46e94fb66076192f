package io.understudy.app;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.understudy.access.ApiKey;
import io.understudy.access.KeyAudit;
import io.understudy.access.KeyStore;
import io.understudy.access.Keys;
import io.understudy.access.Role;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The application as it starts without any configuration. */
@QuarkusTest
class ApplicationTest {

    private static final String KEY = "a-key-of-the-application-test";

    @ConfigProperty(name = "understudy.embedded")
    boolean embedded;

    private final KeyStore keys;

    @Inject
    ApplicationTest(KeyStore keys) {
        this.keys = keys;
    }

    @BeforeEach
    void makeKey() {
        ApiKey key = Keys.keep(KEY, "tests", Set.of(Role.MONITOR), Instant.EPOCH);
        keys.add(key, KeyAudit.made(key, "tests"));
    }

    @Test
    void isReadyOnItsEmbeddedDatabase() {
        given().get("/q/health").then().statusCode(200).body("status", is("UP"));
        assertTrue(embedded);
        assertTrue(Files.exists(Path.of("target/data/postgres/data/PG_VERSION")));
    }

    @Test
    void hasMetrics() {
        given().get("/q/metrics").then().statusCode(401);
        withKey().get("/q/metrics").then().statusCode(200).body(containsString("jvm_"));
    }

    @Test
    void servesTheContractAsItIs() throws IOException {
        var yaml = new YAMLMapper();
        String served = withKey().get("/openapi").then().statusCode(200).extract().asString();
        assertEquals(yaml.readTree(Path.of("openapi.yaml").toFile()), yaml.readTree(served));
    }

    private static RequestSpecification withKey() {
        return given().header("Authorization", "Bearer " + KEY);
    }
}
