package io.understudy.api;

import static io.restassured.RestAssured.given;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.understudy.access.ApiKey;
import io.understudy.access.KeyAudit;
import io.understudy.access.KeyStore;
import io.understudy.access.Keys;
import io.understudy.access.Role;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/** Requests of tests: with a key of a role, every answer held against the contract. */
final class Api {

    /** Content types as they are written, without a character set that nobody asked for. */
    private static final RestAssuredConfig PLAIN =
            RestAssuredConfig.config()
                    .encoderConfig(
                            EncoderConfig.encoderConfig()
                                    .appendDefaultContentCharsetToContentTypeIfUndefined(false));

    private Api() {}

    /** The key of tests that have this role. */
    static String key(Role role) {
        return "understudy_test_key_of_" + role.name().toLowerCase(Locale.ROOT);
    }

    /** Makes the keys of tests, where they are not there yet. */
    static void keys(KeyStore store) {
        for (Role role : Role.values()) {
            ApiKey key =
                    Keys.keep(
                            key(role),
                            role.name().toLowerCase(Locale.ROOT),
                            Set.of(role),
                            Instant.parse("2026-01-01T00:00:00Z"));
            store.add(key, KeyAudit.made(key, "tests"));
        }
    }

    static RequestSpecification as(Role role) {
        return anonymous().header("Authorization", "Bearer " + key(role));
    }

    static RequestSpecification anonymous() {
        return given().config(PLAIN).filter(new ContractFilter()).urlEncodingEnabled(false);
    }

    static RequestSpecification json(Role role, String body) {
        return as(role).contentType(ContentType.JSON)
                .body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
