package io.understudy.app;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The application as it starts without any configuration. */
@QuarkusTest
class ApplicationTest {

    @ConfigProperty(name = "understudy.embedded")
    boolean embedded;

    @Test
    void isReadyOnItsEmbeddedDatabase() {
        given().get("/q/health").then().statusCode(200).body("status", is("UP"));
        assertTrue(embedded);
        assertTrue(Files.exists(Path.of("target/data/postgres/data/PG_VERSION")));
    }

    @Test
    void hasMetrics() {
        given().get("/q/metrics").then().statusCode(200).body(containsString("jvm_"));
    }

    @Test
    void servesTheContractAsItIs() throws IOException {
        var yaml = new YAMLMapper();
        String served = given().get("/openapi").then().statusCode(200).extract().asString();
        assertEquals(yaml.readTree(Path.of("openapi.yaml").toFile()), yaml.readTree(served));
    }
}
