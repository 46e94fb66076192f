package io.understudy.adapter.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.FaultInjection.Injected;
import io.understudy.adapter.spi.FaultInjection.Request;
import io.understudy.estate.ComponentId;
import io.understudy.health.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorControlTest {

    private final TwinBench bench = TwinBench.withWitness();
    private final SimulatorControl control = new SimulatorControl(bench.twin);

    @Test
    void everyKindIsReadAndListedAsItWasWritten() {
        List<Request> requests =
                List.of(
                        new Request("KILL", "sql:sql1.contoso.com/rtc", Map.of()),
                        new Request(
                                "SERVICE_STOPPED",
                                "server:fe1-1.contoso.com",
                                Map.of("service", "RTCSRV")),
                        new Request("PARTITION", "site:redmond", Map.of("from", "site:dublin")),
                        new Request("OBSERVER_ISOLATED", "observer:o-dublin", Map.of()),
                        new Request("BLIND", "pool:pool1.contoso.com", Map.of()),
                        new Request("SLOW", "store:be1", Map.of()),
                        new Request("MIRRORING_SUSPENDED", "store:be1", Map.of()),
                        new Request("SYNCHRONIZATION_LOST", "store:be2", Map.of()),
                        new Request("BACKUP_SERVICE_ERROR", "pool:pool2.contoso.com", Map.of()),
                        new Request("ROUTING_GROUPS_LOST", "pool:pool1.contoso.com", Map.of()),
                        new Request("CENTRAL_MANAGEMENT_STUCK", "pool:pool1.contoso.com", Map.of()),
                        new Request("EXECUTOR_FAULT", "", Map.of("mode", "HANG", "times", "3")));
        requests.forEach(control::inject);
        List<Injected> listed = control.list();
        for (int i = 0; i < requests.size(); i++) {
            Injected seen = listed.get(i);
            assertEquals("fault-" + (i + 1), seen.id());
            assertEquals(requests.get(i), new Request(seen.fault(), seen.target(), seen.options()));
            assertEquals(TwinBench.START, seen.since());
        }
    }

    @Test
    void aClusterCanLoseItsQuorum() {
        TwinBench wide = TwinBench.wide();
        Request request = new Request("CLUSTER_QUORUM_LOST", "store:be5", Map.of());
        new SimulatorControl(wide.twin).inject(request);
        assertEquals(Status.DOWN, wide.status(ComponentId.parse("store:be5")));
        assertEquals(request.fault(), new SimulatorControl(wide.twin).list().getFirst().fault());
    }

    @Test
    void clearingRestores() {
        Injected killed = control.inject(new Request("KILL", "site:dublin", Map.of()));
        assertEquals(Status.DOWN, bench.status(ComponentId.parse("site:dublin")));
        assertTrue(control.clear(killed.id()));
        assertEquals(Status.UP, bench.status(ComponentId.parse("site:dublin")));
        assertFalse(control.clear(killed.id()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NONSENSE | server:fe1-1.contoso.com | '' | '' | fault: is one of",
                "KILL | fe1-1 | '' | '' | target: a component id starts with",
                "KILL | server:nobody.contoso.com | '' | '' | target: the estate has no",
                "KILL | site:redmond | hard | yes | options.hard: KILL has no such option",
                "SERVICE_STOPPED | server:fe1-1.contoso.com | '' | '' | options.service: ",
                "SERVICE_STOPPED | server:fe1-1.contoso.com | service | SPOOLER | options.service:",
                "SERVICE_STOPPED | pool:pool1.contoso.com | service | RTCSRV | target: SERVICE",
                "PARTITION | site:redmond | '' | '' | options.from: PARTITION needs it",
                "PARTITION | site:redmond | from | site:redmond | options.from: is another",
                "PARTITION | site:redmond | from | site:atlantis | options.from: the estate",
                "MIRRORING_SUSPENDED | site:redmond | '' | '' | target: MIRRORING_SUSPENDED",
                "CLUSTER_QUORUM_LOST | store:be1 | '' | '' | target: store:be1 is no Availability",
                "ROUTING_GROUPS_LOST | pool:edge1.contoso.com | '' | '' | target: pool:edge1",
                "CENTRAL_MANAGEMENT_STUCK | pool:edge1.contoso.com | '' | '' | target: pool:edge1",
                "EXECUTOR_FAULT | site:redmond | mode | HANG | target: EXECUTOR_FAULT has none",
                "EXECUTOR_FAULT | '' | mode | DANCE | options.mode: is HANG",
            })
    void whatIsWrongIsNamedByItsField(
            String fault, String target, String option, String value, String message) {
        Map<String, String> options = option.isEmpty() ? Map.of() : Map.of(option, value);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> control.inject(new Request(fault, target, options)));
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
        assertTrue(control.list().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"0", "1001", "-1", "x", "99999999999"})
    void theNumberOfTimesHasARange(String times) {
        Request request = new Request("EXECUTOR_FAULT", "", Map.of("mode", "HANG", "times", times));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> control.inject(request));
        assertEquals("options.times: is 1 to 1000", e.getMessage());
    }
}
