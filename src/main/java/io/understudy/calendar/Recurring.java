package io.understudy.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * By the clock on a wall, once or again and again. A local time that the clock jumps over is taken
 * with the offset before the jump, one that comes twice is the first of the two (RFC 5545, 3.3.5):
 * 02:30 on the day on which the clock goes from 02:00 to 03:00 is 03:30. Occurrences that overlap
 * or touch count as one.
 *
 * @param start of the first occurrence, or the earliest from which the rule gives one
 * @param duration of real time, more than nothing and at most {@link #LONGEST}; a change of the
 *     clock makes it neither shorter nor longer
 * @param recurrence empty for once
 */
public record Recurring(
        LocalDateTime start, ZoneId timeZone, Duration duration, Optional<Recurrence> recurrence)
        implements Schedule {

    /** The longest occurrence; what lasts longer is a freeze. */
    public static final Duration LONGEST = Duration.ofDays(366);

    /** Of so many occurrences without a gap between them the common end is looked for. */
    public static final int MOST_JOINED = 400;

    /** By how much the clock of a zone is put forward or back at most. */
    private static final Duration CLOCK_CHANGE = Duration.ofDays(1);

    public Recurring {
        if (!duration.isPositive() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "an occurrence lasts more than nothing and at most P%dD"
                            .formatted(LONGEST.toDays()));
        }
    }

    /** Whether it never closes again once it is open, but for changes of the clock. */
    public boolean leavesNoGap() {
        Recurring unchanged = new Recurring(start, ZoneOffset.UTC, duration, recurrence);
        return recurrence.filter(rule -> rule.last().isEmpty()).isPresent()
                && unchanged
                        .joined(start.toInstant(ZoneOffset.UTC))
                        .filter(all -> all.count() > MOST_JOINED)
                        .isPresent();
    }

    @Override
    public Optional<Occurrence> onOrAfter(Instant at) {
        return joined(at).map(Joined::occurrence);
    }

    private Optional<Joined> joined(Instant at) {
        Optional<Joined> joined = Optional.empty();
        Iterator<LocalDateTime> starts = starts(at);
        while (starts.hasNext()) {
            Instant from = starts.next().atZone(timeZone).toInstant();
            Occurrence next = new Occurrence(from, from.plus(duration));
            if (!next.until().isAfter(at)) {
                continue;
            }
            if (joined.isPresent() && !joined.get().goesOnWith(next)) {
                break;
            }
            joined = Optional.of(joined.map(j -> j.with(next)).orElse(new Joined(next, 1)));
        }
        return joined;
    }

    /** Starts in order, from early enough not to miss one that lasts until then. */
    private Iterator<LocalDateTime> starts(Instant at) {
        LocalDateTime earliest =
                LocalDateTime.ofInstant(at.minus(duration).minus(CLOCK_CHANGE), timeZone);
        return recurrence
                .map(rule -> rule.starts(start, earliest))
                .orElseGet(() -> List.of(start).iterator());
    }

    /** Occurrences without a gap between them. */
    private record Joined(Occurrence occurrence, int count) {

        boolean goesOnWith(Occurrence next) {
            return count <= MOST_JOINED && !next.from().isAfter(occurrence.until());
        }

        /** A start that the clock jumps over can come after one that is written behind it. */
        Joined with(Occurrence next) {
            Instant from = occurrence.from();
            Instant until = occurrence.until();
            return new Joined(
                    new Occurrence(
                            next.from().isBefore(from) ? next.from() : from,
                            next.until().isAfter(until) ? next.until() : until),
                    count + 1);
        }
    }
}
