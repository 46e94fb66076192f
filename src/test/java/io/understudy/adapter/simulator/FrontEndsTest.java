package io.understudy.adapter.simulator;

import static io.understudy.adapter.simulator.TwinBench.M;
import static io.understudy.adapter.simulator.TwinBench.P;
import static io.understudy.adapter.simulator.TwinBench.POOL1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.ComponentId;
import io.understudy.estate.ServerFqdn;
import io.understudy.health.ServiceState;
import io.understudy.health.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrontEndsTest {

    private static final Duration START = TwinSettings.DEFAULT.serviceStart();
    private static final ComponentId POOL = ComponentId.of(POOL1);

    private static TwinBench pool(int servers) {
        return new TwinBench(TwinBench.estate(true, servers));
    }

    private static String server(int number) {
        return "server:fe1-" + number + ".contoso.com";
    }

    private static ServiceState registrar(TwinBench bench, int number) {
        return bench.server("fe1-" + number + ".contoso.com").services().get("RTCSRV");
    }

    /** Rows of domain.md 3.1: servers, first start, functional. */
    @ParameterizedTest
    @CsvSource({"1,1,1", "2,1,1", "3,3,2", "4,3,2", "5,4,3"})
    void aPoolWorksDownToItsNumberAndStartsOnlyWithThatOfAFirstStart(
            int servers, int firstStart, int functional) {
        TwinBench bench = pool(servers);
        List<String> killed = new ArrayList<>();
        for (int i = servers; i > functional; i--) {
            killed.add(bench.kill(server(i)));
            assertEquals(Status.UP, bench.status(POOL), i + " killed");
        }
        for (int i = functional; i >= 1; i--) {
            killed.add(bench.kill(server(i)));
            assertEquals(Status.DOWN, bench.status(POOL), i + " killed");
        }
        for (int back = 1; back <= servers; back++) {
            bench.twin.clear(killed.removeLast());
            bench.pass(START.minusMillis(1));
            assertEquals(
                    back > firstStart ? Status.UP : Status.DOWN,
                    bench.status(POOL),
                    back + " back");
            bench.pass(Duration.ofMillis(1));
            assertEquals(
                    back >= firstStart ? Status.UP : Status.DOWN, bench.status(POOL), back + " on");
        }
    }

    @Test
    void thoseThatAreLeftBelowTheNumberStopTheirServices() {
        TwinBench bench = pool(3);
        bench.kill(server(1));
        assertEquals(ServiceState.RUNNING, registrar(bench, 3));
        bench.kill(server(2));
        assertEquals(ServiceState.STOPPED, registrar(bench, 3));
        assertEquals(
                ServiceState.STOPPED,
                bench.server("fe1-3.contoso.com").services().get("LYNCBACKUP"));
        assertEquals(
                ServiceState.RUNNING,
                bench.server("fe1-3.contoso.com").services().get("FabricHostSvc"));
        assertEquals(Status.DEGRADED, bench.status(ComponentId.parse(server(3))));
        assertEquals(Status.DOWN, bench.status(ComponentId.parse(server(2))));
    }

    @Test
    void restartedServersWaitForTheNumberOfAFirstStart() {
        TwinBench bench = pool(3);
        String first = bench.kill(server(1));
        bench.kill(server(2));
        bench.twin.clear(first);
        bench.pass(Duration.ofHours(2));
        assertEquals(ServiceState.START_PENDING, registrar(bench, 1));
        assertEquals(ServiceState.START_PENDING, registrar(bench, 3));
        assertEquals(Status.DOWN, bench.status(POOL));
    }

    @Test
    void restartedServersWaitForTheBackEnd() {
        TwinBench bench = pool(3);
        bench.kill(M);
        String back = bench.kill(P);
        String server = bench.kill(server(1));
        bench.twin.clear(server);
        bench.pass(Duration.ofMinutes(20));
        assertEquals(ServiceState.START_PENDING, registrar(bench, 1));
        bench.twin.clear(back);
        bench.pass(START);
        assertEquals(ServiceState.RUNNING, registrar(bench, 1));
    }

    @Test
    void thePrimaryStoreVotesInAnEvenSizedPool() {
        TwinBench bench = pool(4);
        bench.kill(P);
        bench.pass(Duration.ofSeconds(12));
        bench.kill(server(1));
        assertEquals(Status.UP, bench.status(POOL));
        bench.kill(server(2));
        assertEquals(Status.DOWN, bench.status(POOL), "two of four are enough only with the vote");
    }

    @Test
    void thePrimaryStoreHasNoVoteInAnOddSizedPool() {
        TwinBench bench = pool(3);
        bench.kill(P);
        bench.kill(server(1));
        assertEquals(Status.UP, bench.status(POOL));
    }

    @Test
    void twoServersAndAMirrorDieOfOnePlusOne() {
        TwinBench bench = pool(2);
        String principal = bench.kill(P);
        bench.pass(Duration.ofSeconds(12));
        assertEquals(Status.UP, bench.status(TwinBench.STORE));
        bench.kill(server(1));
        assertEquals(Status.DOWN, bench.status(POOL));
        bench.twin.clear(principal);
        bench.pass(START);
        assertEquals(Status.UP, bench.status(POOL), "the original Back End brings the vote back");
    }

    @Test
    void aStoppedServiceStartsAgainWhenItMay() {
        TwinBench bench = pool(3);
        String stopped =
                bench.twin.inject(
                        new Fault.ServiceStopped(new ServerFqdn("fe1-1.contoso.com"), "RTCSRV"));
        assertEquals(ServiceState.STOPPED, registrar(bench, 1));
        assertEquals(Status.UP, bench.status(POOL));
        bench.twin.clear(stopped);
        assertEquals(ServiceState.START_PENDING, registrar(bench, 1));
        bench.pass(START);
        assertEquals(ServiceState.RUNNING, registrar(bench, 1));
    }

    @Test
    void withoutBackEndUsersPassToResiliencyModeAfterHalfAnHour() {
        TwinBench bench = pool(3);
        bench.kill(M);
        bench.kill(P);
        bench.pass(Duration.ofMinutes(30).minusMillis(1));
        assertEquals(Status.UP, bench.status(POOL));
        bench.pass(Duration.ofMillis(1));
        assertEquals(Status.DEGRADED, bench.status(POOL));
        assertTrue(bench.see(POOL).detail().contains("resiliency"));
    }
}
