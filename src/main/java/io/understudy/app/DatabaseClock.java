package io.understudy.app;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The database's time, which is one for all replicas, carried on from one reading to the next by
 * what this machine measures of time passing. The clock on this machine's wall may be set to
 * whatever somebody likes.
 *
 * <p>It never goes back. What a slow answer explains is no difference. When a reading differs a
 * little, it goes faster or at half its speed until it agrees; when the database is far ahead it
 * jumps there, when it is far behind it goes at half speed for as long as that takes. While the
 * database cannot be read it goes on.
 */
final class DatabaseClock implements InstantSource {

    private static final System.Logger LOGGER = System.getLogger(DatabaseClock.class.getName());

    /** Beyond it a difference ahead is jumped over. */
    private static final Duration LITTLE = Duration.ofSeconds(1);

    /**
     * What the database said, and when it was asked and answered by {@link System#nanoTime}: its
     * time is that of a moment between the two.
     */
    record Reading(Instant said, long asked, long answered) {
        /** The database's time when it had answered. */
        private Instant then() {
            return said.plus(uncertainty());
        }

        private Duration uncertainty() {
            return Duration.ofNanos((answered - asked) / 2);
        }
    }

    /** Asks the database. */
    @FunctionalInterface
    interface Source {
        Reading read() throws Exception;
    }

    /**
     * From a moment on: what the time was, and by how much it is wrong.
     *
     * @param correction is made up for at the rate of half the time that passes
     */
    private record Course(long moment, Instant time, Duration correction) {
        private Instant at(long nanos) {
            long passed = nanos - moment;
            long made = Math.clamp(correction.toNanos(), -passed / 2, passed / 2);
            return time.plusNanos(passed).plusNanos(made);
        }
    }

    private final Source database;
    private final LongSupplier nanoTime;
    private final InstantSource wall;
    private final Duration warnOffset;
    private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);
    private volatile Course course;
    private volatile boolean agrees = true;
    private volatile boolean readable = true;

    /**
     * Reads the database's time.
     *
     * @param nanoTime {@link System#nanoTime}
     * @param wall what is only compared with
     * @param warnOffset a difference to the wall clock beyond it is logged
     * @throws IllegalStateException when the database cannot be read
     */
    DatabaseClock(Source database, LongSupplier nanoTime, InstantSource wall, Duration warnOffset) {
        this.database = database;
        this.nanoTime = nanoTime;
        this.wall = wall;
        this.warnOffset = warnOffset;
        this.course = first(database);
        compareWithWall();
    }

    private static Course first(Source database) {
        try {
            Reading reading = database.read();
            return new Course(reading.answered(), reading.then(), Duration.ZERO);
        } catch (Exception e) {
            throw new IllegalStateException(
                    "the database's time cannot be read; check that PostgreSQL runs, and the"
                            + " settings quarkus.datasource.*",
                    e);
        }
    }

    /** To the microsecond, which is as exact as what is kept. */
    @Override
    public Instant instant() {
        Instant now = course.at(nanoTime.getAsLong());
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        return Instant.EPOCH.plus(latest.accumulateAndGet(micros, Math::max), ChronoUnit.MICROS);
    }

    /** Reads the database's time again; for one thread. */
    void refresh() {
        try {
            set(database.read());
            readable = true;
        } catch (Exception e) {
            if (readable) {
                LOGGER.log(
                        Level.WARNING,
                        "The database''s time cannot be read ({0}); this process goes on by its"
                                + " own measure of time until it can",
                        e.toString());
            }
            readable = false;
        }
        compareWithWall();
    }

    /** How far this clock is ahead of the one on the wall; negative when behind. */
    Duration offset() {
        return Duration.between(wall.instant(), instant());
    }

    private void set(Reading reading) {
        long now = reading.answered();
        Instant ours = course.at(now);
        Duration wrong = Duration.between(ours, reading.then());
        if (wrong.abs().compareTo(reading.uncertainty()) <= 0) {
            return;
        }
        Duration surely =
                wrong.minus(
                        wrong.isPositive()
                                ? reading.uncertainty()
                                : reading.uncertainty().negated());
        course =
                surely.compareTo(LITTLE) > 0
                        ? new Course(now, ours.plus(surely), Duration.ZERO)
                        : new Course(now, ours, surely);
    }

    private void compareWithWall() {
        Duration offset = offset();
        boolean near = offset.abs().compareTo(warnOffset) <= 0;
        if (agrees && !near) {
            LOGGER.log(
                    Level.WARNING,
                    "This machine''s clock is {0} s away from the database''s. Nothing here goes by"
                            + " it, but logs and certificates do: set it right",
                    TimeUnit.MILLISECONDS.toSeconds(offset.toMillis()));
        }
        agrees = near;
    }
}
