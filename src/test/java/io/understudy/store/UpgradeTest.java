package io.understudy.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.understudy.audit.AuditChain;
import io.understudy.audit.AuditRow;
import io.understudy.audit.Break;
import io.understudy.decision.Mode;
import io.understudy.document.Json;
import io.understudy.run.Run;
import io.understudy.run.TestRuns;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the first schema held is there after the upgrade, and held to the newer rules. */
class UpgradeTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123456Z");
    private static final String EVENT =
            "insert into audit (at, actor, action, subject, details) values"
                    + " ('2026-11-21T10:00:00.123456Z', 'ann', 'DONE', 'it', '{\"i\": \"1\"}')";

    @RegisterExtension final TestDatabase database = new TestDatabase();

    @Test
    void anAuditFromBeforeTheChainIsChainedWithItsNumbersAndGaps() throws Exception {
        database.beginAt("1");
        database.execute(EVENT);
        database.execute("begin; " + EVENT + "; rollback");
        database.execute(EVENT);
        database.execute(EVENT);

        database.migrateTo("latest");

        database.execute(EVENT);
        AuditChain chain = new PgAuditChain(database.database());
        assertEquals(
                List.of(1L, 3L, 4L, 5L), chain.after(0, 9).stream().map(AuditRow::number).toList());
        assertEquals(4, chain.verify(new TreeMap<>()).verified());
        assertEquals(true, chain.verify(new TreeMap<>()).intact());
        database.execute(
                "begin; set local session_replication_role = replica;"
                        + " delete from audit where number = 3; commit");
        Break broken = chain.verify(new TreeMap<>()).broken().orElseThrow();
        assertEquals(Break.Kind.MISSING, broken.kind());
        assertEquals(2, broken.number());
        assertThrows(SQLException.class, () -> database.execute("delete from audit"));
    }

    @Test
    void runsThatWaitedForApprovalStillDo() throws Exception {
        database.beginAt("1");
        Run waiting = TestRuns.open("olga", Mode.ADVISE, 2).approve("ann", AT).run();
        database.execute(
                "insert into run (id, state, opened_at, body) values ('r1', 'AWAITING_APPROVAL', now(), '"
                        + Json.write(waiting).replace("'", "''")
                        + "')");

        database.migrateTo("latest");

        assertEquals("ann", database.text("select actor from run_approval"));
        assertEquals(
                "olga 2", database.text("select opened_by || ' ' || approvals_needed from run"));
        assertThrows(
                SQLException.class, () -> database.execute("update run set state = 'RUNNING'"));
    }
}
