package io.understudy.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.understudy.access.Grant;
import io.understudy.access.Role;
import io.understudy.access.Scope;
import io.understudy.api.OidcSettings;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.SiteName;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OidcWiringTest {

    private static final Map<String, String> GOOD =
            Map.of(
                    "auth-server-url", "https://sso.contoso.com/realms/ops",
                    "audience", "understudy",
                    "client-id", "understudy-console",
                    "client-secret", "x".repeat(OidcWiring.SHORTEST_SECRET),
                    "grants.\"ops-dublin\".role", "OPERATOR,approver",
                    "grants.\"ops-dublin\".sites", "dublin",
                    "grants.\"ops-dublin\".pools", "pool1.contoso.com",
                    "grants.admins.role", "admin");

    @Test
    void nobodySignsInUnlessAProviderIsConfigured() {
        assertTrue(settings(Map.of()).provider().isEmpty());
    }

    @Test
    void groupsBecomeRolesWhereTheyHold() {
        OidcSettings.Provider provider = settings(GOOD).provider().orElseThrow();

        Scope scope =
                new Scope.Within(
                        Set.of(new SiteName("dublin")), Set.of(new PoolFqdn("pool1.contoso.com")));
        assertEquals(
                Set.of(new Grant(Role.OPERATOR, scope), new Grant(Role.APPROVER, scope)),
                provider.grants().get("ops-dublin").all());
        assertTrue(provider.grants().get("admins").everywhere(Role.ADMIN));
        assertFalse(provider.approvalByKey());
        assertEquals("groups", provider.groupsClaim());
    }

    @Test
    void whatWouldLetInOthersIsRefusedByName() {
        refused("auth-server-url", "http://sso.contoso.com", "auth-server-url");
        refused("audience", "", "audience");
        refused("audience", "any", "audience");
        refused("audience", "understudy-console", "audience");
        refused("client-secret", "short", "client-secret");
        refused("clock-skew", "PT1H", "clock-skew");
        refused("grants.\"ops-dublin\".sites", "", "grants.\"ops-dublin\".sites");
    }

    @Test
    void theSecretIsNotShown() {
        assertFalse(settings(GOOD).toString().contains("xxx"));
        String message = refused("client-secret", "guessable", "client-secret");
        assertFalse(message.contains("guessable"));
    }

    private static String refused(String setting, String value, String named) {
        Map<String, String> changed = new HashMap<>(GOOD);
        changed.put(setting, value);
        String message =
                assertThrows(IllegalStateException.class, () -> settings(changed)).getMessage();
        assertTrue(message.contains("understudy.oidc." + named), message);
        return message;
    }

    private static OidcSettings settings(Map<String, String> values) {
        Map<String, String> named = new HashMap<>();
        values.forEach((name, value) -> named.put(OidcWiring.PREFIX + name, value));
        SmallRyeConfig config =
                new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withMapping(OidcConfiguration.class)
                        .withDefaultValues(named)
                        .build();
        return OidcWiring.settings(config.getConfigMapping(OidcConfiguration.class), false, config);
    }
}
