package io.understudy.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.decision.RunState;
import io.understudy.run.Lease;
import io.understudy.run.Run;
import io.understudy.run.RunHands;
import io.understudy.run.RunStore;
import io.understudy.run.SampleRuns;
import io.understudy.run.Tick;
import io.understudy.store.PgReplicas;
import io.understudy.store.PgRunStore;
import io.understudy.store.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who carries runs on, on a real database. */
@Timeout(60)
class RunDutiesTest {

    private static final Duration LEASE = Duration.ofSeconds(5);

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private final List<RunDuties> all = new ArrayList<>();
    private final LinkedBlockingQueue<Lease> carried = new LinkedBlockingQueue<>();

    private RunStore runs;

    @BeforeEach
    void open() {
        runs = new PgRunStore(database.database());
    }

    @AfterEach
    void close() {
        all.forEach(RunDuties::close);
    }

    @Test
    void aRunBeginsAtOnceWhereItWasOpened() throws Exception {
        RunDuties duties = start("a");
        runs.open(SampleRuns.opened("r1", 0), Set.of(), List.of());
        duties.changed(SampleRuns.opened("r1", 0));

        assertEquals("a", carried.take().holder());
        awaitNoTask();
    }

    @Test
    void aRunWhoseOpenerDiedBeforeSayingSoIsFound() throws Exception {
        RunDuties duties = start("b");
        runs.open(SampleRuns.opened("r1", 0), Set.of(), List.of());
        duties.search();

        assertEquals("b", carried.take().holder());
    }

    @Test
    void theRunOfADeadReplicaIsCarriedOnByAnotherWithAGreaterToken() throws Exception {
        runs.open(SampleRuns.opened("r1", 0), Set.of(), List.of());
        Lease dead = runs.acquire("r1", "dead", Duration.ofMillis(500)).orElseThrow();
        database.execute(
                """
                insert into scheduled_runs (task_name, task_instance, execution_time, picked, picked_by,
                                            last_heartbeat, version)
                values ('run', 'r1', now(), true, 'dead', clock_timestamp() - interval '1 minute', 2)
                """);
        start("b");
        start("c");

        Lease next = carried.take();
        assertEquals(dead.token() + 1, next.token());
        awaitNoTask();
        assertEquals(List.of(), List.copyOf(carried), "by one of them only");
    }

    @Test
    void whatIsResumedWhileItIsPutAsideIsCarriedOn() throws Exception {
        RunDuties duties =
                start(
                        "a",
                        id -> {
                            // in the eyes of who looks, it still waits: it is resumed right after
                            carried.add(runs.acquire(id, "a", LEASE).orElseThrow());
                            return carried.size() == 1 ? new Tick.AwaitsPerson() : end(id);
                        });
        runs.open(SampleRuns.opened("r1", 0), Set.of(), List.of());
        duties.changed(SampleRuns.opened("r1", 0));
        awaitNoTask();
        assertEquals(2, carried.size());
    }

    private RunDuties start(String name) {
        return start(
                name,
                id -> {
                    Optional<Lease> lease = runs.acquire(id, name, LEASE);
                    if (lease.isEmpty()) {
                        return new Tick.NotOurs();
                    }
                    carried.add(lease.get());
                    return end(id);
                });
    }

    private Tick end(String id) {
        runs.change(
                id,
                Optional.empty(),
                run ->
                        new RunStore.Change(
                                SampleRuns.ended(run, RunState.SUCCEEDED, SampleRuns.OPENED_AT),
                                List.of()));
        return new Tick.Ended();
    }

    private RunDuties start(String name, Function<String, Tick> tick) {
        Pace pace = new Pace(Duration.ofHours(1));
        Schedulers schedulers =
                new Schedulers(database.source(), name, pace, Clock.systemUTC(), _ -> {});
        RunHands hands =
                new RunHands(
                        tick,
                        _ -> {},
                        Clock.systemUTC(),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10));
        RunDuties duties =
                new RunDuties(
                        schedulers,
                        10,
                        Duration.ofSeconds(2),
                        hands,
                        runs,
                        new PgReplicas(database.database()),
                        Clock.systemUTC());
        all.add(duties);
        duties.start();
        return duties;
    }

    private void awaitNoTask() throws Exception {
        Run run = runs.find("r1").orElseThrow();
        while (!run.state().ended()
                || !database.text("select count(*) from scheduled_runs").equals("0")) {
            Thread.onSpinWait();
            run = runs.find("r1").orElseThrow();
        }
    }
}
