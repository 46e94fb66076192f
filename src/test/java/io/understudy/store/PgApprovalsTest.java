package io.understudy.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.Mode;
import io.understudy.decision.RunState;
import io.understudy.document.Json;
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

    @Test
    void theDatabaseCountsTheApprovalsNeededAsJavaDoes() throws Exception {
        for (String opener : List.of(Run.UNDERSTUDY, "olga")) {
            for (Mode mode : Mode.values()) {
                for (int required = 0; required < 3; required++) {
                    Run run = TestRuns.open(opener, mode, required);
                    String counted =
                            "select run_approvals_needed(" + literal(Json.write(run)) + ")";
                    assertEquals(run.approvalsNeeded() + "", database.text(counted));
                }
            }
        }
        open(Run.UNDERSTUDY, Mode.ADVISE, 0);
        assertEquals(
                "understudy 1",
                database.text("select opened_by || ' ' || approvals_needed from run"));
    }

    @Test
    void aForgedChangeOfARunThatWaitsIsRefused() throws Exception {
        open("olga", Mode.ADVISE, 2);
        approve("ann");

        for (String forgery :
                List.of(
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
                        "insert into run_approval values ('r1', 'ann ', now())")) {
            assertThrows(SQLException.class, () -> database.execute(forgery), forgery);
            assertEquals("ann", database.text(APPROVERS));
            assertEquals("AWAITING_APPROVAL", database.text("select state from run"));
        }
    }

    @Test
    void whoOpenedARunThatNeedsTwoIsNoneOfThem() {
        open("olga", Mode.ADVISE, 2);
        String approval =
                """
                update run set body = jsonb_set(body, '{approvals}',
                  '[{"actor": "%s", "at": "2026-11-21T10:00:00Z"}]')
                """;

        for (String actor : List.of("olga", "Olga", " olga ", "OLGA\u00a0")) {
            SQLException refusal =
                    assertThrows(
                            SQLException.class, () -> database.execute(approval.formatted(actor)));
            assertTrue(refusal.getMessage().contains("opened it"), refusal.getMessage());
        }
    }

    @Test
    void aRunIsNotOpenedRunningWithoutItsApprovals() {
        Run waiting = TestRuns.open("olga", Mode.ADVISE, 1);
        String sql =
                "insert into run (id, state, opened_at, body) values ('r1', 'RUNNING', now(), %s)"
                        .formatted(literal(Json.write(waiting)));

        SQLException refusal = assertThrows(SQLException.class, () -> database.execute(sql));

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

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
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
