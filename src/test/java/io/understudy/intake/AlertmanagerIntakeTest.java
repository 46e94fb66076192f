package io.understudy.intake;

import static io.understudy.intake.Alerts.ESTATE;
import static io.understudy.intake.Alerts.RECEIVED;
import static io.understudy.intake.Alerts.STARTED;
import static io.understudy.intake.Alerts.alert;
import static io.understudy.intake.Alerts.notification;
import static io.understudy.intake.Alerts.only;
import static io.understudy.intake.Alerts.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.document.EstateDocument;
import io.understudy.document.InvalidDocument;
import io.understudy.document.Samples;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.health.Conditions;
import io.understudy.health.Facts;
import io.understudy.health.Observation;
import io.understudy.health.Status;
import io.understudy.health.Thresholds;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertmanagerIntakeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "component=store:be1,instance=fe1.contoso.com:9182             | store:be1              | DOWN",
                "component=fileStore:pool1.contoso.com                         | fileStore:pool1.contoso.com | DOWN",
                "component=frontend,instance=fe1.contoso.com:9182              | server:fe1.contoso.com | DOWN",
                "instance=FE2.contoso.com                                      | server:fe2.contoso.com | DOWN",
                "instance=https://fe2.contoso.com:443/health                   | server:fe2.contoso.com | DOWN",
                "instance=sql1.contoso.com:1433,pool=pool1.contoso.com         | sql:sql1.contoso.com/rtc | DOWN",
                "instance=sql1.contoso.com:1433,store=be2                      | sql:sql1.contoso.com/rtc | DOWN",
                "store=be1,instance=exporter.contoso.com:9399                  | store:be1              | DOWN",
                "store=be1,pool=pool1.contoso.com                              | store:be1              | DOWN",
                "pool=pool1.contoso.com                                        | pool:pool1.contoso.com | DOWN",
                "pool=pool1.contoso.com,instance=127.0.0.1:15061               | pool:pool1.contoso.com | DEGRADED",
            })
    void theLabelsSayWhatAnAlertIsAbout(String labels, String component, String status) {
        Observation said = only(notification(alert("firing", labels + ",observer=o-dublin")));
        assertEquals(component, said.component().toString());
        assertEquals(status, said.status().name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "observer=o-lisbon,site=dublin              | o-lisbon",
                "site=dublin                                | o-dublin",
                "observer=o-mars,site=dublin                | o-dublin",
                "site=mars,prometheus=o-redmond             | o-redmond",
            })
    void theLabelsSayWhoSawIt(String labels, String observer) {
        assertEquals(
                observer,
                only(notification(alert("firing", "store=be1," + labels))).observer().value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "site=dublin                                            | no rule",
                "site=dublin,instance=web1.contoso.com:80               | no rule",
                "site=dublin,component=store:be9                        | no component store:be9",
                "site=dublin,store=be9,pool=pool1.contoso.com           | no component store:be9",
                "site=dublin,store=be 9                                 | rule 'store'",
                "site=dublin,pool=pool9.contoso.com                     | no component pool:pool9.contoso.com",
                "store=be1                                              | no observer",
                "store=be1,site=mars                                    | no observer",
            })
    void anAlertThatSaysNothingOfTheEstateIsReportedAndNotRefused(String labels, String why) {
        Received received =
                read(
                        notification(
                                alert("firing", "alertname=Odd," + labels),
                                alert("firing", "store=be1,site=dublin")));
        assertEquals(1, received.observations().size());
        Received.Unmatched unmatched = received.unmatched().getFirst();
        assertEquals("Odd", unmatched.alertname());
        assertEquals("61a95a5ffe2d315f", unmatched.fingerprint());
        assertTrue(unmatched.why().contains(why), unmatched.why());
    }

    @Test
    void aHostOfSeveralInstancesNeedsTheLabelThatTellsWhich() {
        Estate shared = estateWithTwoInstancesOnOneHost();
        JsonNode which =
                notification(
                        alert(
                                "firing",
                                "site=dublin,instance=sql1.contoso.com,sql_instance=OTHER"));
        assertEquals(
                "sql:sql1.contoso.com/other",
                Alerts.read(which, Mapping.DEFAULT, shared, RECEIVED)
                        .observations()
                        .getFirst()
                        .component()
                        .toString());
        JsonNode none = notification(alert("firing", "site=dublin,instance=sql1.contoso.com"));
        Received received = Alerts.read(none, Mapping.DEFAULT, shared, RECEIVED);
        assertTrue(received.unmatched().getFirst().why().contains("sql_instance"));
    }

    private static Estate estateWithTwoInstancesOnOneHost() {
        ObjectNode document = Samples.estateDocument();
        ((ObjectNode) document.at("/stores/1/primary"))
                .put("fqdn", "sql1.contoso.com")
                .put("instance", "other");
        return EstateDocument.read(document);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "component=store:be1",
                "store=be1",
                "instance=fe1.contoso.com",
                "instance=sql1.contoso.com",
                "instance=sql1.contoso.com,sql_instance=other",
            })
    void whatItsSenderMayNotSpeakOfIsAsThoughTheEstateDidNotHaveIt(String labels) {
        ComponentId own = ComponentId.parse("pool:pool2.contoso.com");
        assertEquals(
                whyUnmatched(labels.replace('1', '9'), own).replace('9', '1'),
                whyUnmatched(labels, own));
    }

    @Test
    void anAlertOfAHiddenInstanceIsNotTakenForOneOfItsNeighbour() {
        String why =
                whyUnmatched(
                        "instance=sql1.contoso.com,sql_instance=other",
                        ComponentId.parse("sql:sql1.contoso.com/rtc"));
        assertTrue(why.contains("sql:sql1.contoso.com/rtc"), why);
        assertFalse(why.contains("other"), why);
    }

    /** Why an alert came to nothing whose sender may speak of one component only. */
    private static String whyUnmatched(String labels, ComponentId own) {
        Received received =
                AlertmanagerIntake.read(
                        notification(alert("firing", "site=dublin," + labels)),
                        Mapping.DEFAULT,
                        estateWithTwoInstancesOnOneHost(),
                        own::equals,
                        RECEIVED);
        assertEquals(List.of(), received.observations());
        return received.unmatched().getFirst().why();
    }

    @Test
    void aFiringAlertSaysDownSinceItStartedAndIsFreshForAWhile() {
        Observation said = only(notification(alert("firing", "store=be1,site=dublin")));
        assertEquals(
                new Observation(
                        said.id(),
                        ComponentId.parse("store:be1"),
                        Status.DOWN,
                        ESTATE.observers().get(1).name(),
                        STARTED,
                        new Facts.None(),
                        "61a95a5ffe2d315f",
                        2,
                        Optional.of(RECEIVED.plus(Duration.ofHours(1)))),
                said);
    }

    @Test
    void aRepeatIsTheSameStatementAndWhatBecomesOfItOtherwiseIsAnother() {
        Set<String> ids = new HashSet<>();
        for (String labels :
                List.of(
                        "store=be1,site=dublin",
                        "store=be1,site=dublin",
                        "store=be2,site=dublin",
                        "store=be1,site=redmond")) {
            ids.add(only(notification(alert("firing", labels))).id());
        }
        assertEquals(3, ids.size(), ids::toString);
    }

    @Test
    void aResolvedAlertSaysUpSinceItEnded() {
        ObjectNode alert =
                alert("resolved", "pool=pool1.contoso.com,site=dublin,instance=127.0.0.1:1");
        alert.put("endsAt", "2026-11-21T21:01:43.041Z");
        Observation said = only(notification(alert));
        assertEquals(Status.UP, said.status());
        assertEquals(Instant.parse("2026-11-21T21:01:43.041Z"), said.observedAt());
        assertTrue(said.id().startsWith("am-61a95a5ffe2d315f-2026-11-21T21:01:15.041Z-resolved-"));
        assertEquals("61a95a5ffe2d315f", said.signal());
        assertTrue(said.validUntil().isEmpty());
    }

    @Test
    void aRepeatIsTheSameObservationAndValidForLonger() {
        JsonNode notification = notification(alert("firing", "store=be1,site=dublin"));
        Observation first = only(notification);
        Observation again =
                Alerts.read(notification, Mapping.DEFAULT, ESTATE, RECEIVED.plusSeconds(300))
                        .observations()
                        .getFirst();
        assertEquals(first.id(), again.id());
        assertEquals(first.observedAt(), again.observedAt());
        assertEquals(RECEIVED.plusSeconds(3900), again.validUntil().orElseThrow());
    }

    @Test
    void firingAndResolvedInOnePostAndInAnyOrderComeToTheSame() {
        ObjectNode resolved = alert("resolved", "store=be1,site=dublin");
        resolved.put("endsAt", "2026-11-21T21:01:43.041Z");
        List<ObjectNode> alerts =
                new ArrayList<>(List.of(alert("firing", "store=be1,site=dublin"), resolved));
        for (int order = 0; order < 2; order++) {
            Received received = read(notification(alerts.toArray(ObjectNode[]::new)));
            assertEquals(2, received.observations().size());
            assertEquals(
                    Status.UP,
                    Conditions.of(ESTATE, received.observations(), Thresholds.DEFAULT, RECEIVED)
                            .status(ComponentId.parse("store:be1")));
            Collections.reverse(alerts);
        }
    }

    @Test
    void alertsFromTwoSitesCondemnWhatOneAloneDoesNot() {
        List<Observation> one =
                read(notification(alert("firing", "instance=sql1.contoso.com,site=dublin")))
                        .observations();
        List<Observation> two =
                read(notification(
                                alert("firing", "instance=sql1.contoso.com,site=dublin"),
                                alert("firing", "instance=sql1.contoso.com,site=lisbon")
                                        .put("fingerprint", "9e1f4a10512bead4")))
                        .observations();
        ComponentId principal = ComponentId.parse("sql:sql1.contoso.com/rtc");
        assertEquals(
                Status.UNKNOWN,
                Conditions.of(ESTATE, one, Thresholds.DEFAULT, RECEIVED).status(principal));
        assertEquals(
                Status.DOWN,
                Conditions.of(ESTATE, two, Thresholds.DEFAULT, RECEIVED).status(principal));
    }

    @Test
    void timesWithAnOffsetOrOutOfAllReasonAreUnderstood() {
        ObjectNode local = alert("firing", "store=be1,site=dublin");
        local.put("startsAt", "2026-11-21T22:01:15.041+01:00");
        assertEquals(STARTED, only(notification(local)).observedAt());
        assertEquals(
                only(notification(alert("firing", "store=be1,site=dublin"))).id(),
                only(notification(local)).id());
        for (String odd :
                List.of("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-11-21T21:02:01Z")) {
            ObjectNode alert = alert("firing", "store=be1,site=dublin");
            alert.put("startsAt", odd);
            assertEquals(RECEIVED, only(notification(alert)).observedAt(), odd);
            String id = only(notification(alert)).id();
            assertTrue(id.startsWith("am-61a95a5ffe2d315f-" + odd + "-firing-"), id);
        }
        ObjectNode neverEnded = alert("resolved", "store=be1,site=dublin");
        assertEquals(RECEIVED, only(notification(neverEnded)).observedAt());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "{\"version\": \"3\", \"status\": \"firing\", \"alerts\": []}",
                "{\"version\": 4, \"status\": \"firing\", \"alerts\": []}",
                "{\"version\": \"4\", \"status\": \"firing\", \"alerts\": {}}",
                "{\"version\": \"4\", \"status\": \"firing\", \"alerts\": [{}]}",
                "{\"version\": \"4\", \"status\": \"firing\", \"alerts\": [{\"status\": \"firing\", \"labels\": {\"a\": 1}, \"startsAt\": \"2026-11-21T21:02:00Z\", \"endsAt\": \"2026-11-21T21:02:00Z\", \"fingerprint\": \"a\"}]}",
                "{\"version\": \"4\", \"status\": \"firing\", \"alerts\": [{\"status\": \"firing\", \"labels\": {}, \"startsAt\": \"+999999999-11-21T21:02:00Z\", \"endsAt\": \"2026-11-21T21:02:00Z\", \"fingerprint\": \"a\"}]}"
            })
    void whatIsNoNotificationIsRefused(String text) {
        assertThrows(InvalidDocument.class, () -> read(Samples.json(text)));
    }

    @Test
    void fieldsOfANewerAlertmanagerAreIgnored() {
        ObjectNode notification =
                notification(alert("firing", "store=be1,site=dublin").put("novelty", 1));
        notification.putObject("novelty").put("a", 1);
        assertEquals(1, read(notification).observations().size());
    }

    @Test
    void tenThousandAlertsOfALargeEstateAreReadWithSecondsOfWork() {
        ObjectNode estate = Samples.estateDocument();
        for (int i = 0; i < 5_000; i++) {
            ((ArrayNode) estate.path("pools"))
                    .add(
                            Samples.yaml(
                                    "{fqdn: m"
                                            + i
                                            + ".contoso.com, role: MEDIATION, release: SFB_2015, site: dublin, servers: [{fqdn: s"
                                            + i
                                            + ".contoso.com}]}"));
        }
        Estate large = EstateDocument.read(estate);
        ObjectNode[] alerts = new ObjectNode[10_000];
        for (int i = 0; i < alerts.length; i++) {
            alerts[i] =
                    alert("firing", "site=dublin,instance=s" + i % 5_000 + ".contoso.com:1")
                            .put("fingerprint", "f" + i);
        }
        JsonNode notification = notification(alerts);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        assertEquals(
                10_000,
                Alerts.read(notification, Mapping.DEFAULT, large, RECEIVED).observations().size());
        long took = (threads.getCurrentThreadCpuTime() - start) / 1_000_000;
        assertTrue(took < 5_000, "took " + took + " ms");
    }
}
