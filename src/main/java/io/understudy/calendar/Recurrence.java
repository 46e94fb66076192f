package io.understudy.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.Part;

/**
 * A recurrence rule of RFC 5545, 3.3.10, that has been checked; made by {@link #of}.
 *
 * @param text as it was written
 * @param endless the rule without COUNT and UNTIL
 * @param last no occurrence starts after this local time; empty where it recurs for ever
 */
public record Recurrence(String text, String endless, Optional<LocalDateTime> last) {

    /** The most occurrences that COUNT may ask for: all are gone through once. */
    public static final int MOST_COUNTED = 1_000;

    /** The greatest INTERVAL. */
    public static final int GREATEST_INTERVAL = 1_000;

    /** The most hours that BYHOUR may name: a year of every hour would take long to go through. */
    public static final int MOST_HOURS = 6;

    /** What RFC 5545 knows, but for BYSECOND: nothing that recurs within an hour is a window. */
    private static final Set<String> PARTS =
            Set.of(
                    "FREQ",
                    "UNTIL",
                    "COUNT",
                    "INTERVAL",
                    "BYMINUTE",
                    "BYHOUR",
                    "BYDAY",
                    "BYMONTHDAY",
                    "BYYEARDAY",
                    "BYWEEKNO",
                    "BYMONTH",
                    "BYSETPOS",
                    "WKST");

    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);

    /**
     * Checks a rule.
     *
     * @param start from when on it gives occurrences
     * @param timeZone in which an UNTIL without Z is meant
     * @throws IllegalArgumentException saying which part is wrong, and how
     */
    public static Recurrence of(String text, LocalDateTime start, ZoneId timeZone) {
        for (String part : text.split(";", -1)) {
            checkPart(part);
        }
        RecurrenceRule rule = parsed(text);
        checkNumbers(rule);
        String endless =
                parts(text)
                        .filter(p -> !p.startsWith("COUNT=") && !p.startsWith("UNTIL="))
                        .collect(Collectors.joining(";"));
        Recurrence forEver = new Recurrence(text, endless, Optional.empty());
        Recurrence recurrence =
                new Recurrence(
                        text,
                        endless,
                        rule.getCount() != null
                                ? forEver.nth(rule.getCount(), start)
                                : until(text, timeZone));
        if (!recurrence.starts(start, start).hasNext()) {
            throw new IllegalArgumentException("it never occurs from start on");
        }
        return recurrence;
    }

    /** How far apart two occurrences are at most where no BY… brings them closer. */
    public Duration period() {
        RecurrenceRule rule = parsed(endless);
        long days =
                switch (rule.getFreq()) {
                    case YEARLY -> 366;
                    case MONTHLY -> 31;
                    case WEEKLY -> 7;
                    case DAILY -> 1;
                    case HOURLY, MINUTELY, SECONDLY ->
                            throw new IllegalStateException("checked when it was made");
                };
        return Duration.ofDays(days * rule.getInterval());
    }

    /**
     * The local times at which occurrences start, in order: all from {@code earliest} on, and
     * perhaps some before.
     */
    Iterator<LocalDateTime> starts(LocalDateTime start, LocalDateTime earliest) {
        return new Starts(parsed(endless), start, earliest, last);
    }

    private static void checkPart(String part) {
        String name = part.split("=", -1)[0].toUpperCase(Locale.ROOT);
        if (!PARTS.contains(name)) {
            throw new IllegalArgumentException(
                    "'" + part + "' is none of " + PARTS.stream().sorted().toList());
        }
        if (name.equals("BYMINUTE") && part.contains(",")) {
            throw new IllegalArgumentException("BYMINUTE has one value at most");
        }
        if (name.equals("BYHOUR") && part.split(",", -1).length > MOST_HOURS) {
            throw new IllegalArgumentException("BYHOUR has at most " + MOST_HOURS + " values");
        }
    }

    private static RecurrenceRule parsed(String text) {
        try {
            return new RecurrenceRule(text, RecurrenceRule.RfcMode.RFC5545_STRICT);
        } catch (InvalidRecurrenceRuleException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static void checkNumbers(RecurrenceRule rule) {
        switch (rule.getFreq()) {
            case YEARLY, MONTHLY, WEEKLY, DAILY -> {}
            case HOURLY, MINUTELY, SECONDLY ->
                    throw new IllegalArgumentException(
                            "FREQ is DAILY, WEEKLY, MONTHLY or YEARLY; BYHOUR gives several a day");
        }
        if (rule.getInterval() > GREATEST_INTERVAL) {
            throw new IllegalArgumentException("INTERVAL is at most " + GREATEST_INTERVAL);
        }
        if (rule.hasPart(Part.COUNT) && rule.getCount() > MOST_COUNTED) {
            throw new IllegalArgumentException(
                    "COUNT is at most " + MOST_COUNTED + "; UNTIL names the end instead");
        }
    }

    private static Stream<String> parts(String text) {
        return Stream.of(text.toUpperCase(Locale.ROOT).split(";", -1));
    }

    /** The start of the n-th occurrence, or of the last there is. */
    private Optional<LocalDateTime> nth(int n, LocalDateTime start) {
        Iterator<LocalDateTime> starts = starts(start, start);
        Optional<LocalDateTime> reached = Optional.empty();
        for (int i = 0; i < n && starts.hasNext(); i++) {
            reached = Optional.of(starts.next());
        }
        return reached.or(() -> Optional.of(start));
    }

    /** A day as UNTIL is the whole of that day. */
    private static Optional<LocalDateTime> until(String text, ZoneId timeZone) {
        return parts(text)
                .filter(part -> part.startsWith("UNTIL="))
                .map(part -> part.substring("UNTIL=".length()))
                .map(value -> {
                    if (value.endsWith("Z")) {
                        String utc = value.substring(0, value.length() - 1);
                        Instant until = LocalDateTime.parse(utc, LOCAL).toInstant(ZoneOffset.UTC);
                        return LocalDateTime.ofInstant(until, timeZone);
                    }
                    return value.contains("T")
                            ? LocalDateTime.parse(value, LOCAL)
                            : LocalDate.parse(value, DateTimeFormatter.BASIC_ISO_DATE)
                                    .atTime(LocalTime.MAX);
                })
                .findFirst();
    }
}
