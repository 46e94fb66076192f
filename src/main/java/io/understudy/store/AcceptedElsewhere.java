package io.understudy.store;

import io.understudy.control.ObservationLog.Others;
import io.understudy.control.ObservationLog.Place;
import io.understudy.health.Observation;
import java.sql.SQLException;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * What others than one log have accepted, by the transactions in which they did. Read is what comes
 * before the oldest transaction that has not ended: nothing comes between any more.
 */
final class AcceptedElsewhere {

    private static final String PLACE =
            "select pg_snapshot_xmin(pg_current_snapshot())::text as place";

    /** Up to where everything has been decided, and up to where a reader who takes so many gets. */
    private static final String REACH =
            """
            select pg_snapshot_xmin(pg_current_snapshot())::text as place, count(*) as found, max(tx::text::bigint) as last
            from (select tx from observation
                  where tx >= ?::text::xid8 and tx < pg_snapshot_xmin(pg_current_snapshot())
                  order by tx limit ?) as next
            """;

    private static final String OTHERS =
            PgObservationLog.COLUMNS
                    + """
                    where tx >= ?::text::xid8 and tx < ?::text::xid8 and tx::text <> all (?::text[])
                    order by observed_at, id
                    """;

    /** How many transactions behind the place where reading goes on one's own are remembered. */
    private static final long OWN_REMEMBERED = 100_000;

    private final Database database;

    /** The transactions that are left out, until they have long been passed. */
    private final NavigableSet<Long> own = new ConcurrentSkipListSet<>();

    AcceptedElsewhere(Database database) {
        this.database = database;
    }

    /** What was accepted in this transaction is known already. */
    void except(long transaction) {
        own.add(transaction);
    }

    /** Where reading goes on that has read everything that can be read now. */
    Place place() {
        return new Place(
                database.call(
                        "find the end of the observations",
                        s ->
                                s.first(PLACE, row -> Long.parseLong(row.getString("place")))
                                        .orElseThrow()));
    }

    /** See {@link io.understudy.control.ObservationLog#others}. */
    Others since(Place from, int most) {
        Others others =
                database.call(
                        "read what other replicas have accepted",
                        session -> {
                            Reach reach = reach(session, from, most);
                            return new Others(
                                    reach.found() == 0 ? List.of() : others(session, from, reach),
                                    reach.until(),
                                    reach.more());
                        });
        // what is long past is no longer looked for, except by who steps back a little
        own.headSet(others.next().transaction() - OWN_REMEMBERED).clear();
        return others;
    }

    /** How far one reading goes. */
    private record Reach(Place until, long found, boolean more) {}

    private static Reach reach(Session session, Place from, int most) throws SQLException {
        return session.first(
                        REACH,
                        row -> {
                            long found = row.getLong("found");
                            boolean more = found == most;
                            String until = row.getString(more ? "last" : "place");
                            return new Reach(
                                    new Place(Long.parseLong(until) + (more ? 1 : 0)), found, more);
                        },
                        text(from),
                        most)
                .orElseThrow();
    }

    private List<Observation> others(Session session, Place from, Reach reach) throws SQLException {
        return session.list(
                OTHERS,
                PgObservationLog::read,
                text(from),
                text(reach.until()),
                Session.column(
                        own.subSet(from.transaction(), reach.until().transaction()),
                        Object::toString));
    }

    private static String text(Place place) {
        return Long.toString(place.transaction());
    }
}
