package io.understudy.adapter.sqlserver;

import static io.understudy.adapter.sqlserver.SqlServerBench.BE1;
import static io.understudy.adapter.sqlserver.SqlServerBench.SQL1;
import static io.understudy.adapter.sqlserver.SqlServerBench.SQL2;
import static io.understudy.adapter.sqlserver.SqlServerBench.USER;
import static io.understudy.adapter.sqlserver.SqlServerBench.mirrored;
import static io.understudy.adapter.sqlserver.SqlServerBench.toMirror;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.Rehearsal;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.adapter.sqlserver.SqlServerSettings.Encryption;
import io.understudy.counterpart.tds.SqlAnswer;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Position;
import io.understudy.runbook.Action;
import io.understudy.testing.Actions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mirroring, by Microsoft's driver over TLS. */
@Timeout(120)
class SqlServerExecutorTest {

    private static final Action FORCE = new Action.ForceService(BE1, USER, SQL2, Position.MIRROR);

    private final SqlServerBench bench = new SqlServerBench();

    @AfterEach
    void close() {
        bench.close();
    }

    private <T extends StepOutcome> void ends(Class<T> type, String part, Action action) {
        StepOutcome outcome = bench.act(action);
        assertInstanceOf(type, outcome, outcome.message());
        assertTrue(outcome.message().contains(part), outcome.message());
    }

    private void refusedUnsent(String part, Action action) {
        ends(StepOutcome.Refused.class, part, action);
        assertEquals(List.of(), bench.orders());
    }

    @Test
    void aPlannedSwitchIsSentToThePrincipalForEachDatabase() {
        bench.mirroredPair();
        assertEquals(Presence.NOT_DONE, bench.executor().check(bench.call(toMirror(false))));
        ends(StepOutcome.Done.class, "FAILOVER", toMirror(false));
        assertEquals(
                List.of(
                        "sql1.contoso.com: ALTER DATABASE [rtcxds] SET PARTNER FAILOVER",
                        "sql1.contoso.com: ALTER DATABASE [rtcshared] SET PARTNER FAILOVER"),
                bench.orders());
        assertEquals(Presence.DONE, bench.executor().check(bench.call(toMirror(false))));
        assertEquals(2, bench.heard.size());
    }

    @Test
    void doingItAgainSendsNothing() {
        bench.mirroredPair();
        bench.act(toMirror(false));
        ends(StepOutcome.Done.class, "already", toMirror(false));
        assertEquals(2, bench.orders().size());
    }

    @Test
    void onlyWhatIsLeftIsSwitched() {
        bench.mirroredPair().put("rtcxds", SQL2);
        ends(StepOutcome.Done.class, "[rtcshared]", toMirror(false));
        assertEquals(1, bench.orders().size());
    }

    @Test
    void aDatabaseThatMovesByItselfMeanwhileIsLeftAlone() {
        Map<String, io.understudy.estate.SqlInstance> principals = bench.mirroredPair();
        bench.backend.on(
                SQL1,
                "[rtcxds] SET PARTNER FAILOVER",
                _ -> {
                    USER.forEach(d -> principals.put(d, SQL2));
                    return SqlAnswer.done();
                });
        ends(StepOutcome.Done.class, "[rtcxds]", toMirror(false));
        assertEquals(1, bench.orders().size());
    }

    @Test
    void withForceAReachablePrincipalIsStillSwitchedAsPlanned() {
        bench.mirroredPair();
        ends(StepOutcome.Done.class, "SET PARTNER FAILOVER", toMirror(true));
    }

    @Test
    void aMirrorThatIsNotInStepIsNotSwitchedTo() {
        for (String state : List.of("SYNCHRONIZING", "SUSPENDED", "DISCONNECTED")) {
            bench.mirroring(SQL1, pair("PRINCIPAL", state));
            bench.mirroring(SQL2, pair("MIRROR", state));
            refusedUnsent("1422", toMirror(false));
            refusedUnsent("1422", toMirror(true));
        }
    }

    private static Object[][] pair(String role, String state) {
        return new Object[][] {mirrored("rtcxds", role, state), mirrored("rtcshared", role, state)};
    }

    @Test
    void aPlannedSwitchNeedsItsPrincipal() {
        bench.lostPrincipal(null, null);
        refusedUnsent("1447", toMirror(false));
    }

