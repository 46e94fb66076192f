package io.understudy.app;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartupChecksTest {

    private static final String ANYWHERE = "0.0.0.0";

    @Test
    void theDefaultsAreTaken() {
        Settings settings = settings(Map.of());

        assertDoesNotThrow(() -> StartupChecks.check(settings, "127.0.0.1", "enabled"));
        assertEquals("data", settings.dataDir());
        assertEquals(false, settings.simulated());
    }

    @Test
    void keysDoNotGoOverTheNetworkInTheClear() {
        refused(Map.of(), ANYWHERE, "enabled", "quarkus.http.host");
        refused(Map.of(), "no.such.host.invalid", "enabled", "quarkus.http.host");
        taken(Map.of(), ANYWHERE, "disabled");
        taken(Map.of(), ANYWHERE, "redirect");
        taken(Map.of(), "localhost", "enabled");
        taken(Map.of("understudy.http.plain-text-allowed", "true"), ANYWHERE, "enabled");
    }

    @Test
    void aSimulatedEstateIsNotTakenForTheRealOne() {
        String enabled = "understudy.simulator.enabled";
        refused(Map.of(enabled, "true"), "127.0.0.1", "enabled", enabled);
        taken(Map.of(enabled, "true", "understudy.embedded", "true"), "127.0.0.1", "enabled");
        taken(
                Map.of(enabled, "true", "understudy.simulator.beside-external-database", "true"),
                "127.0.0.1",
                "enabled");
        assertTrue(settings(Map.of("understudy.embedded", "true")).simulated());
        assertEquals(
                false,
                settings(Map.of("understudy.embedded", "true", enabled, "false")).simulated());
    }

    @Test
    void anAdministratorsKeyThatCouldBeGuessedIsRefusedAndNotShown() {
        String key = "understudy.admin-key";
        String weak = "x".repeat(StartupChecks.SHORTEST_KEY - 1);

        String message = refused(Map.of(key, weak), "127.0.0.1", "enabled", key);

        assertEquals(false, message.contains(weak));
        taken(Map.of(key, weak + "x"), "127.0.0.1", "enabled");
    }

    @Test
    void aLoopThatNeverRestsIsRefused() {
        refused(
                Map.of("understudy.loop.pause", "PT0S"),
                "127.0.0.1",
                "enabled",
                "understudy.loop.pause");
    }

    @Test
    void timesThatTakeTheLivingForDeadAreRefused() {
        String replica = "understudy.replica.";
        for (Map.Entry<String, String> wrong :
                Map.of(
                                replica + "heartbeat",
                                "PT0S",
                                replica + "polling",
                                "PT0S",
                                replica + "missed-heartbeats",
                                "3",
                                replica + "shift",
                                "PT5S",
                                replica + "slices",
                                "0",
                                replica + "act-within",
                                "PT0S",
                                "understudy.run.lease-time",
                                "PT2.9S",
                                "understudy.run.threads",
                                "0")
                        .entrySet()) {
            String last = wrong.getKey().substring(wrong.getKey().lastIndexOf('.'));
            refused(Map.of(wrong.getKey(), wrong.getValue()), "127.0.0.1", "enabled", last);
        }
        taken(Map.of(replica + "shift", "PT5.001S"), "127.0.0.1", "enabled");
        taken(Map.of("understudy.run.lease-time", "PT3S"), "127.0.0.1", "enabled");
    }

    @Test
    void whoeverMaySayWhereARequestComesFromIsNamed() {
        assertThrows(
                IllegalStateException.class,
                () -> StartupChecks.checkProxy(true, Optional.empty()));
        assertDoesNotThrow(() -> StartupChecks.checkProxy(true, Optional.of(List.of("10.0.0.1"))));
        assertDoesNotThrow(() -> StartupChecks.checkProxy(false, Optional.empty()));
    }

    @Test
    void theServerDoesNotCutOffWhatIsStillTaken() {
        for (long servers : new long[] {99, 100}) {
            String message =
                    assertThrows(
                                    IllegalStateException.class,
                                    () -> StartupChecks.checkBodies(100, Optional.of(servers)))
                            .getMessage();
            assertTrue(message.contains("understudy.api.max-body-size"), message);
            assertTrue(message.contains("quarkus.http.limits.max-body-size"), message);
        }
        assertDoesNotThrow(() -> StartupChecks.checkBodies(100, Optional.of(101L)));
        assertDoesNotThrow(() -> StartupChecks.checkBodies(100, Optional.empty()));
    }

    private static void taken(Map<String, String> values, String host, String insecure) {
        assertDoesNotThrow(() -> StartupChecks.check(settings(values), host, insecure));
    }

    private static String refused(
            Map<String, String> values, String host, String insecure, String key) {
        IllegalStateException refusal =
                assertThrows(
                        IllegalStateException.class,
                        () -> StartupChecks.check(settings(values), host, insecure));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains(key), message);
        return message;
    }

    private static Settings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(Settings.class)
                .withDefaultValues(values)
                .addDefaultInterceptors()
                .build()
                .getConfigMapping(Settings.class);
    }
}
