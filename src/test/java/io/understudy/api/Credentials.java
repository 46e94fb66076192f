package io.understudy.api;

import io.restassured.specification.RequestSpecification;
import io.understudy.access.ApiKey;
import io.understudy.access.Grant;
import io.understudy.access.Grants;
import io.understudy.access.KeyAudit;
import io.understudy.access.KeyStore;
import io.understudy.access.Keys;
import io.understudy.access.Role;
import io.understudy.access.Scope;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.SiteName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Keys of tests that are not as they should be, and keys whose roles hold in some places only. */
final class Credentials {

    static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00Z");

    /** A site where nothing is but an observer. */
    static final Scope LISBON = site("lisbon");

    /** An alert of the store at Redmond, of which an observer at Dublin speaks. */
    static final String NOTIFICATION =
            Samples.NOTIFICATION.replace(
                    "\"store\": \"be1\"", "\"store\": \"be1\", \"observer\": \"o-dublin\"");

    private final KeyStore keys;

    Credentials(KeyStore keys) {
        this.keys = keys;
    }

    /** Every role, and used up. */
    String expired() {
        String key = "understudy_test_key_that_has_expired";
        add(
                Keys.keep(
                        key,
                        "late",
                        Grants.everywhere(Set.of(Role.values())),
                        BEFORE,
                        Optional.of(BEFORE.plusSeconds(1))));
        return key;
    }

    /** Every role, and taken back. */
    String revoked() {
        String key = "understudy_test_key_that_was_revoked";
        var kept = Keys.keep(key, "stolen", Set.of(Role.values()), BEFORE);
        add(kept);
        keys.revoke(
                kept.id(),
                BEFORE.plusSeconds(1),
                KeyAudit.revoked(kept.id(), "tests", BEFORE.plusSeconds(1)));
        return key;
    }

    /** A good key of an administrator but for its last character. */
    String tampered() {
        add(Keys.keep(Api.key(Role.ADMIN), "admin", Set.of(Role.ADMIN), BEFORE));
        return Api.key(Role.ADMIN).replaceFirst(".$", "X");
    }

    /** A key of one role that holds in some places only. */
    String scoped(Role role, Scope scope) {
        String key =
                ("understudy_test_key_of_" + role + "_at_" + scope)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]", "_");
        add(
                Keys.keep(
                        key,
                        "scoped",
                        new Grants(Set.of(new Grant(role, scope))),
                        BEFORE,
                        Optional.empty()));
        return key;
    }

    private void add(ApiKey key) {
        keys.add(key, KeyAudit.made(key, "tests"));
    }

    static Scope site(String name) {
        return new Scope.Within(Set.of(new SiteName(name)), Set.of());
    }

    static Scope pool(String fqdn) {
        return new Scope.Within(Set.of(), Set.of(new PoolFqdn(fqdn)));
    }

    static RequestSpecification with(String key) {
        return Api.anonymous().header("Authorization", "Bearer " + key);
    }

    static RequestSpecification json(String key, String body) {
        return with(key)
                .contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8));
    }
}
