package io.understudy.adapter.simulator;

import static io.understudy.adapter.simulator.TwinBench.EDGE1;
import static io.understudy.adapter.simulator.TwinBench.POOL1;
import static io.understudy.adapter.simulator.TwinBench.POOL2;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.estate.ComponentId;
import io.understudy.runbook.Action;
import io.understudy.runbook.Action.MoveApplication.Application;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the applications of a pool need besides its failover, domain.md 5.6. */
class ApplicationMoveTest {

    private final TwinBench bench = TwinBench.withoutWitness();
    private final TwinOrders orders = new TwinOrders(bench);

    private static Action move(Application application, boolean back) {
        return new Action.MoveApplication(application, POOL1, POOL2, back);
    }

    @ParameterizedTest
    @EnumSource
    void itGoesToThePairAndReturns(Application application) {
        orders.there(move(application, true));
        orders.done(move(application, false));
        assertEquals(Set.of(application), bench.twin.state().moved().get(POOL1));
        orders.done(move(application, true));
        assertEquals(Set.of(), bench.twin.state().moved().get(POOL1));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NAMES")
    void whatIsConfigurationNeedsCentralManagement(Application application) {
        bench.twin.inject(new Fault.CentralManagementStuck(POOL1));
        orders.refused(move(application, false), "Central Management");
    }

    @Test
    void namesNeedNothingOfTheEstate() {
        bench.kill("site:redmond");
        bench.kill("site:dublin");
        orders.done(move(Application.NAMES, false));
    }

    @ParameterizedTest
    @EnumSource(names = {"RESPONSE_GROUPS", "CALL_PARK_ORBITS", "ANNOUNCEMENTS"})
    void aPairThatDoesNotRunIsTriedLater(Application application) {
        bench.kill(ComponentId.of(POOL2));
        orders.later(move(application, false), "no application server");
    }

    @Test
    void responseGroupsNeedTheStoreOfThePair() {
        bench.kill("store:be2");
        orders.refused(move(Application.RESPONSE_GROUPS, false), "SQL store");
        orders.done(move(Application.ANNOUNCEMENTS, false));
    }

    @Test
    void onlyAPairTakesThem() {
        orders.never(
                new Action.MoveApplication(Application.NAMES, POOL1, EDGE1, false), "not the pair");
    }
}
