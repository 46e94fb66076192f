package io.understudy.adapter.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Position;
import io.understudy.estate.StoreName;
import io.understudy.health.Facts;
import io.understudy.health.Status;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Availability Groups, domain.md 4.10. */
class GroupFailOverTest {

    private static final StoreName BE5 = new StoreName("be5");
    private static final ComponentId GROUP = ComponentId.of(BE5);
    private static final ComponentId FIRST = ComponentId.parse("sql:sql51.contoso.com/rtc");
    private static final ComponentId SECOND = ComponentId.parse("sql:sql52.contoso.com/rtc");
    private static final Duration TAKEOVER = Duration.ofSeconds(12);

    private final TwinBench bench = TwinBench.wide();
    private final TwinOrders orders = new TwinOrders(bench);

    private static Action failOver(boolean force) {
        return new Action.FailOverGroup(
                BE5, List.of("rtcxds"), TwinBench.sql("sql52", "rtc"), Position.MIRROR, force);
    }

    private Facts.AvailabilityGroup group() {
        if (bench.see(GROUP).facts() instanceof Facts.OfStore told) {
            return told.availabilityGroup().orElseThrow();
        }
        throw new AssertionError("no facts of " + GROUP);
    }

    /** The secondary falls behind, and the primary is lost some time later. */
    private void lostWhileBehind(Duration behind) {
        bench.twin.inject(new Fault.SynchronizationLost(BE5));
        bench.pass(behind);
        bench.kill(FIRST);
    }

    @Test
    void aHealthyGroupIsReadyForFailover() {
        assertEquals(Status.UP, bench.status(GROUP));
        assertEquals(
                new Facts.AvailabilityGroup(
                        Optional.of(Position.PRIMARY),
                        Optional.of("SYNCHRONIZED"),
                        Optional.of("AUTOMATIC"),
                        Optional.of("NORMAL_QUORUM"),
                        Optional.of(true),
                        Optional.of(Duration.ZERO)),
                group());
    }

    @Test
    void aPlannedFailoverMovesTheWholeGroupAndLosesNothing() {
        orders.done(failOver(false));
        assertEquals(Optional.of(Position.MIRROR), group().primaryOn());
        assertEquals(Optional.of("SYNCHRONIZED"), group().synchronization());
        assertEquals(Status.UP, bench.status(GROUP));
    }

    @Test
    void aLostPrimaryIsReplacedByItselfAfterItsTime() {
        bench.kill(FIRST);
        assertEquals(Status.DOWN, bench.status(GROUP));
        assertEquals(Optional.of(true), group().failoverReady());
        bench.pass(TAKEOVER.minusMillis(1));
        assertEquals(Status.DOWN, bench.status(GROUP));
        orders.later(failOver(true), "PENDING_FAILOVER");
        assertEquals(Presence.CANNOT_TELL, bench.executor.check(bench.call(failOver(true))));
        bench.pass(Duration.ofMillis(1));
        assertEquals(Status.UP, bench.status(GROUP));
        assertEquals(Optional.of(Position.MIRROR), group().primaryOn());
    }

    @Test
    void aCutBetweenTheReplicasFailsNothingOver() {
        bench.cut(FIRST, SECOND);
        bench.pass(Duration.ofHours(1));
        assertEquals(Status.UP, bench.status(GROUP));
        assertEquals(Optional.of(Position.PRIMARY), group().primaryOn());
        assertEquals(Optional.of("NOT SYNCHRONIZING"), group().synchronization());
        orders.refused(failOver(false), "not connected");
        orders.refused(failOver(true), "still serves");
    }

    @Test
    void aSecondaryThatLagsIsNotReadyAndDoesNotTakeOver() {
        lostWhileBehind(Duration.ofMinutes(7));
        bench.pass(Duration.ofHours(1));
        assertEquals(Status.DOWN, bench.status(GROUP));
        assertEquals(Optional.of(false), group().failoverReady());
        assertEquals(Optional.of(Duration.ofMinutes(7)), group().commitGap());
    }

    @Test
    void aPlannedFailoverIsRefusedWhileTheSecondaryLags() {
        bench.twin.inject(new Fault.SynchronizationLost(BE5));
        assertEquals(Optional.of("SYNCHRONIZING"), group().synchronization());
        orders.refused(failOver(false), "not SYNCHRONIZED");
    }

    @Test
    void forcedBehindItStaysSuspendedUntilItIsResumed() {
        lostWhileBehind(Duration.ofMinutes(1));
        orders.refused(failOver(false), "not connected");
        orders.done(failOver(true));
        assertEquals(Status.UP, bench.status(GROUP));
        bench.twin.faults().keySet().forEach(bench.twin::clear);
        assertEquals(Optional.of("NOT SYNCHRONIZING"), group().synchronization());
        bench.pass(TwinSettings.DEFAULT.resumeAfterForce());
        assertEquals(Optional.of("SYNCHRONIZING"), group().synchronization());
        bench.pass(TwinSettings.DEFAULT.resynchronization());
        assertEquals(Optional.of("SYNCHRONIZED"), group().synchronization());
        assertEquals(Optional.of(Duration.ZERO), group().commitGap());
    }

    @Test
    void forcedOntoASynchronizedSecondaryIsAsGoodAsPlanned() {
        String killed = bench.kill(FIRST);
        orders.done(failOver(true));
        bench.twin.clear(killed);
        assertEquals(Optional.of("SYNCHRONIZING"), group().synchronization());
    }

    @Test
    void withoutTheClustersQuorumNothingIsServedNorForced() {
        String lost = bench.twin.inject(new Fault.ClusterQuorumLost(BE5));
        bench.pass(Duration.ofHours(1));
        assertEquals(Status.DOWN, bench.status(GROUP));
        assertEquals(Optional.of("NO_QUORUM"), group().clusterQuorum());
        orders.refused(failOver(true), "no quorum");
        bench.twin.clear(lost);
        assertEquals(Status.UP, bench.status(GROUP));
    }

    @Test
    void aDeadSecondaryIsTriedLater() {
        bench.kill(SECOND);
        orders.later(failOver(false), "cannot be reached");
    }

    @Test
    void whatIsNoGroupOrNoDatabaseOfItIsNeverFailedOver() {
        orders.never(
                new Action.FailOverGroup(
                        new StoreName("be1"),
                        List.of("rtcxds"),
                        TwinBench.sql("sql12", "rtc"),
                        Position.MIRROR,
                        false),
                "no replica");
        orders.never(
                new Action.FailOverGroup(
                        BE5,
                        List.of("master"),
                        TwinBench.sql("sql52", "rtc"),
                        Position.MIRROR,
                        false),
                "master");
    }

    @Test
    void theFrontEndsWorkAgainOnceTheGroupDoes() {
        bench.kill(FIRST);
        bench.pass(TAKEOVER);
        ComponentId pool = ComponentId.parse("pool:pool5.contoso.com");
        assertEquals(Status.UP, bench.status(pool));
        assertTrue(
                bench.twin.view().state().pools().values().stream().allMatch(PoolNow::functional));
    }
}
