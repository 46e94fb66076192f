package io.understudy.calendar;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/**
 * The local times that an endless rule gives. The library computes with them as if they were UTC:
 * what the clock on the wall does is seen to where they become moments.
 */
final class Starts implements Iterator<LocalDateTime> {

    private static final int DAYS_OF_A_WEEK = 7;

    private final Optional<LocalDateTime> last;
    private final Optional<RecurrenceRuleIterator> rule;
    private boolean read;
    private boolean over;

    /**
     * @param rule without COUNT and UNTIL; not used by anybody else, since the library writes to it
     * @param earliest what starts before is skipped as far as that is fast
     */
    Starts(
            RecurrenceRule rule,
            LocalDateTime start,
            LocalDateTime earliest,
            Optional<LocalDateTime> last) {
        this.last = last;
        this.rule = opened(rule, nearer(rule, start, earliest), earliest);
    }

    @Override
    public boolean hasNext() {
        if (read && !over) {
            advance();
        }
        over =
                over
                        || rule.isEmpty()
                        || !upcoming().hasNext()
                        || last.filter(end -> peek().isAfter(end)).isPresent();
        return !over;
    }

    /**
     * The library gives up by an exception when some 4,000 periods in a row are empty, that is
     * years of days: so far ahead there is nothing to be told.
     */
    private void advance() {
        read = false;
        try {
            upcoming().nextMillis();
        } catch (IllegalArgumentException | IllegalStateException e) {
            over = true;
        }
    }

    @Override
    public LocalDateTime next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        read = true;
        return peek();
    }

    private LocalDateTime peek() {
        DateTime next = upcoming().peekDateTime();
        return LocalDateTime.of(
                next.getYear(),
                next.getMonth() + 1,
                next.getDayOfMonth(),
                next.getHours(),
                next.getMinutes(),
                next.getSeconds());
    }

    private RecurrenceRuleIterator upcoming() {
        return rule.orElseThrow();
    }

    private static Optional<RecurrenceRuleIterator> opened(
            RecurrenceRule rule, LocalDateTime start, LocalDateTime earliest) {
        try {
            RecurrenceRuleIterator opened = rule.iterator(utc(start));
            opened.fastForward(utc(earliest));
            return Optional.of(opened);
        } catch (IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /**
     * A start that gives the same from {@code earliest} on, without going through all the days
     * since the first.
     */
    private static LocalDateTime nearer(
            RecurrenceRule rule, LocalDateTime start, LocalDateTime earliest) {
        long days =
                switch (rule.getFreq()) {
                    case DAILY -> rule.getInterval();
                    case WEEKLY -> (long) DAYS_OF_A_WEEK * rule.getInterval();
                    case YEARLY, MONTHLY, HOURLY, MINUTELY, SECONDLY -> 0;
                };
        long ahead = ChronoUnit.DAYS.between(start, earliest) - days - DAYS_OF_A_WEEK;
        return days == 0 || ahead < days ? start : start.plusDays(ahead / days * days);
    }

    private static DateTime utc(LocalDateTime local) {
        return new DateTime(
                DateTime.UTC,
                local.getYear(),
                local.getMonthValue() - 1,
                local.getDayOfMonth(),
                local.getHour(),
                local.getMinute(),
                local.getSecond());
    }
}
