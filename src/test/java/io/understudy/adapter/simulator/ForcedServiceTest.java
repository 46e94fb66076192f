package io.understudy.adapter.simulator;

import static io.understudy.adapter.simulator.TwinBench.BE1;
import static io.understudy.adapter.simulator.TwinBench.M;
import static io.understudy.adapter.simulator.TwinBench.P;
import static io.understudy.adapter.simulator.TwinBench.STORE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.estate.Position;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import io.understudy.health.Status;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** SET PARTNER FORCE_SERVICE_ALLOW_DATA_LOSS, domain.md 4.5 and 4.8. */
class ForcedServiceTest {

    private static final Action FORCE =
            new Action.ForceService(
                    BE1,
                    List.of("rtcxds", "rtcshared", "rgsconfig", "xds"),
                    TwinBench.sql("sql2", "rtc"),
                    Position.MIRROR);

    private final TwinBench bench = TwinBench.withoutWitness();
    private final TwinOrders orders = new TwinOrders(bench);

    private static Optional<Instant> forcedAt(TwinBench of) {
        return of.see(STORE).facts() instanceof Facts.OfStore told
                ? told.forcedServiceAt()
                : Optional.empty();
    }

    @Test
    void aLaggingMirrorIsForcedAndTellsSince() {
        bench.twin.inject(new Fault.SynchronizationLost(BE1));
        bench.kill(P);
        orders.refused(TwinBench.toMirror(false), "not accessible");
        orders.done(FORCE);
        assertEquals(Position.MIRROR, bench.principal());
        assertEquals(Status.UP, bench.status(STORE));
        assertEquals(Optional.of(bench.now), forcedAt(bench));
    }

    @Test
    void theReturnedPrincipalIsSuspendedUntilItIsResumed() {
        String killed = bench.kill(P);
        orders.done(FORCE);
        bench.twin.clear(killed);
        assertEquals(MirroringState.SUSPENDED, bench.row("xds").state());
        bench.pass(TwinSettings.DEFAULT.resumeAfterForce());
        assertEquals(MirroringState.SYNCHRONIZING, bench.row("xds").state());
        bench.pass(TwinSettings.DEFAULT.resynchronization());
        assertEquals(MirroringState.SYNCHRONIZED, bench.row("xds").state());
    }

    @Test
    void aSwitchThatLosesNothingIsNotToldAsForcedService() {
        orders.done(TwinBench.toMirror(false));
        assertEquals(Optional.empty(), forcedAt(bench));
    }

    @Test
    void itIsRefusedWhileThePrincipalServes() {
        orders.refused(FORCE, "1455");
        bench.cut(P, M);
        orders.refused(FORCE, "1455");
    }

    @Test
    void itIsRefusedWhileTheWitnessIsSetAndNotConnected() {
        TwinBench watched = TwinBench.withWitness();
        watched.kill(TwinBench.W);
        watched.kill(P);
        new TwinOrders(watched).refused(FORCE, "1406");
    }

    @Test
    void aWitnessThatSeesTheMirrorLetsItBeForced() {
        TwinBench watched = TwinBench.withWitness();
        watched.twin.inject(new Fault.SynchronizationLost(BE1));
        watched.kill(P);
        new TwinOrders(watched).done(FORCE);
    }

    @Test
    void aMirrorThatIsTakingOverIsLeftToIt() {
        TwinBench watched = TwinBench.withWitness();
        watched.kill(P);
        watched.pass(Duration.ofSeconds(11));
        new TwinOrders(watched).later(FORCE, "1404");
        assertEquals(Presence.CANNOT_TELL, watched.executor.check(watched.call(FORCE)));
    }

    @Test
    void aDeadMirrorIsTriedLater() {
        bench.kill(STORE);
        orders.later(FORCE, "cannot be reached");
    }

    @Test
    void whatIsNoPartnerOrNoDatabaseIsNeverForced() {
        orders.never(
                new Action.ForceService(
                        BE1, List.of("rtcxds"), TwinBench.sql("sql1", "rtc"), Position.MIRROR),
                "1416");
        orders.never(
                new Action.ForceService(
                        BE1, List.of("master"), TwinBench.sql("sql2", "rtc"), Position.MIRROR),
                "master");
    }
}
