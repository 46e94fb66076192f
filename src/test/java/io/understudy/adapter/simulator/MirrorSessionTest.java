package io.understudy.adapter.simulator;

import static io.understudy.adapter.simulator.TwinBench.M;
import static io.understudy.adapter.simulator.TwinBench.P;
import static io.understudy.adapter.simulator.TwinBench.STORE;
import static io.understudy.adapter.simulator.TwinBench.W;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Position;
import io.understudy.health.MirroringState;
import io.understudy.health.Status;
import io.understudy.health.WitnessState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every row of the three-node truth table, domain.md 4.6. */
class MirrorSessionTest {

    private static final Duration FAILOVER = Duration.ofSeconds(12);

    private final TwinBench bench = TwinBench.withWitness();

    private void expect(Status store, Position principal, MirroringState state) {
        assertEquals(store, bench.status(STORE));
        assertEquals(principal, bench.principal());
        assertEquals(state, bench.row("rtcxds").state());
    }

    @Test
    void allThreeLinkedIsNormal() {
        bench.pass(Duration.ofHours(1));
        expect(Status.UP, Position.PRIMARY, MirroringState.SYNCHRONIZED);
        assertEquals(WitnessState.CONNECTED, bench.row("rtcxds").witness());
    }

    @Test
    void withoutWitnessItServesButLosingPrincipalTakesItDownForGood() {
        bench.kill(W);
        expect(Status.UP, Position.PRIMARY, MirroringState.SYNCHRONIZED);
        assertEquals(WitnessState.DISCONNECTED, bench.row("rtcxds").witness());
        bench.kill(P);
        bench.pass(Duration.ofHours(1));
        expect(Status.DOWN, Position.PRIMARY, MirroringState.DISCONNECTED);
    }

    @Test
    void mirrorDownServesExposed() {
        bench.kill(M);
        bench.pass(Duration.ofHours(1));
        expect(Status.UP, Position.PRIMARY, MirroringState.DISCONNECTED);
        assertEquals(WitnessState.CONNECTED, bench.row("rtcxds").witness());
    }

    @Test
    void principalDownIsTakenOverAfterTheTimeoutAndRedoAndNotAMillisecondBefore() {
        bench.kill(P);
        expect(Status.DOWN, Position.PRIMARY, MirroringState.DISCONNECTED);
        bench.pass(Duration.ofMillis(9_999));
        expect(Status.DOWN, Position.PRIMARY, MirroringState.DISCONNECTED);
        bench.pass(Duration.ofMillis(1));
        expect(Status.DOWN, Position.PRIMARY, MirroringState.PENDING_FAILOVER);
        bench.pass(Duration.ofMillis(1_999));
        expect(Status.DOWN, Position.PRIMARY, MirroringState.PENDING_FAILOVER);
        bench.pass(Duration.ofMillis(1));
        expect(Status.UP, Position.MIRROR, MirroringState.DISCONNECTED);
    }

    @Test
    void principalDownWithAMirrorThatLaggedIsNotTakenOverButMayBeForced() {
        bench.twin.inject(new Fault.SynchronizationLost(TwinBench.BE1));
        expect(Status.UP, Position.PRIMARY, MirroringState.SYNCHRONIZING);
        bench.kill(P);
        bench.pass(Duration.ofHours(1));
        expect(Status.DOWN, Position.PRIMARY, MirroringState.DISCONNECTED);
        assertEquals(StepOutcome.Done.class, bench.act(TwinBench.toMirror(true)).getClass());
        assertEquals(Position.MIRROR, bench.principal());
    }

    @Test
    void principalAloneIsUnavailableAlthoughItIsAlive() {
        String mirror = bench.kill(M);
        bench.kill(W);
        expect(Status.DOWN, Position.PRIMARY, MirroringState.DISCONNECTED);
        assertEquals(Status.UP, bench.status(P));
        bench.twin.clear(mirror);
        assertEquals(Status.UP, bench.status(STORE));
    }

    @Test
    void principalAloneIsServedAgainOnceTheWitnessIsBack() {
        bench.kill(M);
        String witness = bench.kill(W);
        bench.twin.clear(witness);
        expect(Status.UP, Position.PRIMARY, MirroringState.DISCONNECTED);
    }

    @Test
    void mirrorAloneNeitherServesNorCanBeForced() {
        bench.kill(W);
        bench.kill(P);
        bench.pass(Duration.ofHours(1));
        expect(Status.DOWN, Position.PRIMARY, MirroringState.DISCONNECTED);
        StepOutcome outcome = bench.act(TwinBench.toMirror(true));
        assertEquals(StepOutcome.Refused.class, outcome.getClass());
        assertEquals(true, outcome.message().contains("1406"));
    }

    @Test
    void losingTheWitnessBeforeTheTimeoutIsOverStopsTheTakeover() {
        bench.kill(P);
        bench.pass(Duration.ofSeconds(11));
        bench.kill(W);
        bench.pass(Duration.ofHours(1));
        expect(Status.DOWN, Position.PRIMARY, MirroringState.DISCONNECTED);
    }

