package io.understudy.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.Mode;
import io.understudy.decision.RunState;
import io.understudy.run.Run;
import io.understudy.run.RunStore;
import io.understudy.run.TestRuns;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule of two people, kept by the database whatever its clients say. */
class PgApprovalsTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123456Z");
    private static final String APPROVERS =
            "select string_agg(actor, ' ' order by actor) from run_approval";

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private RunStore store;

    @BeforeEach
    void open() {
        store = new PgRunStore(database.database());
    }

    @Test
    void approvalsAreKeptBesideTheRunAndLetItStart() throws Exception {
        open("olga", Mode.ADVISE, 2);

        approve("ann");
        assertEquals("ann", database.text(APPROVERS));
        Run run = approve("bob");

        assertEquals(RunState.RUNNING, run.state());
        assertEquals("ann bob", database.text(APPROVERS));
        assertEquals(
                "2026-11-21 10:00:00.123456",
                database.text("select max(at) at time zone 'UTC' from run_approval"));
    }

    @ParameterizedTest
    @CsvSource({
        "understudy, AUTOMATE, 0",
        "understudy, ADVISE, 0",
        "understudy, ADVISE, 2",
        "understudy, AUTOMATE, 1",
        "olga, ADVISE, 0",
        "olga, ADVISE, 1",
        "olga, OBSERVE, 2"
    })
    void theDatabaseCountsTheApprovalsNeededAsJavaDoes(String opener, Mode mode, int required)
            throws Exception {
        Run run = open(opener, mode, required);

        assertEquals(
                opener + " " + run.approvalsNeeded(),
                database.text("select opened_by || ' ' || approvals_needed from run"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update run set state = 'RUNNING'",
                "update run set state = 'AWAITING_OPERATOR'",
                "update run set state = 'SUCCEEDED', ended_at = now()",
                "update run set state = 'FAILED', ended_at = now()",
                // an approval of the same person, written otherwise
                """
                update run set state = 'RUNNING', body = jsonb_set(body, '{approvals}', body -> 'approvals' ||
                  '[{"actor": " ANN", "at": "2026-11-21T10:00:00Z"}]')
                """,
                "update run set approvals_needed = 1",
                "update run set approvals_needed = 0, state = 'RUNNING'",
                "update run set opened_by = 'carl'",
                "update run set body = jsonb_set(body, '{openedBy}', '\"carl\"')",
                "update run set body = body - 'approvals'",
                "update run_approval set actor = 'bob'",
                "delete from run_approval",
                "truncate run_approval",
                "insert into run_approval values ('r1', 'Olga', now())",
                "insert into run_approval values ('r1', 'ann ', now())"
            })
    void aForgedChangeOfARunThatWaitsIsRefused(String forgery) throws Exception {
        open("olga", Mode.ADVISE, 2);
        approve("ann");

        assertThrows(SQLException.class, () -> database.execute(forgery));

        assertEquals("ann", database.text(APPROVERS));
        assertEquals("AWAITING_APPROVAL", database.text("select state from run"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"olga", "Olga", " olga ", "OLGA\u00a0"})
    void whoOpenedARunThatNeedsTwoIsNoneOfThem(String actor) {
        open("olga", Mode.ADVISE, 2);
        String approval =
                """
                update run set body = jsonb_set(body, '{approvals}',
                  '[{"actor": "%s", "at": "2026-11-21T10:00:00Z"}]')
                """;

        SQLException refusal =
                assertThrows(SQLException.class, () -> database.execute(approval.formatted(actor)));

        assertTrue(refusal.getMessage().contains("opened it"), refusal.getMessage());
    }

    @Test
    void aRunIsNotOpenedRunningWithoutItsApprovals() {
        Run waiting = TestRuns.open("olga", Mode.ADVISE, 1);
        SQLException refusal =
                assertThrows(
                        SQLException.class,
                        () ->
                                database.execute(
                                        "insert into run (id, state, opened_at, body) values ('r1',"
                                                + " 'RUNNING', now(), '"
                                                + io.understudy.document.Json.write(waiting)
                                                        .replace("'", "''")
                                                + "')"));

        assertTrue(refusal.getMessage().contains("0 of 1 approvals"), refusal.getMessage());
    }

    @Test
    void aRunThatWaitsCanBeCancelledAndHandedOverByOne() {
        open("olga", Mode.ADVISE, 2);

        Run run =
                store.change(
                        "r1", Optional.empty(), waiting -> waiting.requestCancel("ann", "no", AT));

        assertEquals(RunState.CANCELLED, run.state());
    }

    private Run open(String opener, Mode mode, int required) {
        Run run = TestRuns.open(opener, mode, required);
        store.open(run, Set.of(), List.of());
        return run;
    }

    private Run approve(String actor) {
        return store.change("r1", Optional.empty(), run -> run.approve(actor, AT));
    }
}
