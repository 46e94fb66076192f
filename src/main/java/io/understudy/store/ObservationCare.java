package io.understudy.store;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Keeps observations from growing for ever. What is old is thinned: of each component, as each
 * observer sees it, stay the changes and now and then one that confirms them. What is very old
 * goes.
 *
 * <p>Any number of replicas may call it at any time: one does it. Whatever belongs to an incident
 * is kept whole as long as anything is, so that it can be replayed.
 *
 * <p>What frees the disk comes first, and no part waits for another to succeed: one that fails is
 * logged, and tried again with the next turn. No statement's cost grows with what is kept.
 */
public final class ObservationCare {

    /**
     * How much is kept.
     *
     * @param thinnedAfter the age from which observations are thinned; at least a day
     * @param thinnedTo of those that tell nothing new, one is kept in this time; more than nothing
     * @param kept the age from which they are dropped, by whole weeks; longer than {@code
     *     thinnedAfter}, and at least two weeks
     * @param incidentMargin what was observed this long before and after an incident belongs to it
     * @param incidentSpan what was observed later than this after an incident was opened belongs to
     *     it no longer: in a large estate one is open at any time; more than nothing
     * @param interval the least time between two turns
     * @param mostAtOnce how many are thinned, dropped or forgotten by one statement; at least 1
     */
    public record Settings(
            Duration thinnedAfter,
            Duration thinnedTo,
            Duration kept,
            Duration incidentMargin,
            Duration incidentSpan,
            Duration interval,
            int mostAtOnce) {

        public static final Settings DEFAULT =
                new Settings(
                        Duration.ofDays(7),
                        Duration.ofHours(1),
                        Duration.ofDays(400),
                        Duration.ofMinutes(5),
                        Duration.ofDays(1),
                        Duration.ofHours(1),
                        10_000);

        public Settings {
            require(
                    thinnedAfter.compareTo(DAY) >= 0,
                    "observations are thinned after a day or more");
            require(thinnedTo.isPositive(), "thinnedTo is more than nothing");
            require(
                    kept.compareTo(DAY.multipliedBy(14)) >= 0 && kept.compareTo(thinnedAfter) > 0,
                    "observations are kept for two weeks or more, and longer than until thinned");
            require(!incidentMargin.isNegative(), "incidentMargin is nothing or more");
            require(incidentSpan.isPositive(), "incidentSpan is more than nothing");
            require(interval.isPositive(), "interval is more than nothing");
            require(mostAtOnce >= 1, "mostAtOnce is at least 1");
        }

        private static void require(boolean holds, String rule) {
            if (!holds) {
                throw new IllegalArgumentException(rule);
            }
        }
    }

    /**
     * What one turn came to; nothing of a part that failed.
     *
     * @param weeksDropped partitions, each of a week
     */
    public record Tended(long weeksMade, long thinned, long weeksDropped, long idsForgotten) {}

    private static final System.Logger LOGGER = System.getLogger(ObservationCare.class.getName());

    private static final Duration DAY = Duration.ofDays(1);

    /** So many weeks are there before they are needed, should nobody tend them for a while. */
    private static final int WEEKS_AHEAD = 5;

    private static final String CLAIM =
            "update observation_care set tended_at = ? where tended_at <= ?";
    private static final String MAKE = "select make_observation_weeks(?::timestamptz, ?) as made";
    private static final String DROP = "select drop_observation_weeks(?::timestamptz) as dropped";
    private static final String DROP_ELSE =
            """
            delete from observation_else where ctid = any (array(
              select ctid from observation_else where received_at < ? limit ?))
            """;
    private static final String FORGET =
            """
            delete from observation_id where id in
              (select id from observation_id where received_at < ? order by received_at limit ?)
            """;

    private final Database database;
    private final Settings settings;
    private final Thinning thinning;

    public ObservationCare(Database database, Settings settings) {
        this.database = database;
        this.settings = settings;
        this.thinning = new Thinning(database, settings);
    }

    /**
     * Sees that there is room for what comes; to be called before observations are taken in. A week
     * that cannot be made now, as while a back-up reads, is left to the next turn: what comes is
     * taken in all the same, and moved into its week then.
     *
     * @return how many weeks were made
     */
    public int makeRoom(Instant now) {
        try {
            return database.call(
                    "make room for observations",
                    s -> s.first(MAKE, row -> row.getInt("made"), now, WEEKS_AHEAD).orElseThrow());
        } catch (StoreUnavailable e) {
            LOGGER.log(
                    Level.WARNING,
                    "{0}; somebody may be reading the table observation_else, as pg_dump does."
                            + " Observations are taken in nevertheless, and the weeks are made"
                            + " with the next care of observations, at most {1} later",
                    e.getMessage(),
                    settings.interval());
            return 0;
        }
    }

    /** Tends what is kept; empty when another has done so within the interval. */
    public Optional<Tended> tend(Instant now) {
        Instant due = now.minus(settings.interval());
        boolean ours =
                database.call(
                        "claim the care of observations", s -> s.update(CLAIM, now, due) == 1);
        return ours ? Optional.of(tended(now)) : Optional.empty();
    }

    private Tended tended(Instant now) {
        Instant end = now.minus(settings.kept());
        long made = part("making of weeks", () -> makeRoom(now));
        long dropped = part("dropping of weeks", () -> drop(end));
        part(
                "dropping of what no week is there for",
                () -> all("drop old observations", DROP_ELSE, end));
        // said again, they would count as new
        long forgotten =
                part("forgetting of ids", () -> all("forget ids of old observations", FORGET, end));
        return new Tended(made, part("thinning", () -> thinning.thin(now)), dropped, forgotten);
    }

    private long part(String name, LongSupplier work) {
        try {
            return work.getAsLong();
        } catch (StoreUnavailable e) {
            LOGGER.log(
                    Level.WARNING,
                    "the {0} in the care of observations waits for its next turn, in {1}: {2}",
                    name,
                    settings.interval(),
                    e.getMessage());
        } catch (StoreFailure e) {
            LOGGER.log(
                    Level.ERROR,
                    "the "
                            + name
                            + " in the care of observations failed; it is tried again in "
                            + settings.interval(),
                    e);
        }
        return 0;
    }

    private int drop(Instant end) {
        return database.call(
                "drop old observations",
                s -> s.first(DROP, row -> row.getInt("dropped"), end).orElseThrow());
    }

    /** Does by and by what one statement might not do within its time. */
    private long all(String what, String sql, Instant end) {
        long done = 0;
        int some;
        do {
            some = database.call(what, s -> s.update(sql, end, settings.mostAtOnce()));
            done += some;
        } while (some == settings.mostAtOnce());
        return done;
    }
}
