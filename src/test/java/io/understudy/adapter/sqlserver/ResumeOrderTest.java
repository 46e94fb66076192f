package io.understudy.adapter.sqlserver;

import static io.understudy.adapter.sqlserver.SqlServerBench.BE1;
import static io.understudy.adapter.sqlserver.SqlServerBench.SQL1;
import static io.understudy.adapter.sqlserver.SqlServerBench.SQL2;
import static io.understudy.adapter.sqlserver.SqlServerBench.USER;
import static io.understudy.adapter.sqlserver.SqlServerBench.mirrored;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.Rehearsal;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.counterpart.tds.SqlAnswer;
import io.understudy.estate.Position;
import io.understudy.runbook.Action;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SET PARTNER RESUME, by Microsoft's driver over TLS. */
@Timeout(120)
class ResumeOrderTest {

    private static final Action RESUME =
            new Action.ResumeMirroring(BE1, USER, SQL1, Position.PRIMARY);
    private static final String ON_SQL1 = "sql1.contoso.com: ALTER DATABASE ";

    private final SqlServerBench bench = new SqlServerBench();
    private final Map<String, String> states = new HashMap<>();

    @AfterEach
    void close() {
        bench.close();
    }

    /** Both databases of be1, principal on sql1; RESUME makes one SYNCHRONIZING. */
    private void pair(String... twoStates) {
        for (int i = 0; i < USER.size(); i++) {
            states.put(USER.get(i), twoStates[i]);
        }
        tells("PRINCIPAL");
        bench.backend.on(
                SQL1,
                "SET PARTNER RESUME",
                request -> {
                    states.put(request.text().replaceAll(".*\\[(.*)].*", "$1"), "SYNCHRONIZING");
                    return SqlAnswer.done();
                });
        bench.mirroring(SQL2, mirrors("MIRROR", "SUSPENDED"));
    }

    private void tells(String role) {
        bench.mirroring(
                SQL1,
                () ->
                        USER.stream()
                                .map(d -> mirrored(d, role, states.get(d)))
                                .toArray(Object[][]::new));
    }

    private static Object[][] mirrors(String role, String state) {
        return USER.stream().map(d -> mirrored(d, role, state)).toArray(Object[][]::new);
    }

    private <T extends StepOutcome> void ends(Class<T> type, String part) {
        StepOutcome outcome = bench.act(RESUME);
        assertInstanceOf(type, outcome, outcome.message());
        assertTrue(outcome.message().contains(part), outcome.message());
    }

    private void refusedUnsent(String part) {
        ends(StepOutcome.Refused.class, part);
        assertEquals(List.of(), bench.orders());
    }

    private Presence presence() {
        return bench.executor().check(bench.call(RESUME));
    }

    @Test
    void everySuspendedDatabaseIsResumedOnItsPrincipal() {
        pair("SUSPENDED", "SUSPENDED");
        assertEquals(Presence.NOT_DONE, presence());
        ends(StepOutcome.Done.class, "SET PARTNER RESUME");
        assertEquals(
                List.of(
                        ON_SQL1 + "[rtcxds] SET PARTNER RESUME",
                        ON_SQL1 + "[rtcshared] SET PARTNER RESUME"),
                bench.orders());
        assertEquals(Presence.DONE, presence());
    }

    @Test
    void whatIsNotSuspendedIsLeftAlone() {
        pair("SYNCHRONIZED", "SUSPENDED");
        ends(StepOutcome.Done.class, "[rtcshared]");
        assertEquals(List.of(ON_SQL1 + "[rtcshared] SET PARTNER RESUME"), bench.orders());
        ends(StepOutcome.Done.class, "already");
        assertEquals(1, bench.orders().size());
    }

    @Test
    void aRehearsalShowsTheStatementsAndSendsNone() {
        pair("SUSPENDED", "SUSPENDED");
        Rehearsal rehearsal = bench.executor().rehearse(bench.call(RESUME));
        assertEquals(Rehearsal.Verdict.WOULD_ACT, rehearsal.verdict(), rehearsal.message());
        assertTrue(rehearsal.command().orElseThrow().contains("[rtcxds] SET PARTNER RESUME;"));
        assertEquals(List.of(), bench.orders());
    }

    @Test
    void itIsRefusedWhileThePartnerCannotBeReached() {
        pair("SUSPENDED", "SUSPENDED");
        bench.servers.get(SQL2).close();
        refusedUnsent("cannot be reached");
    }

    @Test
    void itIsRefusedWhileThePartnersDoNotHearEachOther() {
        pair("SUSPENDED", "DISCONNECTED");
        refusedUnsent("rtcshared is DISCONNECTED");
        assertEquals(Presence.NOT_DONE, presence());
        pair("SUSPENDED", "SUSPENDED");
        bench.mirroring(SQL2, mirrors("MIRROR", "DISCONNECTED"));
        refusedUnsent("is DISCONNECTED");
    }

    @Test
    void itIsRefusedWhereThePartnerIsNoMirrorOrTellsNothing() {
        pair("SUSPENDED", "SUSPENDED");
        bench.mirroring(SQL2, mirrors("PRINCIPAL", "SUSPENDED"));
        refusedUnsent("says PRINCIPAL");
        bench.mirroring(SQL2, mirrors(null, null));
        refusedUnsent("tells no role");
    }

    @Test
    void itIsRefusedWhereTheInstanceIsNotPrincipal() {
        pair("SUSPENDED", "SUSPENDED");
        tells("MIRROR");
        refusedUnsent("1470");
    }

    @Test
    void aSessionThatWasBrokenForSalvageIsNotResumed() {
        pair("SUSPENDED", "SUSPENDED");
        bench.mirroring(SQL1, mirrors(null, null));
        refusedUnsent("not mirrored");
        assertEquals(Presence.CANNOT_TELL, presence());
    }

    @Test
    void aFailoverUnderWayIsWaitedFor() {
        pair("SUSPENDED", "PENDING_FAILOVER");
        ends(StepOutcome.Retryable.class, "failing over");
        assertEquals(Presence.UNDER_WAY, presence());
    }

    @Test
    void aRedoThatHasFailedCallsForANewMirror() {
        pair("SUSPENDED", "SUSPENDED");
        bench.backend.on("SET PARTNER RESUME", SqlAnswer.failed(1462, "redo has failed"));
        StepOutcome.Refused refused =
                assertInstanceOf(StepOutcome.Refused.class, bench.act(RESUME));
        assertTrue(refused.whatToDo().contains("rebuild the mirror"), refused.whatToDo());
    }

    @Test
    void aSuccessThatDoesNotShowIsUncertain() {
        pair("SUSPENDED", "SUSPENDED");
        bench.backend.on("SET PARTNER RESUME", SqlAnswer.done());
        ends(StepOutcome.Uncertain.class, "does not show");
    }
}
