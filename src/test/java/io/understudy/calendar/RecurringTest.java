package io.understudy.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecurringTest {

    /** Clocks go forward on 29 March 2026 at 01:00 UTC, back on 25 October 2026 at 01:00 UTC. */
    private static final String DUBLIN = "Europe/Dublin";

    /** Clocks go from 02:00 to 03:00 on 29 March 2026. */
    private static final String BERLIN = "Europe/Berlin";

    @Test
    void aWindowWithoutARuleIsOpenOnce() {
        Recurring once = window("2026-12-06T22:00", DUBLIN, "PT4H", "");
        assertEquals(
                "2026-12-06T22:00:00Z 2026-12-07T02:00:00Z", next(once, "2026-01-01T00:00:00Z"));
        assertEquals(
                "2026-12-06T22:00:00Z 2026-12-07T02:00:00Z", next(once, "2026-12-07T01:59:59Z"));
        assertEquals("none", next(once, "2026-12-07T02:00:00Z"));
    }

    @Test
    void aWindowIsOpenFromItsStartUntilJustBeforeItsEnd() {
        Recurring monthly = window("2026-12-06T22:00", DUBLIN, "PT4H", "FREQ=MONTHLY;BYDAY=1SU");
        assertFalse(isOpen(monthly, "2027-01-03T21:59:59Z"));
        assertTrue(isOpen(monthly, "2027-01-03T22:00:00Z"));
        assertTrue(isOpen(monthly, "2027-01-04T01:59:59Z"));
        assertFalse(isOpen(monthly, "2027-01-04T02:00:00Z"));
        assertEquals(
                "2027-02-07T22:00:00Z 2027-02-08T02:00:00Z", next(monthly, "2027-01-04T02:00:00Z"));
    }

    @Test
    void aLocalTimeStaysWhatTheClockShowsInSummerAndWinter() {
        Recurring nightly = window("2026-01-01T22:00", DUBLIN, "PT1H", "FREQ=DAILY");
        assertEquals(
                "2026-01-10T22:00:00Z 2026-01-10T23:00:00Z", next(nightly, "2026-01-10T12:00:00Z"));
        assertEquals(
                "2026-07-10T21:00:00Z 2026-07-10T22:00:00Z", next(nightly, "2026-07-10T12:00:00Z"));
    }

    @Test
    void aWindowOverTheChangeOfTheClockLastsAsLongAsItSays() {
        Recurring nightly = window("2026-01-01T23:00", DUBLIN, "PT4H", "FREQ=DAILY");
        assertEquals(
                "2026-03-28T23:00:00Z 2026-03-29T03:00:00Z", next(nightly, "2026-03-28T12:00:00Z"));
        assertEquals(
                "2026-10-24T22:00:00Z 2026-10-25T02:00:00Z", next(nightly, "2026-10-24T12:00:00Z"));
    }

    @Test
    void aStartThatTheClockJumpsOverIsTakenAnHourLater() {
        Recurring nightly = window("2026-01-01T02:30", BERLIN, "PT1H", "FREQ=DAILY");
        assertEquals(
                "2026-03-28T01:30:00Z 2026-03-28T02:30:00Z", next(nightly, "2026-03-28T00:00:00Z"));
        assertEquals(
                "2026-03-29T01:30:00Z 2026-03-29T02:30:00Z", next(nightly, "2026-03-29T00:00:00Z"));
        assertEquals(
                "2026-03-30T00:30:00Z 2026-03-30T01:30:00Z", next(nightly, "2026-03-29T12:00:00Z"));
    }

    @Test
    void aStartThatComesTwiceIsTheFirst() {
        Recurring nightly = window("2026-01-01T02:30", BERLIN, "PT1H", "FREQ=DAILY");
        assertEquals(
                "2026-10-25T00:30:00Z 2026-10-25T01:30:00Z", next(nightly, "2026-10-25T00:00:00Z"));
        assertEquals(
                "2026-10-26T01:30:00Z 2026-10-26T02:30:00Z", next(nightly, "2026-10-25T01:30:00Z"));
    }

    @Test
    void occurrencesThatTouchOrOverlapAreOne() {
        Recurring weekend = window("2026-01-03T00:00", "UTC", "P1D", "FREQ=WEEKLY;BYDAY=SA,SU");
        assertEquals(
                "2026-11-21T00:00:00Z 2026-11-23T00:00:00Z", next(weekend, "2026-11-21T10:00:00Z"));
        Recurring twice = window("2026-01-01T20:00", "UTC", "PT3H", "FREQ=DAILY;BYHOUR=20,22");
        assertEquals(
                "2026-11-21T20:00:00Z 2026-11-22T01:00:00Z", next(twice, "2026-11-21T22:30:00Z"));
    }

    @Test
    void whatNeverClosesIsTold() {
        assertTrue(window("2026-01-01T00:00", DUBLIN, "P1D", "FREQ=DAILY").leavesNoGap());
        assertTrue(
                window("2026-01-01T00:00", "UTC", "P1D", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU")
                        .leavesNoGap());
        assertFalse(window("2026-01-01T00:00", "UTC", "PT23H59M59S", "FREQ=DAILY").leavesNoGap());
        assertFalse(window("2026-01-01T00:00", "UTC", "P1D", "FREQ=DAILY;COUNT=900").leavesNoGap());
    }

    @Test
    void countIsCountedFromTheStart() {
        Recurring three =
                window("2026-01-01T22:00", "UTC", "PT1H", "FREQ=DAILY;INTERVAL=2;COUNT=3");
        assertEquals(
                "2026-01-05T22:00:00Z 2026-01-05T23:00:00Z", next(three, "2026-01-04T00:00:00Z"));
        assertEquals("none", next(three, "2026-01-05T23:00:00Z"));
    }

    @Test
    void untilIsTheLastMomentAtWhichAnOccurrenceMayStart() {
        String nightly = "FREQ=DAILY;UNTIL=";
        String start = "2026-07-01T22:00";
        Recurring utc = window(start, DUBLIN, "PT1H", nightly + "20260703T210000Z");
        assertEquals(
                "2026-07-03T21:00:00Z 2026-07-03T22:00:00Z", next(utc, "2026-07-03T00:00:00Z"));
        assertEquals("none", next(utc, "2026-07-03T22:00:00Z"));
        Recurring before = window(start, DUBLIN, "PT1H", nightly + "20260703T205959Z");
        assertEquals("none", next(before, "2026-07-03T00:00:00Z"));
        Recurring local = window(start, DUBLIN, "PT1H", nightly + "20260703T220000");
        assertEquals(
                "2026-07-03T21:00:00Z 2026-07-03T22:00:00Z", next(local, "2026-07-03T00:00:00Z"));
        Recurring day = window(start, DUBLIN, "PT1H", nightly + "20260703");
        assertEquals(
                "2026-07-03T21:00:00Z 2026-07-03T22:00:00Z", next(day, "2026-07-03T00:00:00Z"));
        assertEquals("none", next(day, "2026-07-03T22:00:00Z"));
    }

    @Test
    void aStartBesideTheRuleIsNoOccurrence() {
        Recurring sundays = window("2026-12-01T22:00", "UTC", "PT1H", "FREQ=MONTHLY;BYDAY=1SU");
        assertEquals(
                "2026-12-06T22:00:00Z 2026-12-06T23:00:00Z", next(sundays, "2026-11-01T00:00:00Z"));
    }

    @Test
    void whatIsFarAwayIsFoundWithoutGoingThroughAllBefore() {
        Recurring daily = window("1970-01-01T02:00", DUBLIN, "PT1H", "FREQ=DAILY");
        Recurring working =
                window(
                        "1970-01-01T02:00",
                        DUBLIN,
                        "PT1H",
                        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=1,2,3");
        assertTimeout(
                Duration.ofSeconds(5),
                () -> {
                    for (int i = 0; i < 1_000; i++) {
                        assertEquals(
                                "2999-06-01T01:00:00Z 2999-06-01T02:00:00Z",
                                next(daily, "2999-05-31T12:00:00Z"));
                    }
                    for (int i = 0; i < 100; i++) {
                        assertTrue(isOpen(working, "2026-11-20T02:30:00Z"));
                    }
                });
    }

    @Test
    void theLeapDayIsFoundAndWhatIsBeyondTheHorizonIsNone() {
        Recurring leap =
                window("2024-02-29T00:00", "UTC", "P1D", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29");
        assertEquals(
                "2028-02-29T00:00:00Z 2028-03-01T00:00:00Z", next(leap, "2024-03-01T00:00:00Z"));
        Recurring rare =
                window(
                        "2004-02-29T00:00",
                        "UTC",
                        "P1D",
                        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU");
        assertTrue(isOpen(rare, "2004-02-29T12:00:00Z"));
        assertEquals("none", next(rare, "2004-03-01T00:00:00Z"));
    }

    /** The short way to a time gives what going through everything from the start gives. */
    @Test
    void theShortWayGivesTheSameAsTheLongOne() {
        String[] rules = {
            "FREQ=DAILY;INTERVAL=3",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SA;WKST=SU",
            "FREQ=WEEKLY;BYDAY=TU,WE,TH;BYSETPOS=-1",
            "FREQ=DAILY;BYDAY=SU;BYHOUR=1,5",
            "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=-1",
            "FREQ=MONTHLY;BYDAY=-1FR",
            "FREQ=MONTHLY",
            "FREQ=YEARLY;BYDAY=20MO",
            "FREQ=YEARLY;INTERVAL=2;BYMONTH=1,3,10;BYDAY=1SU"
        };
        Random random = new Random(42);
        for (String rule : rules) {
            Recurring window = window("2010-01-31T01:30", BERLIN, "PT5H", rule);
            for (int i = 0; i < 200; i++) {
                Instant at =
                        Instant.parse("2010-01-01T00:00:00Z")
                                .plusSeconds(random.nextInt(700_000_000));
                assertEquals(byTheLongWay(window, at), window.onOrAfter(at), rule + " at " + at);
            }
        }
    }

    private static Optional<Occurrence> byTheLongWay(Recurring window, Instant at) {
        var starts = window.recurrence().orElseThrow().starts(window.start(), window.start());
        while (starts.hasNext()) {
            Instant from = starts.next().atZone(window.timeZone()).toInstant();
            if (from.plus(window.duration()).isAfter(at)) {
                Instant until = from.plus(window.duration());
                for (int i = 0; i < 5 && starts.hasNext(); i++) {
                    Instant more = starts.next().atZone(window.timeZone()).toInstant();
                    if (!more.isAfter(until)) {
                        until = more.plus(window.duration());
                    }
                }
                return Optional.of(new Occurrence(from, until));
            }
        }
        return Optional.empty();
    }

    private static Recurring window(String start, String zone, String duration, String rule) {
        LocalDateTime from = LocalDateTime.parse(start);
        ZoneId timeZone = ZoneId.of(zone);
        return new Recurring(
                from,
                timeZone,
                Duration.parse(duration),
                rule.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Recurrence.of(rule, from, timeZone)));
    }

    private static boolean isOpen(Recurring window, String at) {
        Instant time = Instant.parse(at);
        return window.onOrAfter(time).filter(o -> o.covers(time)).isPresent();
    }

    private static String next(Recurring window, String at) {
        return window.onOrAfter(Instant.parse(at))
                .map(o -> o.from() + " " + o.until())
                .orElse("none");
    }
}
