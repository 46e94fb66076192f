package io.understudy.run;

import io.understudy.adapter.spi.Progress;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.runbook.Action;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExecutorRoutingTest {

    private static final Action ACTION = TestRuns.acting(1, true, true).action();

    private record Named(String name, boolean able) implements StepExecutor {
        @Override
        public boolean supports(Action action) {
            return able;
        }

        @Override
        public Presence check(StepCall call) {
            return Presence.NOT_DONE;
        }

        @Override
        public StepOutcome act(StepCall call, Progress progress) {
            return new StepOutcome.Done(name);
        }
    }

    @Test
    void theOnlyExecutorThatCanIsTaken() {
        var routing =
                new ExecutorRouting(List.of(new Named("a", false), new Named("b", true)), Map.of());

        assertEquals("b", routing.of(ACTION).name());
    }

    @Test
    void ofSeveralTheRouteDecidesAndWithoutOneItIsRefusedNamingTheSetting() {
        List<StepExecutor> both = List.of(new Named("a", true), new Named("b", true));

        assertEquals(
                "a", new ExecutorRouting(both, Map.of("change-next-hop", "a")).of(ACTION).name());
        RunRefusal refusal =
                assertThrows(
                        RunRefusal.class, () -> new ExecutorRouting(both, Map.of()).of(ACTION));
        assertEquals(RunRefusal.Reason.NO_EXECUTOR, refusal.reason());
        assertTrue(refusal.whatToDo().contains("understudy.executors.change-next-hop"));
    }

    @Test
    void aRunbookWithAStepThatNobodyCanCarryOutIsRefusedNamingTheStep() {
        var routing = new ExecutorRouting(List.of(new Named("a", false)), Map.of());

        RunRefusal refusal =
                assertThrows(
                        RunRefusal.class,
                        () ->
                                routing.require(
                                        TestRuns.runbook(
                                                TestRuns.reassess(1),
                                                TestRuns.acting(2, true, true))));

        assertTrue(refusal.getMessage().startsWith("step 2 "), refusal.getMessage());
        routing.require(TestRuns.runbook(TestRuns.reassess(1)));
    }

    @Test
    void aRouteToAnExecutorThatThereIsNotIsRefusedAtTheStart() {
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new ExecutorRouting(
                                        List.of(new Named("a", true)),
                                        Map.of("change-next-hop", "z")));

        assertTrue(refusal.getMessage().contains("understudy.executors.change-next-hop"));
    }
}