    @Test
    void aLostPrincipalsMirrorIsForced() {
        bench.lostPrincipal(null, null);
        ends(StepOutcome.Done.class, "FORCE_SERVICE_ALLOW_DATA_LOSS", toMirror(true));
        assertEquals(2, bench.orders().size());
        assertEquals(Presence.DONE, bench.executor().check(bench.call(FORCE)));
    }

    @Test
    void forceServiceIsForAMirrorOnItsOwn() {
        bench.lostPrincipal("TCP://sqlw:7022", "CONNECTED");
        ends(StepOutcome.Done.class, "FORCE_SERVICE_ALLOW_DATA_LOSS", FORCE);
        assertEquals(
                "sql2.contoso.com: ALTER DATABASE [rtcxds] SET PARTNER"
                        + " FORCE_SERVICE_ALLOW_DATA_LOSS",
                bench.orders().getFirst());
    }

    @Test
    void nothingIsForcedWhileTheWitnessIsAway() {
        bench.lostPrincipal("TCP://sqlw:7022", "DISCONNECTED");
        refusedUnsent("1406", FORCE);
        refusedUnsent("1406", toMirror(true));
    }

    @Test
    void nothingIsForcedWhileThePrincipalCanBeReached() {
        bench.mirroring(SQL1, pair("PRINCIPAL", "DISCONNECTED"));
        bench.mirroring(SQL2, pair("MIRROR", "DISCONNECTED"));
        refusedUnsent("can be reached", FORCE);
    }

    @Test
    void nothingIsForcedWhileTheMirrorHearsItsPrincipal() {
        bench.mirroring(SQL2, pair("MIRROR", "SYNCHRONIZED"));
        bench.servers.get(SQL1).close();
        refusedUnsent("still hears", FORCE);
        refusedUnsent("still hears", toMirror(true));
    }

    @Test
    void nothingIsForcedWhileThePrincipalCannotBeJudged() {
        bench.mirroring(SQL1, pair("PRINCIPAL", "DISCONNECTED"));
        bench.mirroring(SQL2, pair("MIRROR", "DISCONNECTED"));
        bench.servers.get(SQL1).login("understudy", "changed");
        refusedUnsent("18456", FORCE);
    }

    @Test
    void nothingIsForcedWhileTheOldPrincipalServesAlone() {
        bench.mirroring(
                SQL1,
                SqlAnswer.row("rtcxds", "ONLINE", null, null, null, null, null),
                SqlAnswer.row("rtcshared", "ONLINE", null, null, null, null, null));
        bench.mirroring(SQL2, pair("MIRROR", "DISCONNECTED"));
        refusedUnsent("ONLINE without mirroring", FORCE);
    }

    @Test
    void aMirrorOfWhichNothingIsToldIsNotTouched() {
        bench.mirroring(SQL2, pair(null, null));
        refusedUnsent("cannot be told", FORCE);
        assertEquals(Presence.CANNOT_TELL, bench.executor().check(bench.call(FORCE)));
    }

    @Test
    void aFailoverUnderWayIsWaitedFor() {
        bench.mirroring(SQL2, pair("MIRROR", "PENDING_FAILOVER"));
        ends(StepOutcome.Retryable.class, "already", toMirror(true));
        assertEquals(Presence.UNDER_WAY, bench.executor().check(bench.call(toMirror(true))));
    }

    @Test
    void refusalsOfTheServerKeepTheirNumberAndSayWhatToDo() {
        bench.mirroredPair();
        for (int number : new int[] {1422, 1447, 1455, 1456, 955}) {
            bench.backend.on("SET PARTNER FAILOVER", SqlAnswer.failed(number, "no"));
            StepOutcome outcome = bench.act(toMirror(false));
            StepOutcome.Refused refused = assertInstanceOf(StepOutcome.Refused.class, outcome);
            assertTrue(refused.message().contains("error " + number), refused.message());
            assertFalse(refused.whatToDo().isBlank());
        }
    }

