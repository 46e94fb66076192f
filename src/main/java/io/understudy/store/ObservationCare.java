package io.understudy.store;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Keeps observations from growing for ever. What is old is thinned: of each component, as each
 * observer sees it, stay the changes and now and then one that confirms them. What is very old
 * goes.
 *
 * <p>Any number of replicas may call it at any time: one does it. Whatever belongs to an incident
 * is kept whole as long as anything is, so that it can be replayed.
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
     * @param interval the least time between two turns
     */
    public record Settings(
            Duration thinnedAfter,
            Duration thinnedTo,
            Duration kept,
            Duration incidentMargin,
            Duration interval) {

        public static final Settings DEFAULT =
                new Settings(
                        Duration.ofDays(7),
                        Duration.ofHours(1),
                        Duration.ofDays(400),
                        Duration.ofMinutes(5),
                        Duration.ofHours(1));

        public Settings {
            require(
                    thinnedAfter.compareTo(DAY) >= 0,
                    "observations are thinned after a day or more");
            require(thinnedTo.isPositive(), "thinnedTo is more than nothing");
            require(
                    kept.compareTo(DAY.multipliedBy(14)) >= 0 && kept.compareTo(thinnedAfter) > 0,
                    "observations are kept for two weeks or more, and longer than until thinned");
            require(!incidentMargin.isNegative(), "incidentMargin is nothing or more");
            require(interval.isPositive(), "interval is more than nothing");
        }

        private static void require(boolean holds, String rule) {
            if (!holds) {
                throw new IllegalArgumentException(rule);
            }
        }
    }

    /**
     * What one turn came to.
     *
     * @param weeksDropped partitions, each of a week
     */
    public record Tended(int weeksMade, long thinned, int weeksDropped, long idsForgotten) {}

    private static final Duration DAY = Duration.ofDays(1);

    /** So many weeks are there before they are needed, should nobody tend them for a while. */
    private static final int WEEKS_AHEAD = 5;

    private static final int IDS_AT_ONCE = 10_000;

    private static final String CLAIM =
            "update observation_care set tended_at = ? where tended_at <= ?";
    private static final String MAKE = "select make_observation_weeks(?::timestamptz, ?) as made";
    private static final String DROP = "select drop_observation_weeks(?::timestamptz) as dropped";
    private static final String DROP_ELSE = "delete from observation_else where received_at < ?";
    private static final String FORGET =
            """
            delete from observation_id where id in
              (select id from observation_id where received_at < ? order by received_at limit ?)
            """;
    private static final String NEXT_DAY =
            """
            select min(observed_at) as first from observation
            where observed_at >= (select thinned_until from observation_care) and observed_at < ?
            """;
    private static final String COMPONENTS =
            "select distinct component from observation where observed_at >= ? and observed_at < ?";
    private static final String THINNED =
            "update observation_care set thinned_until = ? where thinned_until < ?";

    /** What is said of one component in one day, compared with what was said just before. */
    private static final String THIN =
            """
            with said as (
              select tableoid as part, ctid as place, observed_at,
                     status, telling_facts(facts) as facts,
                     lag(status) over line as status_before,
                     lag(telling_facts(facts)) over line as facts_before,
                     row_number() over (partition by observer, date_bin(?::interval, observed_at, ?::timestamptz)
                                        order by observed_at, id) as nth
              from observation
              where component = ? and observed_at >= ? and observed_at < ?
                and (valid_until is null or valid_until < ?)
              window line as (partition by observer order by observed_at, id)),
            dull as (
              select part, place from said
              where nth > 1 and status = status_before and facts = facts_before
                and not exists (
                  select from incident
                  where said.observed_at >= opened_at - ?::interval
                    and said.observed_at <= coalesce(ended_at, 'infinity') + ?::interval))
            delete from observation using dull
            where observation.tableoid = dull.part and observation.ctid = dull.place
            """;

    private final Database database;
    private final Settings settings;

    public ObservationCare(Database database, Settings settings) {
        this.database = database;
        this.settings = settings;
    }

    /** Sees that there is room for what comes. To be called before observations are taken in. */
    public int makeRoom(Instant now) {
        return database.call(
                "make room for observations",
                s -> s.first(MAKE, row -> row.getInt("made"), now, WEEKS_AHEAD).orElseThrow());
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
        int made = makeRoom(now);
        long thinned = thin(now);
        int dropped =
                database.call(
                        "drop old observations",
                        s -> {
                            s.update(DROP_ELSE, end);
                            return s.first(DROP, row -> row.getInt("dropped"), end).orElseThrow();
                        });
        return new Tended(made, thinned, dropped, forget(end));
    }

    /** Ids whose observations are gone: said again, they would count as new. */
    private long forget(Instant end) {
        long forgotten = 0;
        int some;
        do {
            some =
                    database.call(
                            "forget ids of old observations",
                            s -> s.update(FORGET, end, IDS_AT_ONCE));
            forgotten += some;
        } while (some == IDS_AT_ONCE);
        return forgotten;
    }

    private long thin(Instant now) {
        Instant until = now.minus(settings.thinnedAfter()).truncatedTo(ChronoUnit.DAYS);
        long thinned = 0;
        for (Optional<Instant> day = next(until); day.isPresent(); day = next(until)) {
            Instant begin = day.get().truncatedTo(ChronoUnit.DAYS);
            Instant end = begin.plus(DAY);
            for (String component : components(begin, end)) {
                thinned += thin(component, begin, end, now);
            }
            database.run("note what is thinned", s -> s.update(THINNED, end, end));
        }
        return thinned;
    }

    private Optional<Instant> next(Instant until) {
        return database.call(
                        "find what is to be thinned",
                        s -> s.first(NEXT_DAY, row -> Session.optionalInstant(row, "first"), until))
                .flatMap(first -> first);
    }

    private List<String> components(Instant begin, Instant end) {
        return database.call(
                "list what was observed in a day",
                s -> s.list(COMPONENTS, row -> row.getString("component"), begin, end));
    }

    private int thin(String component, Instant begin, Instant end, Instant now) {
        String margin = settings.incidentMargin().toMillis() + " milliseconds";
        String bin = settings.thinnedTo().toMillis() + " milliseconds";
        return database.call(
                "thin observations",
                s -> s.update(THIN, bin, begin, component, begin, end, now, margin, margin));
    }
}
