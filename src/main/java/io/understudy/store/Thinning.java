package io.understudy.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Thins what was observed, hour by hour. It is noted which hours are done, so another turn goes on
 * where one was cut short; within an hour it goes by components, and where one of them said more
 * than goes into one statement, in several steps, of each of which the first observation stays.
 */
final class Thinning {

    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /** No clock is so far ahead that something was received this long before it was observed. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private static final String NEXT =
            """
            select min(observed_at) as first from observation
            where observed_at >= (select thinned_until from observation_care) and observed_at < ?
            """;

    /**
     * From one name to the next by the index, whatever the number of rows. Backwards, since what a
     * component said last is there, while what it said first may be thinned away and not yet
     * vacuumed. Not {@code exists}, which may be planned as a join with all rows of the hour.
     */
    static final String COMPONENTS =
            """
            with recursive known (component) as (
              select max(component) from observation
              union all
              select (select max(component) from observation where component < known.component)
              from known where component is not null)
            select component from known
            where component is not null and (
              select true from observation
              where component = known.component and observed_at >= ? and observed_at < ?
              limit 1)
            """;

    /** Where a step ends that would have too many. */
    private static final String CUT =
            """
            select observed_at from observation
            where component = ? and observed_at >= ? and observed_at < ?
              and received_at >= ? and received_at < ?
            order by observed_at offset ? limit 1
            """;

    /**
     * What a component said, compared with what it said just before. When it was received says in
     * which weeks to look: all others are left out of the plan.
     */
    private static final String THIN =
            """
            with spared as materialized (
              select least(opened_at, (body ->> 'firstObservedAt')::timestamptz) - ?::interval as since,
                     least(coalesce(ended_at, 'infinity'), opened_at + ?::interval) + ?::interval as until
              from incident
              where coalesce(ended_at, 'infinity') >= ?
                and least(opened_at, (body ->> 'firstObservedAt')::timestamptz) <= ?),
            said as (
              select observer, observed_at, id, received_at, ctid as place,
                     (status, telling_facts(facts), date_bin(?::interval, observed_at, ?)) as telling
              from observation
              where component = ? and observed_at >= ? and observed_at < ?
                and received_at >= ? and received_at < ?
                and (valid_until is null or valid_until < ?)),
            compared as (
              select observed_at, received_at, place, telling,
                     lag(telling) over (partition by observer order by observed_at, id) as before
              from said),
            dull as (
              select received_at, place from compared
              where telling = before
                and not exists (select from spared where observed_at between since and until))
            delete from observation using dull
            where observation.received_at = dull.received_at and observation.ctid = dull.place
              and observation.received_at >= ? and observation.received_at < ?
            """;

    private static final String THINNED =
            "update observation_care set thinned_until = ? where thinned_until < ?";

    /** Some time of one component; when that was received, unless it was very late. */
    private record Step(
            String component,
            Instant since,
            Instant until,
            Instant received,
            Instant receivedUntil) {}

    /** What became of a step, which may have been cut short. */
    private record Done(int thinned, Instant until) {}

    private final Database database;
    private final ObservationCare.Settings settings;

    /** What is thinned together: as long as what one observation is kept of, within bounds. */
    private final Duration window;

    Thinning(Database database, ObservationCare.Settings settings) {
        this.database = database;
        this.settings = settings;
        Duration wanted = settings.thinnedTo();
        Duration atMost = wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
        this.window = atMost.compareTo(SHORTEST) < 0 ? SHORTEST : atMost;
    }

    /**
     * Thins all that is old enough.
     *
     * @return how many observations went
     * @throws StoreUnavailable when a step cannot be done now; those before it are done
     */
    long thin(Instant now) {
        Instant until = beginOf(now.minus(settings.thinnedAfter()));
        long thinned = 0;
        for (Optional<Instant> next = next(until); next.isPresent(); next = next(until)) {
            Instant begin = beginOf(next.get());
            Instant end = begin.plus(window);
            for (String component : components(begin, end)) {
                thinned += thin(component, begin, end, now);
            }
            database.run("note what is thinned", s -> s.update(THINNED, end, end));
        }
        return thinned;
    }

    private Instant beginOf(Instant time) {
        return Instant.ofEpochMilli(
                Math.floorDiv(time.toEpochMilli(), window.toMillis()) * window.toMillis());
    }

    private Optional<Instant> next(Instant until) {
        return database.call(
                        "find what is to be thinned",
                        s -> s.first(NEXT, row -> Session.optionalInstant(row, "first"), until))
                .flatMap(first -> first);
    }

    private List<String> components(Instant begin, Instant end) {
        return database.call(
                "list what was observed in an hour",
                s -> s.list(COMPONENTS, row -> row.getString("component"), begin, end));
    }

    private long thin(String component, Instant begin, Instant end, Instant now) {
        long thinned = 0;
        for (Instant since = begin; since.isBefore(end); ) {
            Step step =
                    new Step(
                            component,
                            since,
                            end,
                            begin.minus(AHEAD),
                            end.plus(settings.thinnedAfter()));
            Done done = database.call("thin observations", s -> thin(s, step, begin, now));
            thinned += done.thinned();
            since = done.until();
        }
        return thinned;
    }

    private Done thin(Session session, Step step, Instant bins, Instant now) throws SQLException {
        Instant until = cut(session, step);
        Duration margin = settings.incidentMargin();
        int thinned =
                session.update(
                        THIN,
                        interval(margin),
                        interval(settings.incidentSpan()),
                        interval(margin),
                        step.since().minus(margin),
                        until.plus(margin),
                        interval(settings.thinnedTo()),
                        bins,
                        step.component(),
                        step.since(),
                        until,
                        step.received(),
                        step.receivedUntil(),
                        now,
                        step.received(),
                        step.receivedUntil());
        return new Done(thinned, until);
    }

    private Instant cut(Session session, Step step) throws SQLException {
        return session.first(
                        CUT,
                        row -> Session.instant(row, "observed_at"),
                        step.component(),
                        step.since(),
                        step.until(),
                        step.received(),
                        step.receivedUntil(),
                        settings.mostAtOnce())
                // what was said at one and the same moment stays together
                .map(cut -> cut.isAfter(step.since()) ? cut : cut.plus(1, ChronoUnit.MICROS))
                .orElse(step.until());
    }

    private static String interval(Duration length) {
        return length.toMillis() + " milliseconds";
    }
}
