package io.understudy.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.understudy.adapter.sqlserver.SqlServerSettings;
import io.understudy.adapter.sqlserver.SqlServerSettings.Encryption;
import io.understudy.adapter.sqlserver.SqlServerTarget;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SqlServerConfigurationTest {

    private static final String PREFIX = "understudy.sqlserver.";
    private static final SqlInstance SQL1 =
            new SqlInstance(new ServerFqdn("sql1.contoso.com"), "rtc");

    private static SqlServerConfiguration given(String... settings) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put(PREFIX + settings[i], settings[i + 1]);
        }
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withDefaultValues(values)
                .withMapping(SqlServerConfiguration.class)
                .build()
                .getConfigMapping(SqlServerConfiguration.class);
    }

    @Test
    void withoutInstancesThereIsNone() {
        assertTrue(given().instances().isEmpty());
        SqlServerSettings settings = given().settings();
        assertEquals(Encryption.MANDATORY, settings.encryption());
        assertFalse(settings.dangerouslyTrustAnyCertificate());
        assertEquals(Duration.ofSeconds(3), settings.connectLimit());
        assertEquals(Duration.ofSeconds(3), settings.queryLimit());
        assertEquals(Duration.ofSeconds(2), settings.socketGrace());
        assertEquals(Duration.ofSeconds(30), settings.settleLimit());
        assertEquals(Duration.ofMillis(500), settings.settlePause());
    }

    @Test
    void anInstanceHasTheCommonLoginUnlessItHasItsOwn() {
        Map<SqlInstance, SqlServerTarget> targets =
                given(
                                "user", "understudy",
                                "credential", "file:sql",
                                "instances[0].component", "sql:sql1.contoso.com/rtc",
                                "instances[0].port", "14331",
                                "instances[0].address", "10.0.0.7",
                                "instances[0].certificate-host", "sql.contoso.com",
                                "instances[1].component", "sql:sql2.contoso.com/rtc",
                                "instances[1].user", "other",
                                "instances[1].credential", "file:other")
                        .settings()
                        .targets();
        assertEquals(
                new SqlServerTarget(
                        Optional.of("10.0.0.7"),
                        Optional.of(14331),
                        Optional.of("sql.contoso.com"),
                        new SqlServerTarget.SqlLogin("understudy", "file:sql")),
                targets.get(SQL1));
        assertTrue(
                targets.values().stream()
                        .anyMatch(t ->
                                t.login()
                                        .equals(
                                                new SqlServerTarget.SqlLogin(
                                                        "other", "file:other"))));
    }

    @Test
    void withoutAUserItIsKerberos() {
        SqlServerTarget target =
                given("instances[0].component", "sql:sql1.contoso.com/rtc")
                        .settings()
                        .targets()
                        .get(SQL1);
        assertInstanceOf(SqlServerTarget.Kerberos.class, target.login());
    }

    @Test
    void theRestIsReadAsItIsNamed() {
        SqlServerSettings settings =
                given(
                                "encryption", "strict",
                                "dangerously-trust-any-certificate", "true",
                                "trust-store", "/etc/ca.p12",
                                "trust-store-credential", "file:ca",
                                "log-shipping.chat1.share", "\\\\fs1\\mgc",
                                "log-shipping.chat1.copied", "E:\\mgc")
                        .settings();
        assertEquals(Encryption.STRICT, settings.encryption());
        assertTrue(settings.dangerouslyTrustAnyCertificate());
        assertEquals("/etc/ca.p12", settings.trustStore().orElseThrow().toString());
        assertEquals(Optional.of("file:ca"), settings.trustStoreCredential());
        assertEquals(
                new SqlServerSettings.Shipping("\\\\fs1\\mgc", Optional.of("E:\\mgc")),
                settings.shipping().get(new StoreName("chat1")));
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        refused("instances", "instances[0].component", "pool:pool1.contoso.com");
        refused(
                "credential",
                "user",
                "understudy",
                "instances[0].component",
                "sql:sql1.contoso.com/rtc");
        refused("connectLimit", "connect-limit", "PT0.5S");
        refused("queryLimit", "query-limit", "PT61S");
        refused("socketGrace", "socket-grace", "PT0S");
        refused("settleLimit", "settle-limit", "PT0S");
        refused("settlePause", "settle-pause", "PT0S");
    }

    private static void refused(String named, String... settings) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> given(settings).settings());
        assertTrue(String.valueOf(e.getMessage()).contains(named), e.getMessage());
    }
}
