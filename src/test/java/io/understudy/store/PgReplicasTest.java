package io.understudy.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.control.Replica;
import io.understudy.control.Replicas;
import io.understudy.estate.ObserverName;
import io.understudy.run.Lease;
import io.understudy.run.SampleRuns;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PgReplicasTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private Replicas replicas;

    @BeforeEach
    void open() {
        replicas = new PgReplicas(database.database());
    }

    @Test
    void aReplicaIsAliveForAsLongAsItIsSeen() throws SQLException {
        replicas.beat(replica("a"));
        replicas.beat(replica("b"));
        database.execute(
                "update replica set started_at = started_at - interval '1 hour',"
                        + " last_seen = last_seen - interval '6 seconds' where name = 'a'");

        assertEquals(List.of(false, true), alive());
        replicas.beat(replica("a"));
        assertEquals(List.of(true, true), alive());
        Replica a = replicas.all(PATIENCE).getFirst();
        assertTrue(Duration.between(a.startedAt(), a.lastSeen()).toMinutes() >= 59, a::toString);
    }

    @Test
    void whomItPlaysAndWhereItIsStaysWithIt() {
        replicas.beat(replica("a"));
        replicas.beat(
                new Replica(
                        "b",
                        "eu1",
                        OptionalInt.empty(),
                        "0.2",
                        Optional.of(Set.of(new ObserverName("o-dublin"))),
                        Instant.EPOCH,
                        Instant.EPOCH,
                        true));

        List<Replica> all = replicas.all(PATIENCE);
        assertTrue(all.getFirst().plays(new ObserverName("o-redmond")));
        assertEquals(OptionalInt.of(8080), all.getFirst().port());
        assertTrue(all.getLast().plays(new ObserverName("o-dublin")));
        assertFalse(all.getLast().plays(new ObserverName("o-redmond")));
        assertEquals(OptionalInt.empty(), all.getLast().port());
    }

    @Test
    void whoLeavesOrWasNotSeenForLongIsForgotten() throws SQLException {
        List.of("a", "b", "c").forEach(name -> replicas.beat(replica(name)));
        database.execute(
                "update replica set last_seen = last_seen - interval '2 days' where name = 'b'");
        replicas.leave("a");
        replicas.forget(Duration.ofDays(1));

        assertEquals(List.of("c"), replicas.all(PATIENCE).stream().map(Replica::name).toList());
    }

    @Test
    void whatIsPickedAndWhoseRunsHaveALeaseIsTold() throws SQLException {
        task("evaluation", "estate", "'a'");
        task("probing", "o-dublin 0/4", "null");
        PgRunStore runs = new PgRunStore(database.database());
        runs.open(SampleRuns.opened("r1", 0), Set.of(), List.of());
        runs.open(SampleRuns.opened("r2", 1), Set.of(), List.of());
        Lease lease = runs.acquire("r1", "a", Duration.ofHours(1)).orElseThrow();
        runs.release(runs.acquire("r2", "b", Duration.ofHours(1)).orElseThrow());

        assertEquals(List.of(new Replicas.Held("a", "evaluation", "estate")), replicas.held());
        assertEquals(List.of(lease), replicas.leases());
    }

    @Test
    void aRunningRunWithoutATaskIsForsaken() throws SQLException {
        PgRunStore runs = new PgRunStore(database.database());
        runs.open(SampleRuns.opened("r1", 0), Set.of(), List.of());
        runs.open(SampleRuns.opened("r2", 1), Set.of(), List.of());
        database.execute(
                "insert into scheduled_runs (task_name, task_instance, execution_time, picked,"
                        + " version) values ('run', 'r2', now(), false, 1)");

        assertEquals(List.of("r1"), replicas.forsakenRuns());
    }

    @Test
    void whoeverIsAloneFreesWhatTheDeadHeld() throws SQLException {
        task("evaluation", "estate", "'dead'");
        replicas.beat(replica("dead"));

        replicas.clear();

        assertEquals(List.of(), replicas.held());
        assertEquals(List.of(), replicas.all(PATIENCE));
        assertEquals("8", database.text("select version from scheduled_tasks"));
    }

    private void task(String task, String instance, String holder) throws SQLException {
        database.execute(
                """
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by, version)
                values ('%s', '%s', now(), %s is not null, %s, 7)
                """
                        .formatted(task, instance, holder, holder));
    }

    private List<Boolean> alive() {
        return replicas.all(PATIENCE).stream().map(Replica::alive).toList();
    }

    private static Replica replica(String name) {
        return new Replica(
                name,
                "us1",
                OptionalInt.of(8080),
                "0.1",
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                true);
    }
}
