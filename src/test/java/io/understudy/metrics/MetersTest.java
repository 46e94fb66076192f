package io.understudy.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.understudy.decision.RunState;
import io.understudy.run.JournalEntry;
import io.understudy.run.Run;
import io.understudy.run.SampleRuns;
import io.understudy.run.TestRuns;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry);

    @Test
    void openRunsAreCountedByStateAndLeaveWhenTheyEnd() {
        Run run = TestRuns.running("r1", TestRuns.acting(1, true, true)).run();
        meters.seed(List.of(SampleRuns.opened("r0", 0)));
        meters.runChanged(run, List.of());
        assertEquals(2, runs(RunState.RUNNING));

        meters.runChanged(
                SampleRuns.ended(run, RunState.SUCCEEDED, TestRuns.AT.plusSeconds(7)), List.of());

        assertEquals(1, runs(RunState.RUNNING));
        assertEquals(
                7,
                registry.get(MeterNames.RUN_DURATION)
                        .tag(MeterNames.OUTCOME, "SUCCEEDED")
                        .tag(MeterNames.REMEDIATION, "MIRROR_FAILOVER")
                        .timer()
                        .totalTime(TimeUnit.SECONDS));
    }

    @Test
    void stepsAreTimedByActionAndOutcome() {
        Run run = TestRuns.running("r1", TestRuns.acting(1, true, true)).run();
        meters.runChanged(
                run,
                List.of(
                        new JournalEntry(
                                TestRuns.AT, 1, JournalEntry.Kind.VERIFIED, 1, "x", "seen")));

        assertEquals(
                1,
                registry.get(MeterNames.STEP_DURATION)
                        .tag(MeterNames.ACTION, "ChangeNextHop")
                        .tag(MeterNames.OUTCOME, "VERIFIED")
                        .timer()
                        .count());
    }

    @Test
    void observationsAreCountedAndTheirAgeIsTimed() {
        meters.observed(3, 1, Duration.ofSeconds(5));

        assertEquals(3, observations("fresh"));
        assertEquals(1, observations("repeated"));
        assertEquals(
                5, registry.get(MeterNames.OBSERVATION_AGE).timer().totalTime(TimeUnit.SECONDS));
    }

    private double runs(RunState state) {
        return registry.get(MeterNames.RUNS).tag(MeterNames.STATE, state.name()).gauge().value();
    }

    private double observations(String outcome) {
        return registry.get(MeterNames.OBSERVATIONS)
                .tag(MeterNames.OUTCOME, outcome)
                .counter()
                .count();
    }
}
