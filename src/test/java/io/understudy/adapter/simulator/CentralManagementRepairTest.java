package io.understudy.adapter.simulator;

import static io.understudy.adapter.simulator.TwinBench.EDGE1;
import static io.understudy.adapter.simulator.TwinBench.POOL1;
import static io.understudy.adapter.simulator.TwinBench.POOL2;
import static io.understudy.adapter.simulator.TwinBench.moveCms;
import static io.understudy.adapter.simulator.TwinBench.nextHop;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.ComponentId;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.ServerFqdn;
import io.understudy.health.Facts;
import io.understudy.health.ServiceState;
import io.understudy.runbook.Action;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stuck Central Management store, domain.md 5.4, and the services that its repair needs. */
class CentralManagementRepairTest {

    private static final Action RESTORE = new Action.RestoreCentralManagement(POOL1);
    private static final Action RELOAD = new Action.ReloadConfiguration(POOL1);
    private static final Action REPLICATE = new Action.ReplicateConfiguration(POOL1);
    private static final List<ServerFqdn> SERVERS =
            List.of(TwinBench.host("fe2-1"), TwinBench.host("fe2-2"), TwinBench.host("fe2-3"));

    private final TwinBench bench = TwinBench.withoutWitness();
    private final TwinOrders orders = new TwinOrders(bench);

    @BeforeEach
    void stuck() {
        bench.twin.inject(new Fault.CentralManagementStuck(POOL1));
    }

    private Facts.CentralManagementState told() {
        return bench.pool(POOL1).centralManagement().orElseThrow();
    }

    private static Action start(PoolFqdn pool, List<ServerFqdn> servers, String... services) {
        return new Action.StartServices(pool, servers, List.of(services));
    }

    private void stop(String service) {
        SERVERS.forEach(server -> bench.twin.inject(new Fault.ServiceStopped(server, service)));
    }

    @Test
    void theActiveMasterIsBlankAndNothingCanBeConfiguredOrMoved() {
        assertEquals(Optional.empty(), told().activeMaster());
        assertEquals(List.of(), told().fileTransferAgents());
        orders.refused(nextHop(), "Central Management store does not answer");
        orders.refused(moveCms(true), "not in Backup mode");
        orders.refused(RELOAD, "nothing to export");
        orders.refused(REPLICATE, "nothing is replicated");
    }

    @Test
    void restoreReloadAndReplicateMendIt() {
        orders.done(RESTORE);
        assertTrue(bench.twin.faults().isEmpty());
        assertEquals(Optional.of("pool1.contoso.com"), told().activeMaster());
        assertEquals(Optional.of(false), told().replicasUpToDate());
        orders.done(RELOAD);
        orders.done(REPLICATE);
        assertEquals(Optional.of(true), told().replicasUpToDate());
        orders.done(moveCms(false));
    }

    @Test
    void aStoreThatIsNotStuckNeedsNoRepair() {
        bench.twin.faults().keySet().forEach(bench.twin::clear);
        orders.there(RESTORE);
        orders.there(RELOAD);
        orders.there(REPLICATE);
    }

    @Test
    void itIsRestoredOnlyWhereTheConnectionPointSays() {
        orders.refused(new Action.RestoreCentralManagement(POOL2), "does not name");
        orders.never(new Action.RestoreCentralManagement(EDGE1), "keeps no");
    }

    @Test
    void itNeedsItsServicesInBothPoolsWhichCanBeStarted() {
        stop(Services.FTA);
        stop(Services.BACKUP);
        orders.refused(RESTORE, "LYNCBACKUP does not run in pool2.contoso.com");
        orders.done(start(POOL2, SERVERS, Services.BACKUP));
        orders.refused(RESTORE, "FTA does not run in pool2.contoso.com");
        orders.done(start(POOL2, SERVERS, Services.BACKUP, Services.FTA));
        orders.done(RESTORE);
    }

    @Test
    void itNeedsTheStoreAndAServer() {
        String store = bench.kill(TwinBench.STORE);
        orders.refused(RESTORE, "SQL store");
        bench.twin.clear(store);
        bench.kill(ComponentId.of(POOL1));
        orders.later(RESTORE, "no Front End Server");
    }

    @Test
    void unknownPoolsAreNeverConfigured() {
        PoolFqdn nobody = new PoolFqdn("nobody.contoso.com");
        orders.never(new Action.ReloadConfiguration(nobody), "no pool");
        orders.never(new Action.ReplicateConfiguration(nobody), "no pool");
    }

    @Test
    void aStoppedRegistrarStartsAgainAndRunsAfterItsTime() {
        stop(Services.REGISTRAR);
        orders.done(start(POOL2, SERVERS, Services.REGISTRAR));
        assertEquals(ServiceState.START_PENDING, registrar());
        bench.pass(TwinSettings.DEFAULT.serviceStart());
        assertEquals(ServiceState.RUNNING, registrar());
    }

    private ServiceState registrar() {
        return bench.server("fe2-1.contoso.com").services().get(Services.REGISTRAR);
    }

    @Test
    void onlyTheServicesThatWereNamedAreStarted() {
        stop(Services.FTA);
        orders.done(start(POOL2, SERVERS.subList(0, 1), Services.FTA));
        assertEquals(3, bench.twin.faults().size());
    }

    @Test
    void aServerThatIsOffIsTriedLater() {
        bench.kill(ComponentId.of(SERVERS.getFirst()));
        orders.later(start(POOL2, SERVERS, Services.REPLICA), "cannot be reached");
    }

    @Test
    void servicesOfAPoolWithoutQuorumStopAgain() {
        bench.kill(ComponentId.of(SERVERS.get(0)));
        bench.kill(ComponentId.of(SERVERS.get(1)));
        orders.refused(
                start(POOL2, SERVERS.subList(2, 3), Services.REGISTRAR), "the pool has no quorum");
    }

    @Test
    void strangersAreNeverStarted() {
        orders.never(start(POOL1, SERVERS, Services.REPLICA), "all these servers");
        orders.never(start(POOL2, SERVERS, "SPOOLER"), "no service SPOOLER");
    }
}
