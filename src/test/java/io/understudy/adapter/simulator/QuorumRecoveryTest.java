package io.understudy.adapter.simulator;

import static io.understudy.adapter.simulator.TwinBench.EDGE1;
import static io.understudy.adapter.simulator.TwinBench.POOL1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.ComponentId;
import io.understudy.health.Facts;
import io.understudy.health.Status;
import io.understudy.runbook.Action;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Reset-CsPoolRegistrarState -ResetType QuorumLossRecovery, domain.md 3.3. */
class QuorumRecoveryTest {

    private static final Action RECOVER = new Action.RecoverQuorum(POOL1);
    private static final ComponentId POOL = ComponentId.of(POOL1);

    private final TwinBench bench = TwinBench.withoutWitness();
    private final TwinOrders orders = new TwinOrders(bench);

    private int withoutPrimary() {
        return bench.pool(POOL1).routingGroups().map(Facts.RoutingGroups::withoutPrimary).orElse(0);
    }

    @Test
    void lostRoutingGroupsAreThereAgainAndTheFaultIsMended() {
        bench.twin.inject(new Fault.RoutingGroupsLost(POOL1));
        assertEquals(2, withoutPrimary());
        assertEquals(Status.UP, bench.status(POOL));
        orders.done(RECOVER);
        assertEquals(0, withoutPrimary());
        assertTrue(bench.twin.faults().isEmpty());
    }

    @Test
    void aPoolThatHasQuorumNeedsNoRecovery() {
        orders.there(RECOVER);
    }

    @Test
    void itIsRefusedWhileTheBackEndDoesNotServe() {
        bench.twin.inject(new Fault.RoutingGroupsLost(POOL1));
        bench.kill(TwinBench.STORE);
        orders.refused(RECOVER, "Back End");
    }

    @Test
    void withoutAFrontEndServerItIsTriedLater() {
        bench.kill(POOL);
        orders.later(RECOVER, "no Front End Server");
    }

    @Test
    void tooFewServersAreStartedFirst() {
        bench.kill("server:fe1-1.contoso.com");
        bench.kill("server:fe1-2.contoso.com");
        orders.refused(RECOVER, "1 Front End Servers can start, 2 must run");
    }

    /** 3 must start together for a first start, but 2 keep the pool functional. */
    @Test
    void serversThatAreStuckStartWithThoseThatThereAre() {
        bench.kill("server:fe1-1.contoso.com");
        String second = bench.kill("server:fe1-2.contoso.com");
        bench.twin.clear(second);
        bench.pass(Duration.ofHours(1));
        assertEquals(Status.DOWN, bench.status(POOL));
        orders.done(RECOVER);
        bench.pass(TwinSettings.DEFAULT.serviceStart());
        assertEquals(Status.UP, bench.status(POOL));
    }

    @Test
    void onlyFrontEndPoolsHaveRoutingGroups() {
        orders.never(new Action.RecoverQuorum(EDGE1), "no Front End pool");
    }
}
