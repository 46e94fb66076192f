package io.understudy.store;

import static io.understudy.store.SampleObservations.NOON;
import static io.understudy.store.SampleObservations.at;
import static io.understudy.store.SampleObservations.valid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.control.ObservationLog;
import io.understudy.control.ObservationLog.Others;
import io.understudy.control.ObservationLog.Place;
import io.understudy.health.Observation;
import io.understudy.run.Contention;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
    void whatIsNotCommittedYetIsNotPassedBy() throws Exception {
        Place begin = mine.place();
        try (Connection slow = database.source().getConnection();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute(
                    "insert into observation (id, component, status, observer, observed_at, facts, signal,"
                            + " samples, received_at) select 'slow', 'store:be1', 'UP', 'o', now(),"
                            + " '{\"kind\": \"None\"}', '', 1, now()");
            theirs.append(List.of(at("fast", NOON)), NOON);
            Others meanwhile = mine.others(begin, MOST);
            assertEquals(List.of(), ids(meanwhile));
            slow.commit();
            assertEquals(
                    Set.of("slow", "fast"), Set.copyOf(ids(mine.others(meanwhile.next(), MOST))));
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
        Place begin = mine.place();
        Set<String> read = new TreeSet<>();
        Place[] place = {begin};
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
        boolean more = true;
        while (more) {
            Others others = mine.others(place[0], 20);
            read.addAll(ids(others));
            place[0] = others.next();
            more = others.more();
        }
        assertEquals(8 * 30, read.size());
    }

    @Test
    void aDatabaseThatCountsFromFurtherBackIsFollowedFromThere() {
        Place far = new Place(mine.place().transaction() + 1_000_000);
        theirs.append(List.of(at("a", NOON)), NOON);
        Others others = mine.others(far, MOST);
        assertEquals(List.of(), ids(others));
        assertTrue(others.next().transaction() < far.transaction());
    }
}
