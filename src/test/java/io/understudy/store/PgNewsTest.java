package io.understudy.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.understudy.audit.AuditEvent;
import io.understudy.control.DocumentStore;
import io.understudy.control.News;
import io.understudy.estate.Estate;
import io.understudy.estate.Site;
import io.understudy.estate.SiteName;
import io.understudy.run.JournalEntry;
import io.understudy.run.RunStore;
import io.understudy.run.SampleRuns;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PgNewsTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private final BlockingQueue<News> heard = new LinkedBlockingQueue<>();
    private volatile boolean goesOn = true;
    private AgroalDataSource source;
    private CompletableFuture<Void> listening;

    @BeforeEach
    void listen() throws Exception {
        source = database.pool(1, TestDatabase.PATIENCE);
        PgNews news = new PgNews(source, Duration.ofSeconds(1), Duration.ofSeconds(1));
        CountDownLatch ready = new CountDownLatch(1);
        listening =
                CompletableFuture.runAsync(
                        () -> news.listen(() -> goesOn, ready::countDown, heard::addAll),
                        Executors.newVirtualThreadPerTaskExecutor());
        assertTrue(ready.await(20, TimeUnit.SECONDS));
    }

    @AfterEach
    void end() {
        goesOn = false;
        listening.exceptionally(_ -> null).join();
        source.close();
    }

    private static List<JournalEntry> journal(int lines) {
        return Collections.nCopies(
                lines, SampleRuns.line(JournalEntry.Kind.PROGRESS, 1, "it works"));
    }

    private News next() throws InterruptedException {
        News news = heard.poll(20, TimeUnit.SECONDS);
        if (news == null) {
            throw new AssertionError("nothing was heard");
        }
        return news;
    }

    @Test
    void whatIsSavedIsToldWhenItIsCommitted() throws Exception {
        DocumentStore<Estate> estates =
                new PgDocumentStore<>(database.database(), "estate", Estate.class);
        estates.save(
                new Estate(
                        "one",
                        List.of(new Site(new SiteName("redmond"))),
                        List.of(),
                        List.of(),
                        List.of()),
                Optional.of(0),
                "ann",
                AT,
                saved -> new AuditEvent(AT, "ann", "ESTATE_CHANGED", "estate", Map.of()));
        assertEquals(new News.DocumentSaved("estate", 1), next());

        new PgObservationLog(database.database(), PgObservationLog.Settings.DEFAULT)
                .append(
                        List.of(SampleObservations.at("a", AT), SampleObservations.at("b", AT)),
                        AT);
        assertEquals(new News.Observed(2, 0), next());
    }

    @Test
    void linesOfARunAreToldByTheirPlaces() throws Exception {
        RunStore runs = new PgRunStore(database.database());
        runs.open(SampleRuns.opened("run-1", 0), Set.of(), journal(2));
        assertEquals(new News.RunChanged("run-1", 0, 2), next());
        runs.change("run-1", Optional.empty(), run -> new RunStore.Change(run, journal(3)));
        assertEquals(new News.RunChanged("run-1", 2, 5), next());
        runs.change("run-1", Optional.empty(), run -> new RunStore.Change(run, List.of()));
        runs.change("run-1", Optional.empty(), run -> new RunStore.Change(run, journal(1)));
        assertEquals(new News.RunChanged("run-1", 5, 6), next(), "no lines are no news");
    }

    @Test
    void manyIdsAreToldInSeveralParts() throws Exception {
        List<String> ids = IntStream.range(0, 500).mapToObj(i -> "ü".repeat(50) + i).toList();
        database.database()
                .run("tell", session -> PgNews.tellEvaluated(session, ids, List.of("d")));
        List<String> told = new ArrayList<>();
        while (told.size() < ids.size()) {
            told.addAll(((News.Evaluated) next()).findings());
        }
        assertEquals(ids, told);
        assertEquals(new News.Evaluated(List.of(), List.of("d")), next());
        PgNews.split(ids)
                .forEach(part ->
                        assertTrue(
                                String.join("','", part).getBytes(StandardCharsets.UTF_8).length
                                        < 7_900));
    }

    @Test
    void whatANewerReleaseTellsIsPassedOver() throws Exception {
        database.execute("select pg_notify('understudy', '{\"kind\": \"Marvel\"}')");
        database.execute("select pg_notify('understudy', 'nonsense')");
        database.execute(
                "select pg_notify('understudy', '{\"kind\": \"Observed\", \"fresh\": 1, \"repeated\": 0}')");
        assertEquals(new News.Observed(1, 0), next());
    }

    @Test
    void aConnectionThatIsLostIsSaidToBe() throws Exception {
        database.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen understudy'"
                        + " and datname = current_database()");
        ExecutionException e =
                assertThrows(ExecutionException.class, () -> listening.get(20, TimeUnit.SECONDS));
        assertTrue(e.getCause() instanceof StoreUnavailable, e.toString());
    }
}
