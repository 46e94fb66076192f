package io.understudy.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.calendar.Occurrence;
import io.understudy.calendar.Period;
import io.understudy.calendar.Planned;
import io.understudy.calendar.Recurrence;
import io.understudy.calendar.Recurring;
import io.understudy.decision.Window;
import io.understudy.estate.ComponentId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The windows of the policy document: freezes, maintenance and quiet hours. */
public final class WindowDocument {

    private WindowDocument() {}

    /** Under which field of the policy document windows of a kind stand. */
    public static String field(Window.Kind kind) {
        return switch (kind) {
            case FREEZE -> "freezes";
            case MAINTENANCE -> "maintenance";
            case QUIET_HOURS -> "quietHours";
        };
    }

    /**
     * Reads one window whose shape is checked.
     *
     * @throws InvalidDocument where its times make no sense
     */
    static Window read(Window.Kind kind, Cursor window) {
        Optional<ComponentId> scope = window.optional("scope", PolicyDocument::scope);
        Planned planned =
                new Planned(
                        switch (kind) {
                            case FREEZE -> period(window);
                            case MAINTENANCE, QUIET_HOURS -> recurring(window);
                        },
                        window.optional("reason", Function.identity()),
                        window.optional("by", Function.identity()));
        return new Window(window.text("name"), kind, scope, planned);
    }

    /**
     * Reads one window whose shape is checked, and refuses what a policy may not say.
     *
     * @throws InvalidDocument naming what is wrong with it
     */
    public static Window check(Window.Kind kind, JsonNode document) {
        Cursor place = Cursor.of(document);
        Window window = read(kind, place);
        PolicyRules.window(window, place)
                .ifPresent(problem -> {
                    throw new InvalidDocument(List.of(problem));
                });
        return window;
    }

    /** What a window that was read knows of its times. */
    public static Planned planned(Window window) {
        if (window.end() instanceof Planned planned) {
            return planned;
        }
        throw new IllegalArgumentException("window " + window.name() + " comes from no document");
    }

    private static Period period(Cursor freeze) {
        Optional<Instant> from = freeze.optional("from", Instant::parse);
        Optional<Instant> until = freeze.optional("until", Instant::parse);
        return freeze.at("until").checked(() -> new Period(from, until));
    }

    private static Recurring recurring(Cursor window) {
        LocalDateTime start = window.value("start", LocalDateTime::parse);
        ZoneId zone = window.value("timeZone", WindowDocument::zone);
        Duration duration = window.value("duration", Cursor::parsed);
        Optional<Recurrence> recurrence =
                window.optional("recurrence", text -> Recurrence.of(text, start, zone));
        return window.at("duration")
                .checked(() -> new Recurring(start, zone, duration, recurrence));
    }

    /** Only names: a fixed offset would be wrong for half of the year. */
    private static ZoneId zone(String name) {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new IllegalArgumentException(
                    "'"
                            + name
                            + "' is no time zone: name one of the IANA database, Europe/Dublin"
                            + " for instance");
        }
        return ZoneId.of(name);
    }

    /** Writes the windows of a kind, where there are any. */
    static void write(Window.Kind kind, List<Window> windows, ObjectNode to) {
        List<Window> those = windows.stream().filter(w -> w.kind() == kind).toList();
        if (!those.isEmpty()) {
            ArrayNode written = to.putArray(field(kind));
            those.forEach(window -> written.add(write(window)));
        }
    }

    /** One window as it stands in the policy document. */
    public static ObjectNode write(Window window) {
        Planned planned = planned(window);
        ObjectNode to = Tree.object().put("name", window.name());
        Tree.text(to, "scope", window.scope());
        switch (planned.schedule()) {
            case Period(Optional<Instant> from, Optional<Instant> until) -> {
                Tree.text(to, "from", from);
                Tree.text(to, "until", until);
            }
            case Recurring recurring -> {
                to.put("start", DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(recurring.start()));
                to.put("timeZone", recurring.timeZone().getId());
                to.put("duration", recurring.duration().toString());
                Tree.text(to, "recurrence", recurring.recurrence().map(Recurrence::text));
            }
        }
        Tree.text(to, "reason", planned.reason());
        Tree.text(to, "by", planned.by());
        return to;
    }

    /**
     * One window with what it is at a time: its state, and of what recurs the occurrence that is
     * open or comes next.
     */
    public static ObjectNode writeAt(Window window, Instant at) {
        Optional<Occurrence> next = planned(window).schedule().onOrAfter(at);
        String state = next.map(o -> o.covers(at) ? "OPEN" : "PENDING").orElse("ENDED");
        ObjectNode to = write(window).put("state", state);
        if (planned(window).schedule() instanceof Recurring) {
            next.ifPresent(occurrence -> to.set("occurrence", times(occurrence)));
        }
        return to;
    }

    /** When an occurrence begins and ends; nothing of what has no beginning or no end. */
    static ObjectNode times(Occurrence occurrence) {
        ObjectNode to = Tree.object();
        Tree.text(to, "from", Optional.of(occurrence.from()).filter(f -> !f.equals(Instant.MIN)));
        Tree.text(to, "until", Optional.of(occurrence.until()).filter(u -> !u.equals(Instant.MAX)));
        return to;
    }
}
