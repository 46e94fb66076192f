package io.understudy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.access.Grants;
import io.understudy.access.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenClaimsTest {

    private static final Grants ADMIN = Grants.everywhere(Set.of(Role.ADMIN));

    @ParameterizedTest
    @ValueSource(strings = {"\"ops\"", "[\"ops\"]", "[\"others\", 7, \"ops\"]"})
    void aGroupIsAText(String groups) {
        assertEquals(ADMIN, caller("olga", groups).orElseThrow().grants());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"x\": \"ops\"}",
                "[7]",
                "7",
                "[true]",
                "true",
                "[[\"ops\"]]",
                "null",
                "[]"
            })
    void whatIsNoTextNamesNoGroup(String groups) {
        assertEquals(Grants.NONE, caller("olga", groups).orElseThrow().grants());
    }

    @Test
    void nobodyIsTheServiceItself() {
        for (String name : List.of("understudy", "Understudy", " understudy ", "understudy\\t")) {
            assertEquals(Optional.empty(), caller(name, "[\"ops\"]"), name);
        }
    }

    private static Optional<Caller> caller(String name, String groups) {
        String claims = "{\"name\": \"" + name + "\", \"groups\": " + groups + "}";
        OidcSettings.Provider provider =
                new OidcSettings.Provider(
                        "https://sso.contoso.com",
                        List.of("understudy"),
                        Optional.empty(),
                        "groups",
                        "name",
                        Duration.ZERO,
                        Duration.ZERO,
                        Optional.empty(),
                        false,
                        Map.of("ops", ADMIN, "7", ADMIN, "true", ADMIN));
        String payload =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return new TokenClaims(provider, InstantSource.system())
                .caller("header." + payload + ".signature", Caller.Credential.TOKEN);
    }
}