    @Test
    void errorsAreRetryableFatalOrLookedAtByTheirNumber() {
        bench.mirroredPair();
        bench.backend.on("SET PARTNER FAILOVER", SqlAnswer.failed(1404, "busy"));
        ends(StepOutcome.Retryable.class, "1404", toMirror(false));
        bench.backend.on("SET PARTNER FAILOVER", SqlAnswer.failed(1470, "not here"));
        ends(StepOutcome.Fatal.class, "1470", toMirror(false));
        bench.backend.on("SET PARTNER FAILOVER", SqlAnswer.failed(1421, "not in time"));
        ends(StepOutcome.Retryable.class, "1421", toMirror(false));
        bench.backend.on("SET PARTNER FAILOVER", SqlAnswer.failed(102, "syntax"));
        ends(StepOutcome.Fatal.class, "102", toMirror(false));
    }

    @Test
    void whatWasDoneBeforeARefusalIsSaid() {
        bench.mirroredPair();
        bench.backend.on("[rtcshared] SET PARTNER", SqlAnswer.failed(1404, "busy"));
        ends(StepOutcome.Uncertain.class, "carried out before", toMirror(false));
        bench.mirroredPair();
        bench.backend.on("[rtcshared] SET PARTNER", SqlAnswer.failed(1422, "behind"));
        ends(StepOutcome.Refused.class, "carried out before", toMirror(false));
    }

    @Test
    void successWithoutEffectIsUncertainInTheEnd() {
        bench.mirroredPair();
        bench.backend.on("SET PARTNER FAILOVER", SqlAnswer.done());
        ends(StepOutcome.Uncertain.class, "does not show", toMirror(false));
        assertEquals(60, bench.waited.size());
    }

    @Test
    void aConnectionLostInTheMiddleIsUncertain() {
        bench.mirroredPair();
        bench.backend.on("SET PARTNER FAILOVER", new SqlAnswer.Broken());
        ends(StepOutcome.Uncertain.class, "rtcxds", toMirror(false));
        assertEquals(1, bench.orders().size());
    }

    @Test
    void anUnreachableInstanceIsRetryable() {
        bench.servers.get(SQL2).close();
        ends(StepOutcome.Retryable.class, "sql", toMirror(false));
        assertEquals(Presence.CANNOT_TELL, bench.executor().check(bench.call(toMirror(false))));
    }

    @Test
    void aStatementThatTakesTooLongIsCancelledAndUncertain() {
        bench.mirroredPair();
        bench.backend.never("SET PARTNER FAILOVER");
        bench.timeLimit = Duration.ofSeconds(4);
        ends(StepOutcome.Uncertain.class, "timed out", toMirror(false));
        assertTrue(bench.servers.get(SQL1).log().contains("attention"));
    }

    @Test
    void aServerThatHangsIsGivenUpWithinTheLimit() {
        bench.mirroredPair();
        bench.backend.on(
                "SET PARTNER FAILOVER",
                _ -> {
                    bench.servers.get(SQL1).hang();
                    return SqlAnswer.done();
                });
        bench.timeLimit = Duration.ofSeconds(4);
        long begun = System.nanoTime();
        ends(StepOutcome.Uncertain.class, "", toMirror(false));
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        assertTrue(took.compareTo(Duration.ofSeconds(30)) < 0, took.toString());
    }

    @Test
    void anInterruptCancelsTheStatementAndStands() throws InterruptedException {
        bench.mirroredPair();
        CountDownLatch begun = bench.backend.never("SET PARTNER FAILOVER");
        AtomicReference<StepOutcome> outcome = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>(false);
        Thread acting =
                new Thread(() -> {
                    outcome.set(bench.act(toMirror(false)));
                    interrupted.set(Thread.currentThread().isInterrupted());
                });
        acting.start();
        begun.await();
        acting.interrupt();
        acting.join();
        assertInstanceOf(StepOutcome.Uncertain.class, outcome.get());
        assertTrue(interrupted.get());
        assertTrue(bench.servers.get(SQL1).log().contains("attention"));
    }

    @Test
    void anOlderTokenIsRefused() {
        bench.mirroredPair();
        SqlServerExecutor executor = bench.executor();
        executor.act(bench.call(toMirror(false), 5), Progress.UNHEARD);
        StepOutcome older = executor.act(bench.call(toMirror(false), 4), Progress.UNHEARD);
        assertInstanceOf(StepOutcome.Refused.class, older);
        assertTrue(older.message().contains("older than 5"), older.message());
    }

