package io.understudy.store;

import static io.understudy.store.SampleObservations.NOON;
import static io.understudy.store.SampleObservations.at;
import static io.understudy.store.SampleObservations.valid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.understudy.control.ObservationLog;
import io.understudy.control.ObservationLog.Others;
import io.understudy.control.ObservationLog.Place;
import io.understudy.health.Observation;
import io.understudy.run.Contention;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one replica reads of what others have accepted. */
class PgOthersTest {

    private static final int MOST = 1_000;

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private ObservationLog mine;
    private ObservationLog theirs;

    @BeforeEach
    void open() {
        mine = log();
        theirs = log();
    }

    private ObservationLog log() {
        return new PgObservationLog(database.database(), PgObservationLog.Settings.DEFAULT);
    }

    private static List<String> ids(Others others) {
        return others.observations().stream().map(Observation::id).toList();
    }

    @Test
    void whatOthersHaveAcceptedIsReadOnceAndOldestFirst() {
        theirs.append(List.of(at("before", NOON)), NOON);
        Place begin = mine.place();
        theirs.append(List.of(at("b", NOON.plusSeconds(2)), at("a", NOON.plusSeconds(3))), NOON);
        mine.append(List.of(at("my own", NOON)), NOON);
        theirs.append(List.of(at("c", NOON.plusSeconds(1))), NOON);

        Others others = mine.others(begin, MOST);
        assertEquals(List.of("c", "b", "a"), ids(others));
        assertFalse(others.more());
        assertEquals(List.of(), ids(mine.others(others.next(), MOST)));
    }

    @Test
    void whatIsSaidToBeValidForLongerIsReadAgain() {
        Observation first = valid("a", NOON.plusSeconds(60));
        theirs.append(List.of(first), NOON);
        Place begin = mine.place();
        theirs.append(List.of(first), NOON);
        assertEquals(List.of(), ids(mine.others(begin, MOST)));
        Observation longer = valid("a", NOON.plusSeconds(120));
        theirs.append(List.of(longer), NOON);
        assertEquals(List.of(longer), mine.others(begin, MOST).observations());
    }

    @Test
    void whatIsNotCommittedYetIsNotPassedByAndHoldsUpNothingElse() throws Exception {
        Place begin = mine.place();
        try (Connection slow = database.source().getConnection()) {
            insertUncommitted(slow, "slow");
            theirs.append(List.of(at("fast", NOON)), NOON);
            Others meanwhile = mine.others(begin, MOST);
            assertEquals(List.of("fast"), ids(meanwhile));
            theirs.append(List.of(at("later", NOON)), NOON);
            Others later = mine.others(meanwhile.next(), MOST);
            assertEquals(List.of("later"), ids(later));
            slow.commit();
            Others rest = mine.others(later.next(), MOST);
            assertEquals(List.of("slow"), ids(rest));
            assertEquals(List.of(), ids(mine.others(rest.next(), MOST)));
        }
    }

