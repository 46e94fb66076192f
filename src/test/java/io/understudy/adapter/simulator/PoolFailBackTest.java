package io.understudy.adapter.simulator;

import static io.understudy.adapter.simulator.TwinBench.EDGE1;
import static io.understudy.adapter.simulator.TwinBench.POOL1;
import static io.understudy.adapter.simulator.TwinBench.POOL2;
import static io.understudy.adapter.simulator.TwinBench.failOver;
import static io.understudy.adapter.simulator.TwinBench.moveCms;
import static io.understudy.adapter.simulator.TwinBench.nextHop;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.ComponentId;
import io.understudy.health.ExportStatus;
import io.understudy.health.PoolState;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Invoke-CsPoolFailBack and Invoke-CsBackupServiceSync, domain.md 5.3 and 2.5. */
class PoolFailBackTest {

    private static final Action SYNC = new Action.SyncBackup(POOL2);

    private final TwinBench bench = TwinBench.withoutWitness();
    private final TwinOrders orders = new TwinOrders(bench);
    private String killed = "";

    private static Action failBack(boolean disasterMode) {
        return new Action.FailBackPool(POOL1, POOL2, disasterMode);
    }

    /** The site of the pool is lost, the pool is failed over, and the site returns. */
    private void failedOverAndRepaired() {
        lostAndFailedOver();
        bench.twin.clear(killed);
        bench.pass(Duration.ofMinutes(10));
    }

    private void lostAndFailedOver() {
        killed = bench.kill("site:redmond");
        orders.done(moveCms(true));
        orders.done(nextHop());
        orders.done(failOver(true));
    }

    @Test
    void theRepairedPoolHasItsUsersBackAfterItsTime() {
        failedOverAndRepaired();
        assertEquals(40_000, bench.pool(POOL2).activeUsers().orElseThrow());
        Instant before = bench.now;
        orders.done(failBack(false));
        assertEquals(TwinSettings.DEFAULT.failBackPool(), Duration.between(before, bench.now));
        assertEquals(Optional.of(PoolState.FAILED_BACK), bench.pool(POOL1).poolState());
        assertEquals(20_000, bench.pool(POOL1).activeUsers().orElseThrow());
        assertEquals(20_000, bench.pool(POOL2).activeUsers().orElseThrow());
    }

    @Test
    void theBackupServiceCatchesUpAfterwardsAndThePoolMayFailOverAgain() {
        failedOverAndRepaired();
        orders.done(failBack(false));
        assertEquals(ExportStatus.NON_STEADY_STATE, exported());
        bench.pass(TwinSettings.DEFAULT.backupSync());
        assertEquals(ExportStatus.STEADY_STATE, exported());
        orders.done(failOver(false));
        assertEquals(Optional.of(PoolState.FAILED_OVER), bench.pool(POOL1).poolState());
    }

    private ExportStatus exported() {
        return bench.pool(POOL1).backupService().getFirst().exportStatus();
    }

    @Test
    void onlyAPoolThatIsFailedOverIsFailedBack() {
        orders.refused(failBack(false), "is ACTIVE, not FAILED_OVER");
        orders.refused(new Action.FailBackPool(POOL1, EDGE1, false), "not the backup pool");
    }

    @Test
    void aPoolThatIsStillFailingOverIsNotFailedBack() {
        bench.kill("site:redmond");
        orders.done(moveCms(true));
        orders.done(nextHop());
        bench.executor.act(hasty(failOver(true)), Progress.UNHEARD);
        orders.refused(failBack(false), "FAILING_OVER");
    }

    private static StepCall hasty(Action action) {
        return new StepCall("run-h", 1, 1, 1, action, Optional.empty(), Duration.ofSeconds(4));
    }

    @Test
    void itNeedsTheServersOfAFirstStart() {
        failedOverAndRepaired();
        bench.kill("server:fe1-3.contoso.com");
        orders.refused(failBack(false), "2 Front End Servers of pool1.contoso.com run");
    }

    @Test
    void itNeedsTheStore() {
        failedOverAndRepaired();
        bench.kill(TwinBench.STORE);
        orders.refused(failBack(false), "SQL store");
    }

    @Test
    void itNeedsTheBackupServiceOfTheHomePool() {
        failedOverAndRepaired();
        for (int i = 1; i <= 3; i++) {
            bench.twin.inject(
                    new Fault.ServiceStopped(TwinBench.host("fe1-" + i), Services.BACKUP));
        }
        orders.refused(failBack(false), "LYNCBACKUP");
    }

    @Test
    void itNeedsTheBackupServiceOfTheBackupPoolToBeSteadyWhichASyncBrings() {
        lostAndFailedOver();
        bench.twin.clear(killed);
        bench.pass(TwinSettings.DEFAULT.serviceStart());
        orders.refused(failBack(false), "NON_STEADY_STATE");
        orders.done(SYNC);
        orders.done(failBack(false));
    }

    @Test
    void itNeedsCentralManagement() {
        failedOverAndRepaired();
        bench.twin.inject(new Fault.CentralManagementStuck(POOL2));
        orders.refused(failBack(false), "Central Management");
    }

    @Test
    void aBackupPoolThatIsGoneNeedsDisasterMode() {
        failedOverAndRepaired();
        bench.kill(ComponentId.of(POOL2));
        orders.refused(failBack(false), "does not answer");
        orders.done(failBack(true));
    }

    @Test
    void whatIsCutShortGoesOnAndIsJoinedByTheNextCall() {
        failedOverAndRepaired();
        StepCall call = hasty(failBack(false));
        assertInstanceOf(StepOutcome.Uncertain.class, bench.executor.act(call, Progress.UNHEARD));
        assertEquals(Presence.UNDER_WAY, bench.executor.check(call));
        assertEquals(Optional.of(PoolState.FAILED_OVER), bench.pool(POOL1).poolState());
        int effects = bench.twin.effects().size();
        assertInstanceOf(StepOutcome.Done.class, bench.act(failBack(false)));
        assertEquals(effects, bench.twin.effects().size());
        assertEquals(Presence.DONE, bench.executor.check(call));
    }

    @Test
    void aHomePoolThatDiesMeanwhileTakesNobodyBack() {
        failedOverAndRepaired();
        bench.executor.act(hasty(failBack(false)), Progress.UNHEARD);
        bench.kill(ComponentId.of(POOL1));
        bench.pass(Duration.ofMinutes(1));
        assertEquals(Optional.of(PoolState.FAILED_OVER), bench.pool(POOL1).poolState());
    }

    @Test
    void aSyncIsRefusedByAServiceInErrorAndByAPartnerThatDoesNotImport() {
        orders.there(SYNC);
        String error = bench.twin.inject(new Fault.BackupServiceError(POOL2));
        orders.refused(SYNC, "ERROR_STATE");
        bench.twin.clear(error);
        bench.kill(ComponentId.of(POOL1));
        orders.refused(SYNC, "does not import");
        bench.kill(ComponentId.of(POOL2));
        orders.later(SYNC, "no Backup Service");
        orders.never(new Action.SyncBackup(EDGE1), "no backup pool");
    }
}
