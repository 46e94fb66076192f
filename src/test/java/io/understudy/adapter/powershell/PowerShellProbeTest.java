package io.understudy.adapter.powershell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.simulator.SimulatorControl;
import io.understudy.adapter.simulator.Twin;
import io.understudy.adapter.simulator.TwinSettings;
import io.understudy.adapter.spi.FaultInjection;
import io.understudy.adapter.spi.ManagementServer;
import io.understudy.adapter.spi.Probe.Reading;
import io.understudy.counterpart.StandInPowerShell;
import io.understudy.counterpart.StandInWorld;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ObserverName;
import io.understudy.health.Facts;
import io.understudy.health.PoolState;
import io.understudy.health.ServiceState;
import io.understudy.health.Status;
import io.understudy.testing.Contoso;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PowerShellProbeTest {

    private static final ObserverName DUBLIN = new ObserverName("o-dublin");
    private static final ComponentId POOL1 = ComponentId.parse("pool:pool1.contoso.com");

    private final Twin twin =
            new Twin(Contoso.USUAL.estate(), TwinSettings.DEFAULT, Clock.systemUTC(), _ -> {});
    private final StandInPowerShell shell =
            new StandInPowerShell(StandInWorld.of(twin, DUBLIN, _ -> {}));
    private final PowerShellProbe probe = probe(PowerShellExecutorTest.inProcess(shell));

    private static PowerShellProbe probe(Transport transport) {
        return new PowerShellProbe(
                Contoso.USUAL::estate,
                PowerShellSettings.of("pwsh"),
                new Sessions(
                        Map.of(ManagementServer.Transport.LOCAL, transport),
                        Duration.ZERO,
                        Clock.systemUTC(),
                        ShellBench::pass),
                _ -> Optional.empty());
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private Reading read(String component) {
        return probe.read(DUBLIN, ComponentId.parse(component));
    }

    @Test
    void aPoolsFactsAreThoseOfTheShell() {
        Reading reading = read("pool:pool1.contoso.com");
        assertEquals(Status.UP, reading.status(), reading.detail());
        Facts.OfPool facts = assertInstanceOf(Facts.OfPool.class, reading.facts());
        assertEquals(Optional.of(PoolState.ACTIVE), facts.poolState());
        assertFalse(facts.backupService().isEmpty());
        assertEquals(
                Optional.of("pool1.contoso.com"),
                facts.centralManagement().orElseThrow().activeMaster());
    }

    @Test
    void anEdgePoolTellsItsNextHop() {
        Facts.OfPool facts =
                assertInstanceOf(Facts.OfPool.class, read("pool:edge1.contoso.com").facts());
        assertEquals(Optional.of("pool1.contoso.com"), facts.nextHopPool());
    }

    @Test
    void aServersServicesAreTold() {
        Reading reading = read("server:fe11.contoso.com");
        assertEquals(Status.UP, reading.status(), reading.detail());
        Facts.OfServer facts = assertInstanceOf(Facts.OfServer.class, reading.facts());
        assertEquals(ServiceState.RUNNING, facts.services().get("RTCSRV"));
    }

    @Test
    void aLostSiteIsDown() {
        new SimulatorControl(twin)
                .inject(new FaultInjection.Request("KILL", "site:redmond", Map.of()));
        assertEquals(Status.DOWN, read("server:fe11.contoso.com").status());
        assertEquals(Status.DOWN, read("pool:pool1.contoso.com").status());
    }

    @Test
    void aShellThatDoesNotAnswerLeavesItUnknown() {
        PowerShellProbe blind =
                probe((_, _, _, _) ->
                        new Transport.Ended.NotStarted(
                                Transport.Ended.NotStarted.Reason.UNREACHABLE, "no route"));
        Reading reading = blind.read(DUBLIN, POOL1);
        assertEquals(Status.UNKNOWN, reading.status());
        assertTrue(reading.detail().contains("no route"), reading.detail());
    }

    @Test
    void itSeesPoolsAndServersOfTheEstateOnly() {
        assertTrue(probe.sees(POOL1));
        assertTrue(probe.sees(ComponentId.parse("server:fe11.contoso.com")));
        assertFalse(probe.sees(ComponentId.parse("pool:pool9.contoso.com")));
        assertFalse(probe.sees(ComponentId.parse("store:be1")));
        assertFalse(probe.sees(ComponentId.parse("site:redmond")));
    }
}
