package io.understudy.audit;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A row as a line of an export: one JSON object with all that the hash is made of, its fields
 * always in the same order.
 */
public final class ExportLine {

    private ExportLine() {}

    /** The row as one line, without its end. */
    public static String write(AuditRow row) {
        AuditEvent event = row.event();
        StringBuilder line = new StringBuilder(512);
        line.append("{\"number\":").append(row.number());
        field(line, "at", AuditHash.time(event.at()));
        field(line, "actor", event.actor());
        field(line, "action", event.action());
        field(line, "subject", event.subject());
        line.append(",\"details\":{");
        String comma = "";
        for (var detail : new TreeMap<>(event.details()).entrySet()) {
            line.append(comma);
            quote(line, detail.getKey());
            line.append(':');
            quote(line, detail.getValue());
            comma = ",";
        }
        line.append('}');
        field(line, "previous", row.previous());
        field(line, "hash", row.hash());
        return line.append('}').toString();
    }

    private static void field(StringBuilder line, String name, String value) {
        line.append(",\"").append(name).append("\":");
        quote(line, value);
    }

    private static void quote(StringBuilder line, String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < ' ') {
                line.append("\\u%04x".formatted((int) c));
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }

    /**
     * The row of a line.
     *
     * @throws IllegalArgumentException when it is none; the message says where
     */
    public static AuditRow read(String line) {
        JsonText json = new JsonText(line);
        json.expect('{');
        json.name("number");
        long number = json.number();
        Instant at = time(next(json, "at"));
        String actor = next(json, "actor");
        String action = next(json, "action");
        String subject = next(json, "subject");
        json.expect(',');
        json.name("details");
        Map<String, String> details = json.texts();
        String previous = next(json, "previous");
        String hash = next(json, "hash");
        json.expect('}');
        json.end();
        return new AuditRow(
                number, new AuditEvent(at, actor, action, subject, details), previous, hash);
    }

    private static String next(JsonText json, String name) {
        json.expect(',');
        json.name(name);
        return json.text();
    }

    /** Only as it is written: another way to write it would be another text with the same hash. */
    private static Instant time(String text) {
        try {
            Instant at = Instant.parse(text);
            if (AuditHash.time(at).equals(text)) {
                return at;
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(text + " is no time", e);
        }
        throw new IllegalArgumentException(text + " is no time in UTC to the microsecond");
    }
}
