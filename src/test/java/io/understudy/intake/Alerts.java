package io.understudy.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.document.Samples;
import io.understudy.estate.Estate;
import io.understudy.health.Observation;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Notifications for tests. */
final class Alerts {

    static final Estate ESTATE = Samples.estate();
    static final Instant STARTED = Instant.parse("2026-11-21T21:01:15.041Z");
    static final Instant RECEIVED = Instant.parse("2026-11-21T21:02:00Z");

    private Alerts() {}

    static Received read(JsonNode notification) {
        return read(notification, Mapping.DEFAULT, ESTATE, RECEIVED);
    }

    /** As it is read of a sender who may speak of everything. */
    static Received read(JsonNode notification, Mapping mapping, Estate estate, Instant at) {
        return AlertmanagerIntake.read(notification, mapping, estate, _ -> true, at);
    }

    static Observation only(JsonNode notification) {
        return only(notification, Mapping.DEFAULT);
    }

    static Observation only(JsonNode notification, Mapping mapping) {
        Received received = read(notification, mapping, ESTATE, RECEIVED);
        assertEquals(List.of(), received.unmatched());
        assertEquals(1, received.observations().size());
        return received.observations().getFirst();
    }

    static ObjectNode notification(ObjectNode... alerts) {
        ObjectNode notification =
                (ObjectNode)
                        Samples.json(
                                "{\"receiver\": \"failover\", \"status\": \"firing\", \"groupLabels\": {}, \"commonLabels\": {}, \"commonAnnotations\": {}, \"externalURL\": \"http://vm:19093\", \"version\": \"4\", \"groupKey\": \"{}\", \"truncatedAlerts\": 0}");
        ArrayNode array = notification.putArray("alerts");
        array.addAll(List.of(alerts));
        return notification;
    }

    static ObjectNode alert(String status, String labels) {
        ObjectNode alert =
                (ObjectNode)
                        Samples.json(
                                "{\"annotations\": {}, \"startsAt\": \"2026-11-21T21:01:15.041Z\", \"endsAt\": \"0001-01-01T00:00:00Z\", \"generatorURL\": \"http://vm:19090/graph\", \"fingerprint\": \"61a95a5ffe2d315f\"}");
        alert.put("status", status);
        ObjectNode texts = alert.putObject("labels");
        for (String label : labels.split(",")) {
            Map.Entry<String, String> pair =
                    Map.entry(
                            label.substring(0, label.indexOf('=')),
                            label.substring(label.indexOf('=') + 1));
            texts.put(pair.getKey(), pair.getValue());
        }
        return alert;
    }
}
