package io.understudy.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private long nanos = 42;
    private Instant database = NOON;
    private Instant wall = NOON;
    private Duration way = Duration.ZERO;
    private @Nullable Duration back;
    private boolean away;

    @Test
    void itIsTheDatabasesTimeWhateverTheWallSays() {
        wall = NOON.minus(Duration.ofHours(5));
        DatabaseClock clock = clock();
        assertEquals(NOON, clock.instant());
        assertEquals(Duration.ofHours(5), clock.offset());
    }

    @Test
    void aWallClockThatJumpsByHoursChangesNothing() {
        DatabaseClock clock = clock();
        for (int hours : new int[] {2, -1, 2, -3}) {
            wall = wall.plus(Duration.ofHours(hours));
            pass(SECOND);
            Instant before = clock.instant();
            clock.refresh();
            assertEquals(before, clock.instant());
        }
        assertEquals(NOON.plusSeconds(4), clock.instant());
    }

    @Test
    void halfOfTheWayThereAndBackIsMadeUpFor() {
        way = Duration.ofMillis(30);
        DatabaseClock clock = clock();
        assertEquals(database, clock.instant());
    }

    @Test
    void whileTheDatabaseIsAwayItGoesOn() {
        DatabaseClock clock = clock();
        away = true;
        pass(Duration.ofMinutes(10));
        clock.refresh();
        assertEquals(NOON.plus(Duration.ofMinutes(10)), clock.instant());
    }

    @Test
    void withoutADatabaseThereIsNoTimeToBeginWith() {
        away = true;
        assertThrows(IllegalStateException.class, this::clock);
    }

    @Test
    void aLittleLateItCatchesUpAndALittleEarlyItGoesSlowerButNeverBack() {
        DatabaseClock clock = clock();
        for (int off : new int[] {400, -400}) {
            database = database.plusMillis(off);
            Instant before = clock.instant();
            clock.refresh();
            assertEquals(before, clock.instant(), "no step");
            for (int i = 0; i < 10; i++) {
                Instant last = clock.instant();
                pass(Duration.ofMillis(100));
                assertTrue(clock.instant().isAfter(last));
            }
            assertEquals(database, clock.instant());
        }
    }

    @Test
    void farBehindItJumpsToTheDatabasesTime() {
        DatabaseClock clock = clock();
        database = database.plus(Duration.ofHours(2));
        clock.refresh();
        assertEquals(database, clock.instant());
    }

    @Test
    void farAheadOfADatabaseThatWasSetBackItGoesAtHalfSpeedUntilTheyAgree() {
        DatabaseClock clock = clock();
        database = database.minusSeconds(10);
        for (int second = 0; second < 20; second++) {
            Instant last = clock.instant();
            clock.refresh();
            pass(SECOND);
            assertEquals(last.plusMillis(500), clock.instant());
        }
        assertEquals(database, clock.instant());
        pass(SECOND);
        assertEquals(database, clock.instant());
    }

    @Test
    void aDifferenceThatTheWayThereExplainsIsNone() {
        DatabaseClock clock = clock();
        way = Duration.ofMillis(100);
        database = database.plusMillis(50);
        clock.refresh();
        pass(Duration.ofMinutes(1));
        assertFalse(clock.instant().isAfter(database));
    }

    @Test
    void aSlowQuestionIsNotTakenForADatabaseThatIsAhead() {
        DatabaseClock clock = clock();
        way = Duration.ofSeconds(10);
        back = Duration.ZERO;
        clock.refresh();
        assertEquals(database, clock.instant());
        way = Duration.ZERO;
        pass(SECOND);
        clock.refresh();
        assertEquals(database, clock.instant());
    }

    /** Time goes on, for the database and here; what is on the wall has nothing to do with it. */
    private void pass(Duration time) {
        nanos += time.toNanos();
        database = database.plus(time);
    }

    private DatabaseClock.Reading read() throws InterruptedException {
        if (away) {
            throw new InterruptedException("no answer");
        }
        long asked = nanos;
        pass(way);
        Instant said = database;
        pass(back == null ? way : back);
        return new DatabaseClock.Reading(said, asked, nanos);
    }

    private DatabaseClock clock() {
        return new DatabaseClock(this::read, () -> nanos, () -> wall, Duration.ofSeconds(5));
    }
}