    private static void insertUncommitted(Connection connection, String id) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into observation (id, component, status, observer, observed_at, facts, signal,"
                            + " samples, received_at) values ('"
                            + id
                            + "', 'store:be1', 'UP', 'o', now(), '{\"kind\": \"None\"}', '', 1, now())");
        }
    }

    @Test
    void whatIsWrittenInAnotherDatabaseOfTheServerHoldsUpNothing() throws Exception {
        try (AgroalDataSource beside = database.beside();
                Connection writing = beside.getConnection();
                Statement statement = writing.createStatement()) {
            writing.setAutoCommit(false);
            statement.execute("select pg_current_xact_id()");
            Place begin = mine.place();
            theirs.append(List.of(at("a", NOON)), NOON);
            Others others = mine.others(begin, MOST);
            assertEquals(List.of("a"), ids(others));
            assertEquals(List.of(), ids(mine.others(others.next(), MOST)));
        }
    }

    @Test
    void whatIsCommittedBetweenTwoPartsIsReadOnce() throws Exception {
        try (Connection slow = database.source().getConnection();
                Connection slower = database.source().getConnection()) {
            insertUncommitted(slow, "slow");
            insertUncommitted(slower, "slower");
            Place begin = mine.place();
            for (int i = 0; i < 6; i++) {
                theirs.append(List.of(at("o-" + i, NOON)), NOON);
            }
            Others first = mine.others(begin, 4);
            assertEquals(List.of("o-0", "o-1", "o-2", "o-3"), ids(first));
            slow.commit();
            Others second = mine.others(first.next(), 2);
            assertEquals(Set.of("slow", "o-4"), Set.copyOf(ids(second)));
            slower.commit();
            Others third = mine.others(second.next(), MOST);
            assertEquals(Set.of("slower", "o-5"), Set.copyOf(ids(third)));
            assertEquals(List.of(), ids(mine.others(third.next(), MOST)));
        }
    }

    @Test
    void manyAreReadInPartsAndNoneIsLeftOut() {
        Place place = mine.place();
        Set<String> all = new TreeSet<>();
        for (int i = 0; i < 10; i++) {
            List<Observation> batch = new ArrayList<>();
            for (int j = 0; j < 7; j++) {
                batch.add(at("o-" + i + "-" + j, NOON.plusSeconds(j)));
            }
            batch.forEach(o -> all.add(o.id()));
            theirs.append(batch, NOON);
        }
        Set<String> read = new TreeSet<>();
        int turns = 0;
        boolean more = true;
        while (more) {
            Others others = mine.others(place, 10);
            assertTrue(others.observations().size() <= 16, "what was accepted together stays so");
            read.addAll(ids(others));
            place = others.next();
            more = others.more();
            turns++;
        }
        assertEquals(all, read);
        assertTrue(turns >= 5, turns + " turns");
    }

    @Test
    void nothingIsLeftOutWhileManyWriteAtOnce() throws Exception {
        List<String> read = new ArrayList<>();
        Place[] place = {mine.place()};
        Contention.of(
                9,
                thread -> {
                    if (thread == 0) {
                        for (int turn = 0; turn < 100; turn++) {
                            Others others = mine.others(place[0], 20);
                            read.addAll(ids(others));
                            place[0] = others.next();
                        }
                        return 0;
                    }
                    ObservationLog other = log();
                    for (int i = 0; i < 30; i++) {
                        other.append(List.of(at(thread + "-" + i, NOON.plusSeconds(i))), NOON);
                    }
                    return 30;
                });
        read.addAll(ids(mine.others(place[0], MOST)));
        assertEquals(8 * 30, read.size());
        assertEquals(8 * 30, Set.copyOf(read).size(), "each is read once");
    }

    @Test
    void aDatabaseThatCountsFromFurtherBackIsFollowedFromThere() {
        Place far = new Place(mine.place().end() + 1_000_000, Set.of());
        theirs.append(List.of(at("a", NOON)), NOON);
        Others others = mine.others(far, MOST);
        assertEquals(List.of(), ids(others));
        assertTrue(others.next().end() < far.end());
    }

    @Test
    void aNumberThatADatabaseGivesAgainIsNotTakenForOnesOwn() throws Exception {
        Place begin = mine.place();
        mine.append(List.of(at("lost", NOON)), NOON);
        theirs.append(List.of(at("theirs", NOON)), NOON);
        database.execute(
                "update observation set tx = (select tx from observation where id = 'lost') where id = 'theirs'");
        database.execute("delete from observation where id = 'lost'");
        assertEquals(List.of(), ids(mine.others(begin, MOST)));
        mine.forgetOwn();
        assertEquals(List.of("theirs"), ids(mine.others(begin, MOST)));
    }

    @Test
    void readingGoesByTheIndexWhateverIsOpen() throws Exception {
        try (Connection slow = database.source().getConnection()) {
            insertUncommitted(slow, "slow");
            for (int i = 0; i < 30; i++) {
                int turn = i;
                theirs.append(
                        IntStream.range(0, 300)
                                .mapToObj(j -> at(turn + "-" + j, NOON.plusSeconds(j)))
                                .toList(),
                        NOON);
            }
            database.execute("analyze observation");
            Place end = mine.place();
            Session.Column open = Session.column(end.open(), Object::toString);
            String from = Long.toString(end.end());
            String seen = database.text("select pg_current_snapshot()::text");
            List<String> plan = plan(AcceptedElsewhere.REACH, open, MOST, from, MOST, MOST);
            plan.addAll(plan(AcceptedElsewhere.OTHERS, open, from, from, seen, open));
            String text = String.join("\n", plan);
            assertFalse(text.contains("Seq Scan"), text);
            assertTrue(text.contains("tx_idx"), text);
        }
    }

    private List<String> plan(String sql, Object... arguments) {
        return database.database()
                .call("explain", s -> s.list("explain " + sql, row -> row.getString(1), arguments));
    }
}
