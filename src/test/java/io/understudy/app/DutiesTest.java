package io.understudy.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.run.Fence;
import io.understudy.run.FenceRefusal;
import io.understudy.run.SampleRuns;
import io.understudy.store.PgRunStore;
import io.understudy.store.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several replicas in one process, on a real database. */
@Timeout(60)
class DutiesTest {

    private static final Duration LONG = Duration.ofHours(1);

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private final List<Member> members = new ArrayList<>();
    private final List<String> takenOver = new CopyOnWriteArrayList<>();
    private final Semaphore changes = new Semaphore(0);

    private volatile int fair = 100;

    @AfterEach
    void close() {
        members.forEach(member -> member.duties().close());
    }

    @Test
    void whatADeadReplicaHeldGoesToAnotherAsANewShift() throws Exception {
        database.execute(
                """
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by,
                                             last_heartbeat, version)
                values ('evaluation', '1', now(), true, 'dead', clock_timestamp() - interval '1 minute', 7)
                """);
        Member b = start("b", LONG, "evaluation", 1);

        await(() -> b.holds("evaluation", 1));
        Fence fence = b.holdings().of("evaluation", "1").orElseThrow();
        assertTrue(fence.version() > 7, fence::toString);
        assertEquals("b", fence.holder());
        await(() -> takenOver.size() == 1);
    }

    @Test
    void aReplicaThatIsAliveKeepsWhatItHoldsAndGivesItUpAtOnceWhenItStops() {
        Member a = start("a", LONG, "evaluation", 1);
        await(() -> a.holds("evaluation", 1));
        Member b = start("b", LONG, "evaluation", 1);
        assertFalse(b.holds("evaluation", 1));

        a.duties().close();
        members.remove(a);
        await(() -> b.holds("evaluation", 1));
        assertEquals(List.of(), takenOver, "nobody had to be taken for dead");
    }

    @Test
    void aShiftEndsAndTheTaskGoesOnUnderANewVersion() {
        Member a = start("a", Duration.ofMillis(300), "evaluation", 1);
        await(() -> a.holds("evaluation", 1));
        long first = a.holdings().of("evaluation", "1").orElseThrow().version();
        await(() ->
                a.holdings()
                        .of("evaluation", "1")
                        .filter(fence -> fence.version() > first)
                        .isPresent());
    }

    @Test
    void whoIsTakenForDeadMayNotOpenWhatItHasDecidedAndStops() throws Exception {
        Member a = start("a", LONG, "evaluation", 1);
        await(() -> a.holds("evaluation", 1));
        Fence before =
                a.holdings()
                        .of("evaluation", "1")
                        .orElseThrow()
                        .until(Clock.systemUTC().instant().plus(LONG));
        // as another does it that has not heard of it
        database.execute(
                "update scheduled_tasks set picked_by = 'b', version = version + 2,"
                        + " last_heartbeat = clock_timestamp() + interval '1 hour'");

        PgRunStore runs = new PgRunStore(database.database());
        assertThrows(
                FenceRefusal.class,
                () ->
                        runs.open(
                                SampleRuns.opened("r1", 0),
                                Set.of(),
                                List.of(),
                                Optional.of(before)));
        await(() -> !a.holds("evaluation", 1));
        assertEquals("0", database.text("select count(*) from run"));
    }

    @Test
    void whatIsMoreThanItsFairShareGoesToWhoComes() {
        Member a = start("a", LONG, "probing", 6);
        await(() -> a.holds("probing", 6));
        fair = 3;
        Member b = start("b", LONG, "probing", 6);
        await(() -> a.holds("probing", 3) && b.holds("probing", 3));
    }

    private record Member(Duties duties, Holdings holdings) {
        boolean holds(String task, int count) {
            return holdings.count(task) == count;
        }
    }

    private Member start(String name, Duration shift, String task, int instances) {
        Pace pace = new Pace(shift);
        Holdings holdings = new Holdings();
        Schedulers schedulers =
                new Schedulers(database.source(), name, pace, Clock.systemUTC(), takenOver::add);
        Duties duties =
                new Duties(
                        Map.of(task, new Numbered(instances)),
                        schedulers,
                        pace,
                        holdings,
                        Clock.systemUTC(),
                        changes::release);
        Member member = new Member(duties, holdings);
        members.add(member);
        duties.start();
        return member;
    }

    /** Looks again whenever something was taken, and now and then. */
    private void await(BooleanSupplier reached) {
        try {
            while (!reached.getAsBoolean()) {
                changes.tryAcquire(20, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private final class Numbered implements Duties.Roster {
        private final int count;

        private Numbered(int count) {
            this.count = count;
        }

        @Override
        public List<String> instances() {
            List<String> all = new ArrayList<>();
            for (int i = 1; i <= count; i++) {
                all.add(Integer.toString(i));
            }
            return all;
        }

        @Override
        public Duties.Fit fit(String instance) {
            return Duties.Fit.OURS;
        }

        @Override
        public int fair() {
            return fair;
        }
    }
}
