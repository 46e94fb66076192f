package io.understudy.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.ManagementServer;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.Estate;
import io.understudy.estate.SiteName;
import io.understudy.routing.Route;
import io.understudy.routing.RouteChoice;
import io.understudy.routing.Routing;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    void twoExecutorsOfOneNameAreRefused() {
        List<StepExecutor> twins = List.of(new Named("a", true), new Named("a", false));

        Exception refused =
                assertThrows(
                        IllegalArgumentException.class, () -> new ExecutorRouting(twins, Map.of()));

        assertTrue(refused.getMessage().contains("two executors are called a"));
    }

    @Test
    void theOnlyExecutorThatCanIsTaken() {
        var routing =
                new ExecutorRouting(List.of(new Named("a", false), new Named("b", true)), Map.of());

        assertEquals("b", routing.of(ACTION).executor().name());
    }

    @Test
    void ofSeveralTheRouteDecidesAndWithoutOneItIsRefusedNamingTheSetting() {
        List<StepExecutor> both = List.of(new Named("a", true), new Named("b", true));

        assertEquals(
                "a",
                new ExecutorRouting(both, Map.of("change-next-hop", "a"))
                        .of(ACTION)
                        .executor()
                        .name());
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

    /** A routing of everything to one executor, by way of a management server ms1. */
    static Routing byWayOf(String executor, Duration limit) {
        ManagementServer server =
                new ManagementServer(
                        "ms1",
                        new SiteName("redmond"),
                        ManagementServer.Transport.LOCAL,
                        "localhost",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of());
        return new Routing(
                List.of(server),
                List.of(
                        new Route(
                                Set.of(),
                                Optional.empty(),
                                executor,
                                Optional.of("ms1"),
                                Optional.of(limit))));
    }

    private static ExecutorRouting routing(
            List<StepExecutor> executors, Map<String, String> settings, Routing document) {
        Estate nothing = new Estate("none", List.of(), List.of(), List.of(), List.of());
        return new ExecutorRouting(executors, settings, () -> new RouteChoice(document, nothing));
    }

    @Test
    void aRouteOfTheDocumentCountsBeforeTheSetting() {
        List<StepExecutor> both = List.of(new Named("a", true), new Named("b", true));
        Map<String, String> settings = Map.of("change-next-hop", "a");

        Routed routed = routing(both, settings, byWayOf("b", Duration.ofMinutes(3))).of(ACTION);

        assertEquals("b", routed.executor().name());
        assertEquals("ms1", routed.managementServer().orElseThrow().name());
        assertEquals(Duration.ofMinutes(3), routed.timeLimit().orElseThrow());
        assertEquals("a", routing(both, settings, Routing.NONE).of(ACTION).executor().name());
        assertEquals(Set.of("a", "b"), routing(both, settings, Routing.NONE).names());
    }

    @Test
    void aRouteToAnExecutorThatCannotOrIsNoMoreIsRefusedNamingTheRouteThatIsMissing() {
        for (String executor : List.of("a", "gone")) {
            RunRefusal refusal =
                    assertThrows(
                            RunRefusal.class,
                            () ->
                                    routing(
                                                    List.of(
                                                            new Named("a", false),
                                                            new Named("b", true)),
                                                    Map.of(),
                                                    byWayOf(executor, Duration.ofMinutes(1)))
                                            .of(ACTION));
            assertEquals(RunRefusal.Reason.NO_EXECUTOR, refusal.reason());
            assertTrue(refusal.getMessage().contains("names " + executor), refusal.getMessage());
            assertTrue(
                    refusal.whatToDo()
                            .contains(
                                    "{operations: [CHANGE_NEXT_HOP], pool: pool1.contoso.com, executor: …}"),
                    refusal.whatToDo());
        }
    }

    @Test
    void anExecutorThatNeedsAManagementServerIsRefusedWhereThereIsNone() {
        StepExecutor needing = new Needing(new Named("a", true));

        RunRefusal refusal =
                assertThrows(
                        RunRefusal.class,
                        () -> routing(List.of(needing), Map.of(), Routing.NONE).of(ACTION));

        assertEquals(RunRefusal.Reason.NO_EXECUTOR, refusal.reason());
        assertTrue(refusal.whatToDo().contains("managementServers"), refusal.whatToDo());
    }

    private record Needing(Named other) implements StepExecutor {
        @Override
        public String name() {
            return other.name();
        }

        @Override
        public boolean supports(Action action) {
            return true;
        }

        @Override
        public boolean needsManagementServer(Action action) {
            return true;
        }

        @Override
        public Presence check(StepCall call) {
            return other.check(call);
        }

        @Override
        public StepOutcome act(StepCall call, Progress progress) {
            return other.act(call, progress);
        }
    }
}
