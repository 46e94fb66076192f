package io.understudy.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.understudy.adapter.simulator.SimulatorControl;
import io.understudy.adapter.simulator.SimulatorExecutor;
import io.understudy.adapter.simulator.Twin;
import io.understudy.adapter.simulator.TwinSettings;
import io.understudy.adapter.spi.EffectLog;
import io.understudy.adapter.spi.FaultInjection;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.PoolFqdn;
import io.understudy.runbook.Action;
import io.understudy.store.PgTwin;
import io.understudy.store.TestDatabase;
import io.understudy.testing.Contoso;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One twin of two replicas, in a real database. */
class SharedTwinTest {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private Instant now = START;
    private Twin here;
    private Twin there;

    @BeforeEach
    void open() {
        here = twin();
        there = twin();
    }

    private Twin twin() {
        return new Twin(
                Contoso.USUAL.estate(),
                TwinSettings.DEFAULT,
                () -> now,
                new SharedTwin(new PgTwin(database.database())));
    }

    private StepOutcome act(Twin twin, long token) {
        Action failOver =
                new Action.FailOverPool(
                        new PoolFqdn("pool1.contoso.com"), new PoolFqdn("pool2.contoso.com"), true);
        return new SimulatorExecutor(twin, time -> now = now.plus(time))
                .act(
                        new StepCall(
                                "r",
                                1,
                                1,
                                token,
                                failOver,
                                Optional.empty(),
                                Duration.ofMinutes(1)),
                        Progress.UNHEARD);
    }

    @Test
    void faultsOfOneReplicaHoldForAll() {
        FaultInjection.Injected set =
                new SimulatorControl(here)
                        .inject(
                                new FaultInjection.Request(
                                        "KILL", "sql:sql11.contoso.com/rtc", Map.of()));
        assertEquals(List.of(set), new SimulatorControl(there).list());
        assertEquals(here.state(), there.state());
        assertEquals(here.state(), twin().state());
    }

    @Test
    void anEffectIsLoggedOnceAndAnOlderTokenRefusedEverywhere() {
        StepOutcome done = act(here, 5);
        List<EffectLog.Line> log = there.log().after(0, 10);
        assertInstanceOf(StepOutcome.Refused.class, act(there, 4));
        act(there, 5);
        assertEquals(log, here.log().after(0, 10), done.message());
        assertEquals(here.state(), there.state());
    }
}
