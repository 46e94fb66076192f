package io.understudy.adapter.simulator;

import static io.understudy.adapter.simulator.TwinBench.DUBLIN;
import static io.understudy.adapter.simulator.TwinBench.LISBON;
import static io.understudy.adapter.simulator.TwinBench.P;
import static io.understudy.adapter.simulator.TwinBench.POOL1;
import static io.understudy.adapter.simulator.TwinBench.POOL2;
import static io.understudy.adapter.simulator.TwinBench.REDMOND;
import static io.understudy.adapter.simulator.TwinBench.STORE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.Probe;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ObserverName;
import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.ImportStatus;
import io.understudy.health.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulatorProbeTest {

    private static final ComponentId POOL = ComponentId.of(POOL1);

    private final TwinBench bench = TwinBench.withWitness();

    @Test
    void everythingIsUpAtFirstForEveryObserver() {
        for (ComponentId component : TwinBench.estate(true, 3).components()) {
            assertTrue(bench.probe.sees(component));
            assertEquals(Status.UP, bench.probe.read(DUBLIN, component).status(), "" + component);
        }
        assertFalse(bench.probe.sees(ComponentId.parse("server:nobody.contoso.com")));
    }

    @Test
    void aPartitionIsDownForThoseBeyondItOnly() {
        bench.cut(ComponentId.parse("site:redmond"), ComponentId.parse("site:dublin"));
        for (ComponentId component : new ComponentId[] {POOL, STORE, P}) {
            assertEquals(Status.DOWN, bench.probe.read(DUBLIN, component).status());
            assertEquals(Status.UP, bench.probe.read(REDMOND, component).status());
            assertEquals(Status.UP, bench.probe.read(LISBON, component).status());
        }
    }

    @Test
    void anIsolatedObserverSeesEverythingButItselfAsDown() {
        bench.twin.inject(new Fault.ObserverIsolated(DUBLIN));
        assertEquals(Status.DOWN, bench.probe.read(DUBLIN, ComponentId.of(POOL2)).status());
        assertEquals(Status.UP, bench.probe.read(DUBLIN, ComponentId.of(DUBLIN)).status());
        assertEquals(Status.UP, bench.probe.read(LISBON, ComponentId.of(POOL2)).status());
        assertTrue(bench.probe.speaks(DUBLIN));
    }

    @Test
    void theObserverOfADeadSiteIsSilentAndTheOthersSeeTheSiteDown() {
        bench.kill("site:redmond");
        Probe.Reading silent = bench.probe.read(REDMOND, ComponentId.of(POOL2));
        assertEquals(Status.UNKNOWN, silent.status());
        assertEquals(new Facts.None(), silent.facts());
        assertFalse(bench.probe.speaks(REDMOND));
        for (String id : new String[] {"site:redmond", "pool:pool1.contoso.com", "store:be1"}) {
            assertEquals(Status.DOWN, bench.status(ComponentId.parse(id)), id);
        }
        assertEquals(Status.UP, bench.status(ComponentId.of(POOL2)));
    }

    @Test
    void aBlindComponentIsUnknownWhateverItsState() {
        bench.twin.inject(new Fault.Blind(P));
        assertEquals(Status.UNKNOWN, bench.status(P));
        bench.kill(P);
        assertEquals(Status.UNKNOWN, bench.status(P));
    }

    @Test
    void aSlowComponentIsDegradedAndADeadOneStaysDown() {
        bench.twin.inject(new Fault.Slow(STORE));
        assertEquals(Status.DEGRADED, bench.status(STORE));
        bench.kill(STORE);
        assertEquals(Status.DOWN, bench.status(STORE));
    }

    @Test
    void strangersSeeNothing() {
        Probe.Reading reading = bench.probe.read(new ObserverName("nobody"), P);
        assertEquals(Status.UNKNOWN, reading.status());
    }

    @Test
    void theBackupServiceOfADeadPoolIsKnownAsItWasLast() {
        bench.pass(Duration.ofHours(1));
        Instant died = bench.now;
        bench.kill(POOL);
        bench.pass(Duration.ofHours(1));
        Facts.BackupModule module = bench.pool(POOL1).backupService().getFirst();
        assertEquals("UserServices.PresenceFocus", module.module());
        assertEquals(ExportStatus.STEADY_STATE, module.exportStatus());
        assertEquals(Optional.of(died), module.lastSteadyAt());
    }

    @Test
    void whileThePartnerCannotImportTheBacklogGrowsAndIsWorkedOffAfterwards() {
        Instant before = bench.now;
        String killed = bench.kill(ComponentId.of(POOL2));
        Facts.BackupModule module = bench.pool(POOL1).backupService().getFirst();
        assertEquals(ExportStatus.NON_STEADY_STATE, module.exportStatus());
        assertEquals(Optional.of(before), module.lastSteadyAt());
        bench.twin.clear(killed);
        bench.pass(TwinSettings.DEFAULT.serviceStart());
        bench.pass(Duration.ofMinutes(2).minusMillis(1));
        assertEquals(
                ExportStatus.NON_STEADY_STATE,
                bench.pool(POOL1).backupService().getFirst().exportStatus());
        bench.pass(Duration.ofMillis(1));
        assertEquals(
                ExportStatus.STEADY_STATE,
                bench.pool(POOL1).backupService().getFirst().exportStatus());
    }

    @Test
    void aBackupServiceErrorShowsOnBothSides() {
        bench.twin.inject(new Fault.BackupServiceError(POOL1));
        assertEquals(
                ExportStatus.ERROR_STATE,
                bench.pool(POOL1).backupService().getFirst().exportStatus());
        assertEquals(
                ImportStatus.ERROR_STATE,
                bench.pool(POOL2).backupService().getFirst().importStatus());
    }

    @Test
    void theStandbysCentralManagementModuleIsNotInitialized() {
        assertEquals(
                ExportStatus.STEADY_STATE, bench.pool(POOL1).backupService().get(2).exportStatus());
        assertEquals(
                ExportStatus.NOT_INITIALIZED,
                bench.pool(POOL2).backupService().get(2).exportStatus());
    }

    @Test
    void theActiveMasterIsBlankWhileItsStoreIsDown() {
        assertEquals(
                Optional.of("pool1.contoso.com"),
                bench.pool(POOL2).centralManagement().orElseThrow().activeMaster());
        bench.kill(STORE);
        assertEquals(
                Optional.empty(),
                bench.pool(POOL2).centralManagement().orElseThrow().activeMaster());
    }
}
