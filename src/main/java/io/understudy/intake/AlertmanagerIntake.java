package io.understudy.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.document.Cursor;
import io.understudy.document.Schemas;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.Observer;
import io.understudy.estate.ObserverName;
import io.understudy.health.Facts;
import io.understudy.health.Observation;
import io.understudy.health.Status;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Alertmanager's webhook notifications, version 4.
 *
 * <p>A notification repeats while an alert fires; a repeat is the same observation, valid for
 * longer. Firing and resolved alerts may come together and in any order: each has the time at which
 * it began to be so.
 */
public final class AlertmanagerIntake {

    private static final String FIRING = "firing";

    private AlertmanagerIntake() {}

    /**
     * Reads a notification. Alerts that fit no rule are reported: Alertmanager does not send again
     * what was refused.
     *
     * @param within of which components the sender may speak; the others are to him as though the
     *     estate did not have them
     * @throws io.understudy.document.InvalidDocument when it is no notification of version 4
     */
    public static Received read(
            JsonNode notification,
            Mapping mapping,
            Estate estate,
            Predicate<ComponentId> within,
            Instant receivedAt) {
        Schemas.check("AlertmanagerNotification", notification);
        List<Observation> observations = new ArrayList<>();
        List<Received.Unmatched> unmatched = new ArrayList<>();
        Hosts hosts = new Hosts(estate, within);
        for (Alert alert :
                Cursor.of(notification).list("alerts", alert -> alert(alert, receivedAt))) {
            switch (mapped(alert, mapping, estate, hosts)) {
                case Outcome.Said said -> observations.add(observation(alert, said, receivedAt));
                case Outcome.Nothing nothing ->
                        unmatched.add(
                                new Received.Unmatched(
                                        alert.fingerprint,
                                        alert.labels.getOrDefault("alertname", ""),
                                        nothing.why));
            }
        }
        return new Received(observations, unmatched);
    }

    /**
     * What of an alert matters: {@code startsAt} as it says, and {@code began}, since when it is
     * firing or resolved.
     */
    private record Alert(
            String fingerprint,
            boolean firing,
            String startsAt,
            Instant began,
            Map<String, String> labels) {}

    private sealed interface Outcome {
        record Said(Mapping.Rule rule, ComponentId component, ObserverName observer)
                implements Outcome {}

        record Nothing(String why) implements Outcome {}
    }

    private static Alert alert(Cursor alert, Instant receivedAt) {
        boolean firing = alert.text("status").equals(FIRING);
        Instant said = time(alert, "startsAt");
        Instant started = plausible(said, receivedAt);
        Instant ended = plausible(time(alert, "endsAt"), receivedAt);
        Map<String, String> labels = new HashMap<>();
        alert.at("labels")
                .node()
                .properties()
                .forEach(l -> labels.put(l.getKey(), l.getValue().asText()));
        return new Alert(
                alert.text("fingerprint"),
                firing,
                said.toString(),
                firing ? started : later(started, ended),
                labels);
    }

    /** Alertmanager writes its own time zone's offset. */
    private static Instant time(Cursor alert, String field) {
        return alert.value(
                field, text -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from));
    }

    /** Neither the year 1, which stands for no time, nor a time that has not come. */
    private static Instant plausible(Instant said, Instant receivedAt) {
        return said.isBefore(Instant.EPOCH) || said.isAfter(receivedAt) ? receivedAt : said;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Outcome mapped(Alert alert, Mapping mapping, Estate estate, Hosts hosts) {
        for (Mapping.Rule rule : mapping.rules()) {
            if (rule.fits(alert.labels)) {
                switch (rule.target().find(alert.labels, hosts)) {
                    case Target.Found.Component found -> {
                        return said(alert, rule, found.id(), mapping, estate);
                    }
                    case Target.Found.Refused refused -> {
                        return new Outcome.Nothing("rule '" + rule.name() + "': " + refused.why());
                    }
                    case Target.Found.NotSaid _ -> {}
                }
            }
        }
        return new Outcome.Nothing("no rule of the mapping fits its labels");
    }

    private static Outcome said(
            Alert alert, Mapping.Rule rule, ComponentId component, Mapping mapping, Estate estate) {
        return rule.observer()
                .or(() -> observer(alert, mapping, estate))
                .filter(name -> estate.observer(name).isPresent())
                .<Outcome>map(name -> new Outcome.Said(rule, component, name))
                .orElseGet(() ->
                        new Outcome.Nothing(
                                "no observer: none of the labels "
                                        + mapping.observers().stream()
                                                .map(Mapping.ObserverLabel::label)
                                                .toList()
                                        + " names an observer, or a site with one, of the estate"));
    }

    private static Optional<ObserverName> observer(Alert alert, Mapping mapping, Estate estate) {
        return mapping.observers().stream()
                .flatMap(from ->
                        named(from, alert.labels.getOrDefault(from.label(), ""), estate).stream())
                .findFirst();
    }

    private static Optional<ObserverName> named(
            Mapping.ObserverLabel from, String value, Estate estate) {
        return estate.observers().stream()
                .filter(observer ->
                        from.site()
                                ? observer.site().value().equals(value)
                                : observer.name().value().equals(value))
                .map(Observer::name)
                .findFirst();
    }

    private static Observation observation(Alert alert, Outcome.Said said, Instant receivedAt) {
        Mapping.Rule rule = said.rule;
        Status status = alert.firing ? rule.status() : Status.UP;
        return new Observation(
                id(alert, said, status),
                said.component,
                status,
                said.observer,
                alert.began,
                new Facts.None(),
                alert.fingerprint,
                rule.samples(),
                alert.firing ? Optional.of(receivedAt.plus(rule.validFor())) : Optional.empty());
    }

    /**
     * The same for each repeat of an alert, as long as the same becomes of it: by another mapping,
     * or of another peer of a cluster, it is another statement.
     */
    private static String id(Alert alert, Outcome.Said said, Status status) {
        String what =
                String.join(" ", said.component.toString(), status.name(), said.observer.value());
        return "am-%s-%s-%s-%08x"
                .formatted(
                        alert.fingerprint,
                        alert.startsAt,
                        alert.firing ? FIRING : "resolved",
                        what.hashCode());
    }
}
