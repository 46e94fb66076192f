package io.understudy.adapter.simulator;

import static io.understudy.adapter.simulator.TwinBench.BE1;
import static io.understudy.adapter.simulator.TwinBench.M;
import static io.understudy.adapter.simulator.TwinBench.P;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.estate.Position;
import io.understudy.health.MirroringState;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** SET PARTNER RESUME, domain.md 4.5. */
class MirroringResumptionTest {

    private static final List<String> ALL = List.of("rtcxds", "rtcshared", "rgsconfig", "xds");
    private static final Action RESUME =
            new Action.ResumeMirroring(BE1, ALL, TwinBench.sql("sql1", "rtc"), Position.PRIMARY);
    private static final Action RESUME_MIRROR =
            new Action.ResumeMirroring(BE1, ALL, TwinBench.sql("sql2", "rtc"), Position.MIRROR);

    private final TwinBench bench = TwinBench.withoutWitness();
    private final TwinOrders orders = new TwinOrders(bench);

    private MirroringState state() {
        return bench.row("xds").state();
    }

    @Test
    void suspendedMirroringIsResumedAndCatchesUp() {
        bench.twin.inject(new Fault.MirroringSuspended(BE1));
        orders.done(RESUME);
        assertEquals(Map.of(), bench.twin.faults());
        assertEquals(MirroringState.SYNCHRONIZING, state());
        bench.pass(TwinSettings.DEFAULT.resynchronization());
        assertEquals(MirroringState.SYNCHRONIZED, state());
        assertEquals(Position.PRIMARY, bench.principal());
    }

    @Test
    void afterAForcedSwitchItIsResumedOnTheNewPrincipal() {
        String killed = bench.kill(P);
        orders.done(
                new Action.ForceService(BE1, ALL, TwinBench.sql("sql2", "rtc"), Position.MIRROR));
        orders.refused(RESUME_MIRROR, "is not connected");
        bench.twin.clear(killed);
        assertEquals(MirroringState.SUSPENDED, state());
        orders.refused(RESUME, "1470");
        orders.done(RESUME_MIRROR);
        bench.pass(TwinSettings.DEFAULT.resynchronization());
        assertEquals(MirroringState.SYNCHRONIZED, state());
        assertEquals(Position.MIRROR, bench.principal());
    }

    @Test
    void itIsRefusedWhileThePartnersDoNotSeeEachOther() {
        bench.twin.inject(new Fault.MirroringSuspended(BE1));
        bench.cut(P, M);
        orders.refused(RESUME, "is not connected");
    }

    @Test
    void anotherCauseOfLaggingIsNotMendedByIt() {
        bench.twin.inject(new Fault.MirroringSuspended(BE1));
        bench.twin.inject(new Fault.SynchronizationLost(BE1));
        orders.done(RESUME);
        bench.pass(Duration.ofHours(1));
        assertEquals(MirroringState.SYNCHRONIZING, state());
    }

    @Test
    void aDeadPrincipalIsTriedLater() {
        bench.twin.inject(new Fault.MirroringSuspended(BE1));
        bench.kill(P);
        orders.later(RESUME, "cannot be reached");
    }

    @Test
    void mirroringThatMovesNeedsNoResuming() {
        orders.there(RESUME);
        assertEquals(Presence.DONE, bench.executor.check(bench.call(RESUME)));
    }

    @Test
    void whatIsNoPartnerOrNoDatabaseIsNeverResumed() {
        orders.never(
                new Action.ResumeMirroring(
                        BE1, ALL, TwinBench.sql("sql2", "rtc"), Position.PRIMARY),
                "1416");
        orders.never(
                new Action.ResumeMirroring(
                        BE1, List.of("master"), TwinBench.sql("sql1", "rtc"), Position.PRIMARY),
                "master");
    }
}