    @Test
    void hostileNamesAreRefusedAndNeverSent() {
        bench.mirroredPair();
        for (String hostile :
                List.of(
                        "rtcxds] SET PARTNER OFF; --",
                        "rtcxds'; DROP DATABASE x --",
                        "rtcxds\nGO",
                        "$(rtcxds)",
                        "rtсxds",
                        "rtcxds ",
                        "RTCXDS",
                        "x".repeat(129))) {
            Action action =
                    new Action.SwitchPrincipal(
                            BE1,
                            SqlServerBench.POOL1,
                            DatabaseType.USER,
                            List.of("rtcshared", hostile),
                            SQL2,
                            Position.MIRROR,
                            false);
            ends(StepOutcome.Fatal.class, "/databases/1", action);
        }
        bench.servers.values().forEach(s -> assertEquals(List.of(), s.log()));
    }

    @Test
    void aHostileNameInTheEstateItselfIsDataToTheServer() {
        String hostile = "a]; DROP DATABASE [b";
        bench.estate = SqlServerBench.estate(hostile);
        bench.mirroring(SQL1, mirrored(hostile, "PRINCIPAL", "SYNCHRONIZED"));
        bench.mirroring(SQL2, mirrored(hostile, "MIRROR", "SYNCHRONIZED"));
        Action action =
                new Action.SwitchPrincipal(
                        BE1,
                        SqlServerBench.POOL1,
                        DatabaseType.USER,
                        List.of(hostile),
                        SQL2,
                        Position.MIRROR,
                        false);
        bench.act(action);
        assertEquals(
                List.of(
                        "sql1.contoso.com: ALTER DATABASE [a]]; DROP DATABASE [b]"
                                + " SET PARTNER FAILOVER"),
                bench.orders());
    }

    @Test
    void anInstanceThatIsNotTheStoresIsRefused() {
        Action wrong = new Action.ForceService(BE1, USER, SqlServerBench.SQL9, Position.MIRROR);
        ends(StepOutcome.Fatal.class, "/to", wrong);
    }

    @Test
    void aRehearsalLooksAndShowsTheStatementsAndSendsNone() {
        bench.mirroredPair();
        Rehearsal rehearsal = bench.executor().rehearse(bench.call(toMirror(false)));
        assertEquals(Rehearsal.Verdict.WOULD_ACT, rehearsal.verdict());
        assertTrue(
                rehearsal
                        .command()
                        .orElseThrow()
                        .contains(
                                "-- sql:sql1.contoso.com/rtc\n"
                                        + "ALTER DATABASE [rtcxds] SET PARTNER FAILOVER;"));
        assertEquals(List.of(), bench.orders());
        bench.act(toMirror(false));
        assertEquals(
                Rehearsal.Verdict.ALREADY_DONE,
                bench.executor().rehearse(bench.call(toMirror(false))).verdict());
        assertEquals(
                Rehearsal.Verdict.WOULD_BE_REFUSED,
                bench.executor()
                        .rehearse(
                                bench.call(
                                        new Action.ForceService(BE1, USER, SQL1, Position.PRIMARY)))
                        .verdict());
    }

    @Test
    void anUntrustedCertificateSendsNoLogin() {
        bench.mirroredPair();
        SqlServerExecutor executor =
                bench.executor(bench.settings(Optional.empty(), Encryption.MANDATORY));
        StepOutcome outcome = executor.act(bench.call(toMirror(false)), Progress.UNHEARD);
        assertInstanceOf(StepOutcome.Refused.class, outcome, outcome.message());
        assertFalse(bench.servers.get(SQL2).log().toString().contains("login"));
    }

    @Test
    void itSupportsWhatSqlServerDoesOnConfiguredInstances() {
        SqlServerExecutor executor = bench.executor();
        assertTrue(executor.supports(toMirror(false)));
        List<String> supported =
                Actions.carriedOut().stream()
                        .filter(a -> Orders.instance(a).isPresent())
                        .map(a -> a.getClass().getSimpleName())
                        .toList();
        assertEquals(
                List.of(
                        "SwitchPrincipal",
                        "ForceService",
                        "ResumeMirroring",
                        "FailOverGroup",
                        "StopLogShipping",
                        "RestoreLogs",
                        "RecoverDatabases",
                        "BackUpDatabases",
                        "RestoreDatabases"),
                supported);
        SqlServerExecutor none = bench.executor(SqlServerSettings.of(Map.of()));
        assertFalse(none.supports(toMirror(false)));
    }
}
