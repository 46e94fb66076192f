package io.understudy.adapter.simulator;

import static io.understudy.adapter.simulator.TwinBench.BE1;
import static io.understudy.adapter.simulator.TwinBench.EDGE1;
import static io.understudy.adapter.simulator.TwinBench.M;
import static io.understudy.adapter.simulator.TwinBench.P;
import static io.understudy.adapter.simulator.TwinBench.POOL1;
import static io.understudy.adapter.simulator.TwinBench.POOL2;
import static io.understudy.adapter.simulator.TwinBench.failOver;
import static io.understudy.adapter.simulator.TwinBench.moveCms;
import static io.understudy.adapter.simulator.TwinBench.nextHop;
import static io.understudy.adapter.simulator.TwinBench.toMirror;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.Position;
import io.understudy.health.ExportStatus;
import io.understudy.health.PoolState;
import io.understudy.runbook.Action;
import io.understudy.testing.Actions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulatorExecutorTest {

    private final TwinBench bench = TwinBench.withoutWitness();

    private void refused(Action action, String because) {
        TwinState before = bench.twin.state();
        StepOutcome outcome = bench.act(action);
        assertInstanceOf(StepOutcome.Refused.class, outcome);
        assertTrue(outcome.message().contains(because), outcome.message());
        assertEquals(before.effects(), bench.twin.effects());
        assertEquals(Presence.NOT_DONE, bench.executor.check(bench.call(action)));
    }

    private void done(Action action) {
        StepOutcome outcome = bench.act(action);
        assertInstanceOf(StepOutcome.Done.class, outcome, outcome.message());
        assertEquals(Presence.DONE, bench.executor.check(bench.call(action)));
    }

    private void siteLost() {
        bench.kill("site:redmond");
    }

    @Test
    void whoeverLooksShutsOutTheOwnersBeforeHim() {
        StepCall late = bench.call(toMirror(false));
        bench.executor.check(withToken(late, late.fencingToken() + 1));

        StepOutcome outcome = bench.executor.act(late, Progress.UNHEARD);

        assertInstanceOf(StepOutcome.Refused.class, outcome);
        assertEquals(List.of(), bench.twin.effects());
    }

    private static StepCall withToken(StepCall call, long token) {
        return new StepCall(
                call.runId(),
                call.stepNumber(),
                call.attempt(),
                token,
                call.action(),
                call.managementServer(),
                call.timeLimit());
    }

    @Test
    void aPlannedSwitchMovesTheDatabasesOfItsTypeAfterItsTime() {
        Instant before = bench.now;
        done(toMirror(false));
        assertEquals(Duration.ofSeconds(2), Duration.between(before, bench.now));
        assertEquals(Position.MIRROR, bench.principal());
        assertEquals(Position.PRIMARY, bench.row("xds").principalOn().orElseThrow());
        assertEquals(1, bench.twin.effects().size());
    }

    @Test
    void doingItAgainChangesNothing() {
        done(toMirror(false));
        done(toMirror(false));
        assertEquals(1, bench.twin.effects().size());
    }

    @Test
    void aPlannedSwitchIsRefusedWhileTheMirrorIsNotSynchronized() {
        bench.twin.inject(new Fault.SynchronizationLost(BE1));
        refused(toMirror(false), "1422");
    }

    @Test
    void anInaccessiblePrincipalNeedsForce() {
        bench.kill(P);
        refused(toMirror(false), "not accessible");
        done(toMirror(true));
    }

    @Test
    void forceIsRefusedWhileThePrincipalCanBeReached() {
        refused(toMirror(true), "1455");
        bench.cut(P, M);
        refused(toMirror(true), "1455");
    }

    @Test
    void forceIsRefusedWhileTheWitnessIsNotConnected() {
        TwinBench watched = TwinBench.withWitness();
        watched.cut(M, TwinBench.W);
        watched.kill(P);
        StepOutcome outcome = watched.act(toMirror(true));
        assertInstanceOf(StepOutcome.Refused.class, outcome);
        assertTrue(outcome.message().contains("1406"));
    }

    @Test
    void aDeadMirrorIsRetriedLater() {
        bench.kill(M);
        assertInstanceOf(StepOutcome.Retryable.class, bench.act(toMirror(false)));
    }

    @Test
    void aMirrorThatTakesOverByItselfIsBusyAndCannotBeTold() {
        TwinBench watched = TwinBench.withWitness();
        watched.kill(P);
        watched.pass(Duration.ofSeconds(11));
        assertInstanceOf(StepOutcome.Retryable.class, watched.act(toMirror(true)));
        assertEquals(Presence.CANNOT_TELL, watched.executor.check(watched.call(toMirror(true))));
    }

    @Test
    void thePoolIsFailedOverAfterCmsAndNextHop() {
        siteLost();
        refused(failOver(true), "Central Management");
        refused(nextHop(), "Central Management");
        done(moveCms(true));
        refused(failOver(true), "next hop of the Edge pool edge1.contoso.com");
        done(nextHop());
        Instant before = bench.now;
        done(failOver(true));
        assertEquals(Duration.ofSeconds(10), Duration.between(before, bench.now));
        assertEquals(PoolState.FAILED_OVER, bench.pool(POOL1).poolState().orElseThrow());
        assertEquals(
                Optional.of("pool2.contoso.com"),
                bench.pool(POOL2).centralManagement().orElseThrow().activeMaster());
        assertEquals(Optional.of("pool2.contoso.com"), bench.pool(EDGE1).nextHopPool());
        assertEquals(40_000, bench.pool(POOL2).activeUsers().orElseThrow());
        assertEquals(3, bench.twin.effects().size());
    }

    @Test
    void aPoolThatIsFailedOverIsNotFailedOverAgainNorIsItsPairOntoIt() {
        siteLost();
        done(moveCms(true));
        done(nextHop());
        done(failOver(true));
        StepOutcome again = bench.act(failOver(true));
        assertInstanceOf(StepOutcome.Refused.class, again);
        assertTrue(again.message().contains("FAILED_OVER"));
        StepOutcome other = bench.act(new Action.FailOverPool(POOL2, POOL1, true));
        assertInstanceOf(StepOutcome.Refused.class, other);
        assertTrue(other.message().contains("itself failed over"));
    }

    @Test
    void aBackupPoolThatIsNotFunctionalIsRefused() {
        bench.kill("server:fe2-1.contoso.com");
        bench.kill("server:fe2-2.contoso.com");
        refused(failOver(true), "not functional");
    }

    @Test
    void aPlannedFailoverNeedsThePoolsStore() {
        done(moveCms(false));
        done(nextHop());
        bench.kill(P);
        bench.kill(M);
        refused(failOver(false), "SQL store is down");
        done(failOver(true));
    }

    @Test
    void aPlannedFailoverNeedsASteadyBackupService() {
        done(moveCms(false));
        done(nextHop());
        bench.twin.inject(new Fault.BackupServiceError(POOL1));
        refused(failOver(false), "ERROR_STATE");
    }

    @Test
    void aPlannedFailoverEndsInFinalState() {
        done(moveCms(false));
        done(nextHop());
        done(failOver(false));
        assertEquals(
                ExportStatus.FINAL_STATE,
                bench.pool(POOL1).backupService().getFirst().exportStatus());
    }

    @Test
    void centralManagementMovesByForceOnlyInDisasterAndWithoutForceOnlyAlive() {
        refused(moveCms(true), "alive");
        siteLost();
        refused(moveCms(false), "read-only");
        done(moveCms(true));
    }

    @Test
    void centralManagementIsNotMovedTwiceInAHurry() {
        done(moveCms(false));
        Action back =
                new Action.MoveCentralManagement(
                        POOL2, POOL1, TwinBench.sql("sql1", "rtc"), Optional.empty(), false);
        refused(back, "in progress already");
        bench.pass(Duration.ofMinutes(5));
        done(back);
    }

    @Test
    void centralManagementNeedsTheBackupPoolsStore() {
        siteLost();
        bench.kill("store:be2");
        assertInstanceOf(StepOutcome.Fatal.class, bench.act(moveCms(true)));
    }

    @Test
    void centralManagementOfAnotherPoolIsRefused() {
        Action wrong =
                new Action.MoveCentralManagement(
                        POOL2, POOL1, TwinBench.sql("sql1", "rtc"), Optional.empty(), true);
        StepOutcome outcome = bench.act(wrong);
        assertInstanceOf(StepOutcome.Done.class, outcome, "pool1 has it already");
        assertEquals(0, bench.twin.effects().size());
    }

    @Test
    void anOlderFencingTokenIsRefused() {
        StepCall young =
                new StepCall(
                        "r", 1, 1, 7, toMirror(false), Optional.empty(), Duration.ofMinutes(1));
        StepCall old =
                new StepCall(
                        "r", 1, 2, 6, toMirror(false), Optional.empty(), Duration.ofMinutes(1));
        bench.twin.inject(new Fault.ExecutorFault(Fault.Misbehaviour.TRANSIENT, 1));
        assertInstanceOf(StepOutcome.Retryable.class, bench.executor.act(young, Progress.UNHEARD));
        StepOutcome refused = bench.executor.act(old, Progress.UNHEARD);
        assertInstanceOf(StepOutcome.Refused.class, refused);
        assertTrue(refused.message().contains("token 6"));
        assertInstanceOf(StepOutcome.Done.class, bench.executor.act(young, Progress.UNHEARD));
    }

    @Test
    void aNewerOwnerThatShowsUpMeanwhileFencesTheOrderUnderWay() {
        StepCall old =
                new StepCall(
                        "r", 1, 1, 1, toMirror(false), Optional.empty(), Duration.ofMinutes(1));
        StepCall young =
                new StepCall(
                        "r", 1, 2, 2, toMirror(false), Optional.empty(), Duration.ofMinutes(1));
        SimulatorExecutor newer = new SimulatorExecutor(bench.twin, bench::pass);
        SimulatorExecutor older =
                new SimulatorExecutor(
                        bench.twin,
                        _ ->
                                assertInstanceOf(
                                        StepOutcome.Done.class,
                                        newer.act(young, Progress.UNHEARD)));
        assertInstanceOf(StepOutcome.Refused.class, older.act(old, Progress.UNHEARD));
        assertEquals(1, bench.twin.effects().size());
        assertEquals(2, bench.twin.effects().getFirst().token());
    }

    @Test
    void aHangingExecutorIsUncertainAfterTheTimeLimitAndDidNothing() {
        bench.twin.inject(new Fault.ExecutorFault(Fault.Misbehaviour.HANG, 1));
        Instant before = bench.now;
        assertInstanceOf(StepOutcome.Uncertain.class, bench.act(toMirror(false)));
        assertEquals(Duration.ofMinutes(5), Duration.between(before, bench.now));
        assertEquals(0, bench.twin.effects().size());
        done(toMirror(false));
    }

    @Test
    void aLostAnswerIsUncertainAlthoughItHappened() {
        bench.twin.inject(new Fault.ExecutorFault(Fault.Misbehaviour.LOST_ANSWER, 1));
        StepCall call = bench.call(toMirror(false));
        assertInstanceOf(StepOutcome.Uncertain.class, bench.executor.act(call, Progress.UNHEARD));
        assertEquals(Presence.DONE, bench.executor.check(call));
        assertEquals(1, bench.twin.effects().size());
    }

    @Test
    void transientFailuresLastAsOftenAsTheyWereOrdered() {
        bench.twin.inject(new Fault.ExecutorFault(Fault.Misbehaviour.TRANSIENT, 2));
        assertInstanceOf(StepOutcome.Retryable.class, bench.act(toMirror(false)));
        assertInstanceOf(StepOutcome.Retryable.class, bench.act(toMirror(false)));
        done(toMirror(false));
        assertTrue(bench.twin.faults().isEmpty());
    }

    @Test
    void whatTakesLongerThanTheTimeLimitIsUncertain() {
        StepCall hasty =
                new StepCall(
                        "r", 1, 1, 1, toMirror(false), Optional.empty(), Duration.ofSeconds(1));
        assertInstanceOf(StepOutcome.Uncertain.class, bench.executor.act(hasty, Progress.UNHEARD));
        assertEquals(START_PLUS_ONE, bench.now);
    }

    private static final Instant START_PLUS_ONE = TwinBench.START.plusSeconds(1);

    @Test
    void aPoolFailoverThatWasCutShortIsJoinedByTheNextCallAndCountsOnce() {
        siteLost();
        done(moveCms(true));
        done(nextHop());
        StepCall hasty =
                new StepCall(
                        "run-1", 3, 1, 1, failOver(true), Optional.empty(), Duration.ofSeconds(4));
        assertInstanceOf(StepOutcome.Uncertain.class, bench.executor.act(hasty, Progress.UNHEARD));
        assertEquals(PoolState.FAILING_OVER, bench.pool(POOL1).poolState().orElseThrow());
        assertEquals(Presence.UNDER_WAY, bench.executor.check(hasty));
        done(failOver(true));
        assertEquals(3, bench.twin.effects().size());
    }

    @Test
    void everyActionThatNeedsAnExecutorIsSupported() {
        for (Action action : Actions.all()) {
            assertEquals(action.needsExecutor(), bench.executor.supports(action), "" + action);
        }
    }

    /** Looked at by somebody else while the cmdlet works. */
    @Test
    void anOrderIsUnderWayFromItsBeginToItsEnd() {
        StepCall call = bench.call(toMirror(false));
        List<Presence> seen = new ArrayList<>();
        SimulatorExecutor watched =
                new SimulatorExecutor(
                        bench.twin,
                        time -> {
                            seen.add(bench.executor.check(call));
                            seen.add(bench.executor.check(bench.call(toMirror(false))));
                            bench.pass(time);
                        });
        assertInstanceOf(StepOutcome.Done.class, watched.act(call, Progress.UNHEARD));
        assertEquals(List.of(Presence.UNDER_WAY, Presence.NOT_DONE), seen);
        assertEquals(Presence.DONE, bench.executor.check(call));
        assertTrue(bench.twin.state().underWay().isEmpty());
    }

    @Test
    void whatWasCutShortIsUnderWayOnlyForAsLongAsItWouldHaveTaken() {
        StepCall hasty =
                new StepCall(
                        "r", 1, 1, 1, toMirror(false), Optional.empty(), Duration.ofSeconds(1));
        bench.executor.act(hasty, Progress.UNHEARD);
        assertEquals(Presence.UNDER_WAY, bench.executor.check(hasty));
        bench.pass(Duration.ofSeconds(1));
        assertEquals(Presence.NOT_DONE, bench.executor.check(hasty));
    }
}
