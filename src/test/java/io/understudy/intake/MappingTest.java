package io.understudy.intake;

import static io.understudy.intake.Alerts.RECEIVED;
import static io.understudy.intake.Alerts.alert;
import static io.understudy.intake.Alerts.notification;
import static io.understudy.intake.Alerts.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.understudy.document.InvalidDocument;
import io.understudy.document.Samples;
import io.understudy.health.Observation;
import io.understudy.health.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A mapping of one's own. */
class MappingTest {

    @Test
    void aMappingOfOnesOwnDecidesInItsOrder() {
        Mapping mapping =
                MappingDocument.read(
                        Samples.yaml(
                                """
                                rules:
                                  - {name: slow, labels: {alertname: Slow}, component: 'pool:{farm}', status: DEGRADED, samples: 5, validFor: PT10M, observer: o-lisbon}
                                  - {name: quiet, without: [severity], component: 'pool:{farm}', status: UNKNOWN}
                                  - {name: hosts, hostLabel: node}
                                observers: [{label: dc, names: SITE}]
                                """));
        Observation slow =
                only(
                        notification(
                                alert(
                                        "firing",
                                        "alertname=Slow,farm=pool1.contoso.com,severity=x")),
                        mapping);
        assertEquals(Status.DEGRADED, slow.status());
        assertEquals(5, slow.samples());
        assertEquals("o-lisbon", slow.observer().value());
        assertEquals(RECEIVED.plusSeconds(600), slow.validUntil().orElseThrow());
        assertEquals(
                Status.UNKNOWN,
                only(notification(alert("firing", "farm=pool1.contoso.com,dc=dublin")), mapping)
                        .status());
        assertEquals(
                "server:fe1.contoso.com",
                only(
                                notification(
                                        alert(
                                                "firing",
                                                "farm=pool1.contoso.com,severity=x,dc=dublin,node=fe1.contoso.com")),
                                mapping)
                        .component()
                        .toString());
    }

    @Test
    void noAlertIsFreshForLongerThanAllowed() {
        Mapping mapping =
                MappingDocument.read(
                                Samples.yaml(
                                        """
                                        rules:
                                          - {name: long, labels: {alertname: Long}, component: 'store:be1', validFor: PT1000H}
                                          - {name: short, component: 'store:be1', validFor: PT10M}
                                        observers: [{label: dc, names: SITE}]
                                        """))
                        .freshAtMost(Duration.ofHours(24));
        assertEquals(
                RECEIVED.plus(Duration.ofHours(24)),
                only(notification(alert("firing", "alertname=Long,dc=dublin")), mapping)
                        .validUntil()
                        .orElseThrow());
        assertEquals(
                RECEIVED.plus(Duration.ofMinutes(10)),
                only(notification(alert("firing", "dc=dublin")), mapping)
                        .validUntil()
                        .orElseThrow());
    }

    @Test
    void aMappingIsReadAsItWasWritten() {
        assertEquals(Mapping.DEFAULT, MappingDocument.read(MappingDocument.write(Mapping.DEFAULT)));
        for (String bad :
                List.of(
                        "{rules: [], observers: []}",
                        "{rules: [{name: a}], observers: []}",
                        "{rules: [{name: a, component: 'x', hostLabel: y}], observers: []}",
                        "{rules: [{name: a, component: 'x', validFor: 1h}], observers: []}",
                        "{rules: [{name: a, component: 'x', observer: 'a b'}], observers: []}",
                        "{rules: [{name: a, component: 'x', status: UP}], observers: []}")) {
            assertThrows(InvalidDocument.class, () -> MappingDocument.read(Samples.yaml(bad)), bad);
        }
    }
}
