package io.understudy.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.run.Contention;
import io.understudy.store.PgTwin.Line;
import io.understudy.store.PgTwin.News;
import io.understudy.store.PgTwin.Next;
import io.understudy.store.PgTwin.Part;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PgTwinTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private PgTwin twin;

    @BeforeEach
    void open() {
        twin = new PgTwin(database.database());
    }

    private static Part part(String key, String body) {
        return new Part("pool", key, Optional.of(body));
    }

    private static Part gone(String key) {
        return new Part("pool", key, Optional.empty());
    }

    private void write(Part... parts) {
        twin.change(0, _ -> new Next<>(List.of(parts), List.of(), true));
    }

    private static Line line(int step) {
        return new Line(0, AT, "r", step, 1, 7, "{}");
    }

    @Test
    void whoeverLooksIsToldWhatHasChangedSince() {
        assertEquals(new News(0, false, List.of()), twin.since(0));
        write(part("a", "1"), part("b", "2"));
        write(part("b", "3"), gone("a"));
        assertEquals(new News(2, false, List.of(gone("a"), part("b", "3"))), sorted(twin.since(1)));
        assertEquals(new News(2, false, List.of()), twin.since(2));
    }

    private static News sorted(News news) {
        return new News(
                news.version(),
                news.whole(),
                news.parts().stream().sorted((x, y) -> x.key().compareTo(y.key())).toList());
    }

    @Test
    void whatChangesNothingIsNoVersion() {
        write();
        assertEquals(0, twin.since(0).version());
    }

    @Test
    void aChangeThatFailsChangesNothing() {
        assertThrows(
                IllegalStateException.class,
                () ->
                        twin.change(
                                0,
                                _ -> {
                                    throw new IllegalStateException("no");
                                }));
        assertEquals(0, twin.since(0).version());
    }

    @Test
    void whoChangesAtTheSameTimeSeesEachOther() throws Exception {
        Contention.of(
                20,
                i ->
                        twin.change(
                                0,
                                news ->
                                        new Next<>(
                                                List.of(part("n", counted(news))),
                                                List.of(line(i)),
                                                true)));
        News news = twin.since(0);
        assertEquals(20, news.version());
        assertEquals(List.of(part("n", "20")), news.parts());
        assertEquals(20, twin.log(0, 100).size());
    }

    private static String counted(News news) {
        int before =
                news.parts().stream()
                        .flatMap(part -> part.body().stream())
                        .mapToInt(Integer::parseInt)
                        .sum();
        return Integer.toString(before + 1);
    }

    @Test
    void whatIsGoneIsForgottenInTimeAndWhoIsThatFarBehindReadsEverything() throws SQLException {
        write(part("a", "1"), part("b", "2"));
        write(gone("a"));
        database.execute("update twin set version = 19999");
        write(part("c", "3"));
        assertEquals("2", database.text("select count(*) from twin_part"));
        News late = sorted(twin.since(1));
        assertTrue(late.whole());
        assertEquals(List.of(part("b", "2"), part("c", "3")), late.parts());
        assertFalse(twin.since(10_000).whole());
    }

    @Test
    void whoKnowsMoreThanADatabaseThatHasLostItReadsEverything() {
        write(part("a", "1"));
        assertEquals(new News(1, true, List.of(part("a", "1"))), twin.since(5));
    }

    @Test
    void theLogIsReadOnFromALineAndNeverChanged() {
        twin.change(0, _ -> new Next<>(List.of(), List.of(line(1), line(2), line(3)), true));
        List<Line> first = twin.log(0, 2);
        assertEquals(List.of(1, 2), first.stream().map(Line::step).toList());
        assertEquals(
                List.of(3),
                twin.log(first.getLast().number(), 2).stream().map(Line::step).toList());
        assertThrows(SQLException.class, () -> database.execute("delete from twin_log"));
        assertThrows(SQLException.class, () -> database.execute("update twin_log set step = 9"));
    }
}
