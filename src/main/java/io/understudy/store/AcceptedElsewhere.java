package io.understudy.store;

import io.understudy.control.ObservationLog.Others;
import io.understudy.control.ObservationLog.Place;
import io.understudy.health.Observation;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What others than one log have accepted, by the transactions in which they did. A place is what a
 * snapshot of the database saw, so that a transaction that stays open, in whichever database of the
 * server, holds up nothing but itself.
 */
final class AcceptedElsewhere {

    private static final String PLACE = "select pg_current_snapshot()::text as seen";

    /**
     * What is seen now, and how far a reader gets who takes so many: first of what was open at his
     * place, then of what came after it. Each part is read off the index in its order.
     */
    static final String REACH =
            """
            select pg_current_snapshot()::text as seen, count(*) as found, max(tx::text::bigint) as last
            from (select tx
                  from ((select tx from observation where tx = any (?::text[]::xid8[]) order by tx limit ?)
                        union all
                        (select tx from observation where tx >= ?::text::xid8 order by tx limit ?)) as news
                  order by tx limit ?) as next
            """;

    /** What was committed since the reach was found is left for the next reading. */
    static final String OTHERS =
            PgObservationLog.COLUMNS
                    + """
                    where (tx = any (?::text[]::xid8[]) or tx between ?::text::xid8 and ?::text::xid8)
                      and pg_visible_in_snapshot(tx, ?::text::pg_snapshot) and tx::text <> all (?::text[])
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

    /** See {@link io.understudy.control.ObservationLog#forgetOwn}. */
    void forgetOwn() {
        own.clear();
    }

    /** Where reading goes on that has read everything that can be read now. */
    Place place() {
        return database.call(
                "find the end of the observations",
                s -> s.first(PLACE, row -> place(row.getString("seen"))).orElseThrow());
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
                                    reach.next(from),
                                    reach.more());
                        });
        // what is long past is no longer looked for, except by who steps back a little
        own.headSet(others.next().end() - OWN_REMEMBERED).clear();
        return others;
    }

    /**
     * How far one reading goes.
     *
     * @param seen the snapshot in which it was found
     * @param last the last transaction that is read
     */
    private record Reach(String seen, long found, long last, boolean more) {

        /** What was past stays so, and up to the last one all that is seen is past too. */
        Place next(Place from) {
            Place now = place(seen);
            return more
                    ? new Place(
                            Math.max(from.end(), last + 1),
                            Stream.concat(
                                            now.open().stream().filter(tx -> tx <= last),
                                            from.open().stream().filter(tx -> tx > last))
                                    .collect(Collectors.toSet()))
                    : now;
        }
    }

    private static Reach reach(Session session, Place from, int most) throws SQLException {
        return session.first(
                        REACH,
                        row -> {
                            long found = row.getLong("found");
                            return new Reach(
                                    row.getString("seen"),
                                    found,
                                    row.getLong("last"),
                                    found == most);
                        },
                        Session.column(from.open(), Object::toString),
                        most,
                        Long.toString(from.end()),
                        most,
                        most)
                .orElseThrow();
    }

    private List<Observation> others(Session session, Place from, Reach reach) throws SQLException {
        Set<Long> open =
                from.open().stream().filter(tx -> tx <= reach.last()).collect(Collectors.toSet());
        Stream<Long> known =
                Stream.concat(
                        open.stream().filter(own::contains),
                        own.tailSet(from.end()).stream().takeWhile(tx -> tx <= reach.last()));
        return session.list(
                OTHERS,
                PgObservationLog::read,
                Session.column(open, Object::toString),
                Long.toString(from.end()),
                Long.toString(reach.last()),
                reach.seen(),
                Session.column(known.toList(), Object::toString));
    }

    /** Of a snapshot as PostgreSQL writes it: {@code oldest open:end:open,open}. */
    private static Place place(String snapshot) {
        String[] numbers = snapshot.split("[:,]");
        return new Place(
                Long.parseLong(numbers[1]),
                Arrays.stream(numbers).skip(2).map(Long::valueOf).collect(Collectors.toSet()));
    }
}
