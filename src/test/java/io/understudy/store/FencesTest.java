package io.understudy.store;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.understudy.control.EvaluationLog;
import io.understudy.control.Incident;
import io.understudy.decision.FindingCode;
import io.understudy.estate.ComponentId;
import io.understudy.run.Fence;
import io.understudy.run.FenceRefusal;
import io.understudy.run.Run;
import io.understudy.run.RunStore;
import io.understudy.run.SampleRuns;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a replica may write that evaluates on behalf of all, or thinks that it does. */
class FencesTest {

    private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");
    private static final Fence HELD = new Fence("evaluation", "estate", "a", 7, LATER);

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private PgRunStore runs;
    private PgEvaluationLog evaluations;

    @BeforeEach
    void pick() throws SQLException {
        runs = new PgRunStore(database.database());
        evaluations = new PgEvaluationLog(database.database());
        database.execute(
                "insert into scheduled_tasks (task_name, task_instance, execution_time, picked,"
                        + " picked_by, version) values ('evaluation', 'estate', now(), true, 'a', 7)");
    }

    @Test
    void theHolderRecordsOpensAndWithdraws() {
        assertDoesNotThrow(() -> save("i1", HELD));
        assertDoesNotThrow(() -> open("r1", HELD));
        assertDoesNotThrow(() -> runs.change("r1", HELD, FencesTest::unchanged));
    }

    @Test
    void onceAnotherReplicaHasTakenOverNothingIsWritten() throws SQLException {
        open("r1", HELD);
        database.execute("update scheduled_tasks set picked_by = 'b', version = 9");

        assertNothingIsWritten(HELD);
    }

    @Test
    void whatWasGivenBackIsNoLongerHeld() throws SQLException {
        open("r1", HELD);
        database.execute(
                "update scheduled_tasks set picked = false, picked_by = null, version = 8");

        assertNothingIsWritten(HELD);
    }

    @Test
    void theSameReplicaThatHoldsItAgainDoesNotWriteWhatItJudgedBefore() throws SQLException {
        open("r1", HELD);
        database.execute("update scheduled_tasks set version = 9");

        assertNothingIsWritten(HELD);
    }

    @Test
    void whatWasJudgedTooLongAgoIsNotWrittenEvenIfNobodyTookOver() throws SQLException {
        open("r1", HELD);
        Instant now =
                Instant.parse(
                        database.text(
                                "select to_char(clock_timestamp() at time zone"
                                        + " 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));

        assertNothingIsWritten(HELD.until(now.minusMillis(1)));
        assertDoesNotThrow(() -> open("r2", HELD.until(now.plusSeconds(60))));
    }

    @Test
    void nobodyTakesOverWhileTheHolderWrites() throws SQLException {
        try (Connection other = database.source().getConnection();
                Statement taking = other.createStatement()) {
            taking.execute("set lock_timeout = '100ms'");
            runs.change(
                    opened("r1"),
                    HELD,
                    run -> {
                        assertThrows(
                                SQLException.class,
                                () ->
                                        taking.execute(
                                                "update scheduled_tasks set picked_by = 'b',"
                                                        + " version = 9"));
                        return unchanged(run);
                    });
            assertDoesNotThrow(() ->
                    taking.execute("update scheduled_tasks set picked_by = 'b', version = 9"));
        }
    }

    private void assertNothingIsWritten(Fence fence) throws SQLException {
        assertThrows(FenceRefusal.class, () -> save("i1", fence));
        assertThrows(FenceRefusal.class, () -> open("r9", fence));
        assertThrows(FenceRefusal.class, () -> runs.change("r1", fence, FencesTest::unchanged));
        assertEquals("0", database.text("select count(*) from incident"));
        assertEquals("1", database.text("select count(*) from run"));
        assertEquals("0", database.text("select count(*) from run_lock where run_id = 'r9'"));
    }

    private String opened(String id) {
        open(id, HELD);
        return id;
    }

    private void open(String id, Fence fence) {
        runs.open(SampleRuns.opened(id, 0), Set.of(id), List.of(), Optional.of(fence));
    }

    private void save(String id, Fence fence) {
        Incident incident =
                new Incident(
                        id,
                        ComponentId.parse("store:be1"),
                        FindingCode.PRINCIPAL_LOST,
                        SampleRuns.OPENED_AT,
                        SampleRuns.OPENED_AT,
                        Optional.empty());
        evaluations.save(
                new EvaluationLog.Change(List.of(), List.of(), List.of(incident)),
                Optional.of(fence));
    }

    private static RunStore.Change unchanged(Run run) {
        return new RunStore.Change(run, List.of());
    }
}
