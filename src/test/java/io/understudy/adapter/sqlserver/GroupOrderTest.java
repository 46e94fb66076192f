package io.understudy.adapter.sqlserver;

import static io.understudy.adapter.sqlserver.SqlServerBench.AG1;
import static io.understudy.adapter.sqlserver.SqlServerBench.SQL1;
import static io.understudy.adapter.sqlserver.SqlServerBench.SQL2;
import static io.understudy.adapter.sqlserver.SqlServerBench.USER;
import static io.understudy.counterpart.tds.SqlAnswer.row;
import static io.understudy.counterpart.tds.SqlAnswer.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.counterpart.tds.SqlAnswer;
import io.understudy.estate.Position;
import io.understudy.estate.SqlInstance;
import io.understudy.runbook.Action;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Availability Groups, by Microsoft's driver over TLS. */
@Timeout(120)
class GroupOrderTest {

    private static final String VIEW = "sys.availability_databases_cluster";

    private final SqlServerBench bench = new SqlServerBench();
    private final AtomicReference<String> role = new AtomicReference<>("SECONDARY");

    @AfterEach
    void close() {
        bench.close();
    }

    private static Action toMirror(boolean force) {
        return new Action.FailOverGroup(AG1, USER, SQL2, Position.MIRROR, force);
    }

    private void secondary(boolean ready, String connected, String state, String operational) {
        bench.backend.on(
                SQL2, VIEW, _ -> view("SQL2", role.get(), ready, connected, state, operational));
        bench.backend.on(
                SQL2,
                "ALTER AVAILABILITY GROUP",
                _ -> {
                    role.set("PRIMARY");
                    return SqlAnswer.done();
                });
    }

    private void primary(SqlInstance at, String serverName) {
        bench.backend.on(
                at,
                VIEW,
                _ -> view(serverName, "PRIMARY", true, "CONNECTED", "SYNCHRONIZED", "ONLINE"));
    }

    private static SqlAnswer view(
            String server,
            String role,
            boolean ready,
            String connected,
            String state,
            String operational) {
        return rows(
                "group_name, database_name, role_desc, operational_state_desc,"
                        + " connected_state_desc, is_failover_ready, synchronization_state_desc,"
                        + " server_name",
                USER.stream()
                        .map(d ->
                                row("be]ag", d, role, operational, connected, ready, state, server))
                        .toArray(Object[][]::new));
    }

    private void refused(String part, boolean force) {
        StepOutcome outcome = bench.act(toMirror(force));
        assertInstanceOf(StepOutcome.Refused.class, outcome, outcome.message());
        assertTrue(outcome.message().contains(part), outcome.message());
        assertEquals(List.of(), bench.orders());
    }

    @Test
    void aReadyGroupFailsOverAsPlannedOnItsSecondary() {
        secondary(true, "CONNECTED", "SYNCHRONIZED", "ONLINE");
        assertEquals(Presence.NOT_DONE, bench.executor().check(bench.call(toMirror(false))));
        assertInstanceOf(StepOutcome.Done.class, bench.act(toMirror(false)));
        assertEquals(
                List.of("sql2.contoso.com: ALTER AVAILABILITY GROUP [be]]ag] FAILOVER"),
                bench.orders());
        assertEquals(Presence.DONE, bench.executor().check(bench.call(toMirror(false))));
    }

    @Test
    void aReadyGroupIsNeverForced() {
        secondary(true, "DISCONNECTED", "SYNCHRONIZED", "ONLINE");
        bench.act(toMirror(true));
        assertTrue(bench.orders().getFirst().endsWith("FAILOVER"));
    }

    @Test
    void withoutForceAGroupThatIsNotReadyStays() {
        secondary(false, "CONNECTED", "SYNCHRONIZING", "ONLINE");
        refused("41142", false);
    }

    @Test
    void aLostPrimarysGroupIsForced() {
        secondary(false, "DISCONNECTED", "NOT SYNCHRONIZING", "ONLINE");
        bench.servers.get(SQL1).close();
        assertInstanceOf(StepOutcome.Done.class, bench.act(toMirror(true)));
        assertEquals(
                List.of(
                        "sql2.contoso.com: ALTER AVAILABILITY GROUP [be]]ag]"
                                + " FORCE_FAILOVER_ALLOW_DATA_LOSS"),
                bench.orders());
    }

    @Test
    void aListenerThatLeadsToTheSecondaryIsNoPrimary() {
        secondary(false, "DISCONNECTED", "NOT SYNCHRONIZING", "ONLINE");
        primary(SQL1, "SQL2");
        assertInstanceOf(StepOutcome.Done.class, bench.act(toMirror(true)));
    }

    @Test
    void aGroupIsNotForcedWhileItsPrimaryIsSeen() {
        secondary(false, "CONNECTED", "SYNCHRONIZING", "ONLINE");
        refused("connected to its primary", true);
        secondary(false, "DISCONNECTED", "NOT SYNCHRONIZING", "ONLINE");
        primary(SQL1, "SQL1");
        refused("answers as its primary", true);
        bench.servers.get(SQL1).login("understudy", "changed");
        refused("cannot be told", true);
    }

    @Test
    void aGroupIsNotForcedWithoutQuorumOrIntoAReplicaThatReverts() {
        secondary(false, "DISCONNECTED", "NOT SYNCHRONIZING", "FAILED_NO_QUORUM");
        refused("no quorum", true);
        secondary(false, "DISCONNECTED", "REVERTING", "ONLINE");
        refused("reverted", true);
    }

    @Test
    void aFailoverUnderWayIsSeen() {
        secondary(true, "CONNECTED", "SYNCHRONIZED", "PENDING_FAILOVER");
        assertEquals(Presence.UNDER_WAY, bench.executor().check(bench.call(toMirror(false))));
    }

    @Test
    void databasesThatNoGroupHoldsAreRefused() {
        bench.backend.on(VIEW, rows("group_name, database_name"));
        StepOutcome outcome = bench.act(toMirror(false));
        assertInstanceOf(StepOutcome.Fatal.class, outcome, outcome.message());
        assertEquals(Presence.CANNOT_TELL, bench.executor().check(bench.call(toMirror(false))));
    }
}