    @Test
    void bothPartnersDownIsUnavailable() {
        bench.kill(P);
        bench.kill(M);
        bench.pass(FAILOVER);
        assertEquals(Status.DOWN, bench.status(STORE));
    }

    @Test
    void cutBetweenThePartnersAloneFailsNothingOver() {
        bench.cut(P, M);
        bench.pass(Duration.ofHours(1));
        expect(Status.UP, Position.PRIMARY, MirroringState.DISCONNECTED);
    }

    @Test
    void principalCutOffFromBothAtOnceIsReplacedAndBecomesMirrorWhenHealed() {
        String cut = bench.cut(P, ComponentId.parse("site:redmond"));
        assertEquals(Status.DOWN, bench.status(STORE));
        bench.pass(FAILOVER);
        expect(Status.UP, Position.MIRROR, MirroringState.DISCONNECTED);
        assertEquals(Status.UP, bench.status(P));
        bench.twin.clear(cut);
        expect(Status.UP, Position.MIRROR, MirroringState.SYNCHRONIZING);
        bench.pass(Duration.ofSeconds(20));
        expect(Status.UP, Position.MIRROR, MirroringState.SYNCHRONIZED);
    }

    @Test
    void principalThatLosesTheMirrorFirstAndTheWitnessLaterIsNotReplaced() {
        bench.cut(P, M);
        bench.pass(Duration.ofSeconds(1));
        bench.cut(P, W);
        bench.pass(Duration.ofHours(1));
        expect(Status.DOWN, Position.PRIMARY, MirroringState.DISCONNECTED);
    }

    @Test
    void allThreeCutAndMirrorAndWitnessLinkedAgainIsNoAutomaticFailover() {
        String cut = bench.cut(M, W);
        bench.kill(P);
        bench.twin.clear(cut);
        bench.pass(Duration.ofHours(1));
        expect(Status.DOWN, Position.PRIMARY, MirroringState.DISCONNECTED);
    }

    @Test
    void aReturningPrincipalBecomesMirrorSynchronizingThenSynchronized() {
        String killed = bench.kill(P);
        bench.pass(FAILOVER);
        bench.twin.clear(killed);
        expect(Status.UP, Position.MIRROR, MirroringState.SYNCHRONIZING);
        bench.pass(Duration.ofMillis(19_999));
        expect(Status.UP, Position.MIRROR, MirroringState.SYNCHRONIZING);
        bench.pass(Duration.ofMillis(1));
        expect(Status.UP, Position.MIRROR, MirroringState.SYNCHRONIZED);
    }

    @Test
    void withoutWitnessNothingHappensByItself() {
        TwinBench alone = TwinBench.withoutWitness();
        alone.kill(P);
        alone.pass(Duration.ofDays(1));
        assertEquals(Status.DOWN, alone.status(STORE));
        assertEquals(Position.PRIMARY, alone.principal());
        assertEquals(MirroringState.DISCONNECTED, alone.row("rtcxds").state());
    }

    @Test
    void withoutWitnessPrincipalServesExposedWhenTheMirrorDies() {
        TwinBench alone = TwinBench.withoutWitness();
        alone.kill(M);
        assertEquals(Status.UP, alone.status(STORE));
        assertEquals(MirroringState.DISCONNECTED, alone.row("rtcxds").state());
    }

    @Test
    void afterAForcedSwitchTheOldPrincipalStaysSuspendedUntilItIsResumed() {
        TwinBench alone = TwinBench.withoutWitness();
        String killed = alone.kill(P);
        alone.act(TwinBench.toMirror(true));
        alone.twin.clear(killed);
        assertEquals(MirroringState.SUSPENDED, alone.row("rtcxds").state());
        assertEquals(Position.PRIMARY, alone.row("xds").principalOn().orElseThrow());
        assertEquals(MirroringState.SYNCHRONIZING, alone.row("xds").state());
        alone.pass(Duration.ofSeconds(30));
        assertEquals(MirroringState.SYNCHRONIZING, alone.row("rtcxds").state());
        alone.pass(Duration.ofSeconds(20));
        assertEquals(MirroringState.SYNCHRONIZED, alone.row("rtcxds").state());
    }

    @Test
    void suspendedMirroringCatchesUpOnceItIsResumed() {
        String fault = bench.twin.inject(new Fault.MirroringSuspended(TwinBench.BE1));
        expect(Status.UP, Position.PRIMARY, MirroringState.SUSPENDED);
        bench.twin.clear(fault);
        expect(Status.UP, Position.PRIMARY, MirroringState.SYNCHRONIZING);
        bench.pass(Duration.ofSeconds(20));
        expect(Status.UP, Position.PRIMARY, MirroringState.SYNCHRONIZED);
    }
}
