package io.understudy.intake;

import static io.understudy.intake.Alerts.RECEIVED;
import static io.understudy.intake.Alerts.notification;
import static io.understudy.intake.Alerts.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.document.DocumentReader;
import io.understudy.document.EstateDocument;
import io.understudy.document.Format;
import io.understudy.document.ObservationDocument;
import io.understudy.document.Samples;
import io.understudy.document.Schemas;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.health.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole notifications, as Alertmanager sends them. */
class RecordedNotificationsTest {

    @ParameterizedTest
    @ValueSource(strings = {"alertmanager-firing.json", "alertmanager-resolved.json"})
    void aNotificationAsAlertmanagerSendsItIsUnderstood(String name) throws IOException {
        try (InputStream body =
                RecordedNotificationsTest.class.getResourceAsStream("/intake/" + name)) {
            JsonNode notification = DocumentReader.read(body.readAllBytes(), Format.JSON);
            Received received = read(notification);
            assertEquals(List.of(), received.unmatched());
            assertEquals(notification.path("alerts").size(), received.observations().size());
            received.observations()
                    .forEach(o -> Schemas.check("Observation", ObservationDocument.write(o)));
        }
    }

    @Test
    void recordedNotificationsAreUnderstood() throws IOException {
        Path recorded =
                Path.of(System.getProperty("understudy.samples", "../shared/samples"))
                        .resolve("alertmanager");
        assumeTrue(
                Files.isDirectory(recorded), "there are no recorded notifications at " + recorded);
        Estate estate =
                EstateDocument.read(
                        Samples.yaml(
                                "{name: hq, sites: [{name: hq}], pools: [{fqdn: pool01.example.test, role: MEDIATION, release: SFB_2015, site: hq}], observers: [{name: o-hq, site: hq}]}"));
        Received firing = recorded(recorded.resolve("01-firing-2-alerts.json"), estate);
        Received repeat = recorded(recorded.resolve("02-repeat-same-firing.json"), estate);
        Received resolved = recorded(recorded.resolve("04-resolved.json"), estate);
        assertEquals(2, firing.observations().size());
        assertEquals(firing, repeat);
        assertEquals(1, resolved.observations().size());
        ComponentId pool = ComponentId.parse("pool:pool01.example.test");
        assertTrue(
                firing.observations().stream()
                        .allMatch(
                                o -> o.component().equals(pool) && o.status() == Status.DEGRADED));
        assertEquals(
                firing.observations().get(1).signal(), resolved.observations().getFirst().signal());
        assertFalse(
                firing.observations().get(1).id().equals(resolved.observations().getFirst().id()));
        assertEquals(Status.UP, resolved.observations().getFirst().status());
    }

    private static Received recorded(Path file, Estate estate) throws IOException {
        JsonNode notification = DocumentReader.read(Files.readAllBytes(file), Format.JSON);
        return Alerts.read(notification, Mapping.DEFAULT, estate, RECEIVED);
    }
}
