package io.understudy.store;

import static io.understudy.run.SampleRuns.line;
import static io.understudy.store.SampleObservations.NOON;
import static io.understudy.store.SampleObservations.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.understudy.app.PostgresForTests;
import io.understudy.health.Observation;
import io.understudy.run.JournalEntry;
import io.understudy.run.RunStore;
import io.understudy.run.SampleRuns;
import io.understudy.testing.Kept;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server is killed while many write to it: what was answered is there, and nothing twice. */
@Timeout(180)
class KilledDatabaseIT {

    private static final Path HOME = Path.of("target/postgres-to-kill");
    private static final int OBSERVERS = 8;
    private static final int ANSWERS_BEFORE_THE_KILL = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Set<String> sent = new HashSet<>();
    private final Set<String> answered = new HashSet<>();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final CountDownLatch enough = new CountDownLatch(ANSWERS_BEFORE_THE_KILL);

    @Test
    void everythingThatWasAnsweredIsThereAfterTheRestart() throws Exception {
        try (PostgresForTests server = PostgresForTests.start(HOME)) {
            recreate(server);
            try (AgroalDataSource source = pool(server, "killed");
                    ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
                Database database = new Database(source, Database.Settings.DEFAULT);
                List<Future<?>> ends = write(database, senders);
                assertTrue(enough.await(60, TimeUnit.SECONDS));
                server.kill();
                for (Future<?> end : ends) {
                    end.get();
                }
            }
        }

        try (PostgresForTests server = PostgresForTests.start(HOME);
                AgroalDataSource source = pool(server, "killed")) {
            verify(new Database(source, Database.Settings.DEFAULT));
        }
    }

    private List<Future<?>> write(Database database, ExecutorService senders) {
        var log = new PgObservationLog(database, PgObservationLog.Settings.DEFAULT);
        RunStore runs = new PgRunStore(database);
        runs.open(SampleRuns.opened("r1", 0), Set.of(), List.of());
        List<Future<?>> ends = new ArrayList<>();
        for (int observer = 0; observer < OBSERVERS; observer++) {
            String name = "observer " + observer + " says ";
            ends.add(senders.submit(() -> untilUnavailable(i -> append(log, name + i))));
        }
        ends.add(senders.submit(() -> untilUnavailable(i -> change(runs, "line " + i))));
        return ends;
    }

    private static void untilUnavailable(IntConsumer write) {
        AtomicInteger count = new AtomicInteger();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                write.accept(count.getAndIncrement());
            }
        } catch (StoreUnavailable e) {
            assertTrue(count.get() > 1, "it was never available");
        }
    }

    private void append(PgObservationLog log, String id) {
        synchronized (sent) {
            sent.add(id);
        }
        log.append(List.of(at(id, NOON)), NOON);
        synchronized (sent) {
            answered.add(id);
        }
        enough.countDown();
    }

    private void change(RunStore runs, String message) {
        runs.change(
                "r1",
                Optional.empty(),
                run ->
                        new RunStore.Change(
                                run, List.of(line(JournalEntry.Kind.APPROVED, 0, message))));
        lines.add(message);
    }

    private void verify(Database database) {
        var log = new PgObservationLog(database, PgObservationLog.Settings.DEFAULT);
        Set<String> kept = ids(Kept.since(log, NOON));
        assertTrue(answered.size() >= ANSWERS_BEFORE_THE_KILL);
        assertTrue(kept.containsAll(answered), "lost: " + without(answered, kept));
        assertTrue(sent.containsAll(kept));
        List<String> journal =
                new PgRunStore(database)
                        .journal("r1", 0).stream().map(JournalEntry::message).toList();
        assertTrue(journal.size() <= lines.size() + 1, "at most the last was not answered");
        assertEquals(List.copyOf(lines), journal.subList(0, lines.size()));

        var again = log.append(sent.stream().map(id -> at(id, NOON)).toList(), NOON);
        assertEquals(without(sent, kept), ids(again.fresh()));
        assertEquals(kept.size(), again.repeated());
    }

    private static Set<String> ids(List<Observation> observations) {
        Set<String> ids = new HashSet<>();
        observations.forEach(o -> ids.add(o.id()));
        assertEquals(observations.size(), ids.size());
        return ids;
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        Set<String> rest = new HashSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private static void recreate(PostgresForTests server) throws Exception {
        try (AgroalDataSource source = pool(server, "postgres");
                Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists killed with (force)");
            statement.execute("create database killed");
        }
        try (AgroalDataSource source = pool(server, "killed")) {
            TestDatabase.migrate(source);
        }
    }

    private static AgroalDataSource pool(PostgresForTests server, String database)
            throws Exception {
        return TestDatabase.pool(server, database, OBSERVERS, PATIENCE);
    }
}
