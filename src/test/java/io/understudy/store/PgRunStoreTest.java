package io.understudy.store;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.audit.AuditEvent;
import io.understudy.audit.AuditLog;
import io.understudy.control.UnstorableValue;
import io.understudy.decision.RunState;
import io.understudy.run.JournalEntry;
import io.understudy.run.Lease;
import io.understudy.run.Run;
import io.understudy.run.RunRefusal;
import io.understudy.run.RunStore;
import io.understudy.run.RunStoreContract;
import io.understudy.run.SampleRuns;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract, and what only the database can promise. */
class PgRunStoreTest extends RunStoreContract {

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private RunStore store;

    @BeforeEach
    void open() {
        store = new PgRunStore(database.database());
    }

    @Override
    protected RunStore store() {
        return store;
    }

    @Override
    protected List<AuditEvent> audited() {
        List<AuditLog.Entry> entries =
                new PgAuditLog(database.database()).newest(100, OptionalLong.empty());
        return entries.reversed().stream().map(AuditLog.Entry::event).toList();
    }

    @Test
    void aLeaseEndsByTheClockOfTheDatabase() throws Exception {
        open("r1", 0);

        Lease lease = store.acquire("r1", "a", LONG).orElseThrow();

        assertEquals(
                "t",
                database.text(
                        "select '%s'::timestamptz between now() + interval '59 minutes' and now() + interval '60 minutes'"
                                .formatted(lease.until())));
        database.execute("update run set lease_until = clock_timestamp() where id = 'r1'");
        assertTrue(store.acquire("r1", "b", LONG).isPresent());
    }

    @Test
    void endingAllLeasesLetsAnotherTakeTheRunWithAGreaterToken() {
        open("r1", 0);
        Lease lost = store.acquire("r1", "a process that died", LONG).orElseThrow();

        new PgRunStore(database.database()).endLeases();

        assertTrue(store.acquire("r1", "b", LONG).orElseThrow().token() > lost.token());
    }

    @Test
    void theDatabaseLetsNoTokenFall() {
        open("r1", 0);
        assertTrue(store.acquire("r1", "a", LONG).isPresent());

        refused("update run set token = token - 1", "would fall");
    }

    @Test
    void theDatabaseLetsNoRunChangeHandsWithoutANewToken() {
        open("r1", 0);
        assertTrue(store.acquire("r1", "a", LONG).isPresent());

        refused("update run set holder = 'b'", "without a new token");
    }

    @Test
    void theDatabaseLetsNoEndedRunOpenAgain() {
        open("r1", 0);
        end("r1", RunState.FAILED, SampleRuns.OPENED_AT);

        refused("update run set state = 'RUNNING', ended_at = null", "would open again");
        refused("update run set state = 'RUNNING'", "run_ended_says_when");
    }

    @Test
    void theDatabaseKeepsTheJournalAsItWasWritten() {
        store.open(
                SampleRuns.opened("r1", 0),
                Set.of(),
                List.of(SampleRuns.line(JournalEntry.Kind.OPENED, 0, "opened")));

        refused("update run_journal set message = 'nothing happened'", "never changed");
        refused("delete from run_journal", "never changed");
        refused("truncate run_journal", "never changed");
    }

    @Test
    void theDatabaseGivesNoLockTwice() {
        store.open(SampleRuns.opened("r1", 0), Set.of("cms"), List.of());
        open("r2", 0);

        refused("insert into run_lock (key, run_id) values ('cms', 'r2')", "run_lock_pkey");
    }

    @Test
    void everyStateAndEveryKindOfLineCanBeKept() {
        List<JournalEntry> lines =
                Arrays.stream(JournalEntry.Kind.values())
                        .map(kind -> SampleRuns.line(kind, 0, kind.name()))
                        .toList();
        for (RunState state : RunState.values()) {
            Run run = SampleRuns.opened(state.name(), 0);
            store.open(run, Set.of(), lines);
            assertDoesNotThrow(() ->
                    store.change(
                            run.id(),
                            NOBODY,
                            r -> new RunStore.Change(inState(r, state), List.of())));
        }

        assertEquals(lines, store.journal(RunState.RUNNING.name(), 0));
    }

    @Test
    void aRunThatCannotBeWrittenWholeIsNotWrittenAtAll() {
        JournalEntry line = SampleRuns.line(JournalEntry.Kind.OPENED, 0, "a zero \0 character");

        assertThrows(
                UnstorableValue.class,
                () -> store.open(SampleRuns.opened("r1", 0), Set.of("cms"), List.of(line)));

        assertEquals(Optional.empty(), store.find("r1"));
        assertDoesNotThrow(() -> store.open(SampleRuns.opened("r2", 0), Set.of("cms"), List.of()));
    }

    @Test
    void theSameRunIsNotOpenedTwice() {
        open("r1", 0);

        assertThrows(
                RunRefusal.class,
                () -> store.open(SampleRuns.opened("r1", 5), Set.of(), List.of()));
        assertEquals(Optional.of(SampleRuns.opened("r1", 0)), store.find("r1"));
    }

    private static Run inState(Run run, RunState state) {
        if (state.ended()) {
            return SampleRuns.ended(run, state, SampleRuns.OPENED_AT);
        }
        return new Run(
                run.id(),
                run.decision(),
                run.runbook(),
                state,
                run.steps(),
                run.approvals(),
                run.openedBy(),
                run.openedAt(),
                run.startedAt(),
                run.endedAt(),
                run.cancelRequestedBy(),
                run.outcome(),
                run.incident());
    }

    private void refused(String sql, String why) {
        SQLException refusal = assertThrows(SQLException.class, () -> database.execute(sql));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }
}
