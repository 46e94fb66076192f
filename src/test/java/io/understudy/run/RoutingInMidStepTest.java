package io.understudy.run;

import static io.understudy.run.TestRuns.acting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.ManagementServer;
import io.understudy.adapter.spi.Probe;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.decision.RunState;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.SiteName;
import io.understudy.health.Facts;
import io.understudy.health.Status;
import io.understudy.routing.Route;
import io.understudy.routing.RouteChoice;
import io.understudy.routing.Routing;
import io.understudy.runbook.Action;
import io.understudy.runbook.Step;
import io.understudy.testing.Passing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The routing changes while a step is in doubt: who has begun it is asked, and nobody else. */
class RoutingInMidStepTest {

    private static final Estate NOTHING =
            new Estate("none", List.of(), List.of(), List.of(), List.of());

    private final Ticker clock = new Ticker(TestRuns.AT);
    private final MemoryRunStore store = new MemoryRunStore(clock);
    private final World world = new World();
    private Routing document =
            routing("shell", "ms-dublin", server("ms-dublin", "ms2"), server("ms-redmond", "ms1"));
    private List<StepExecutor> executors = List.of(world.executor("shell"));

    @Test
    void aStepStaysWhereItWasBegunAndTheNextOneGoesByTheNewRouting() {
        open(acting(1, true, true), acting(2, true, true));
        tick("a");

        document = redmond();
        toTheEnd("a");

        assertEquals(RunState.SUCCEEDED, run().state());
        assertEquals(List.of("1 shell ms2", "2 shell ms1"), world.begun);
    }

    @Test
    void aReplicaThatTakesTheRunOverAsksWhoHasBegunTheStep() {
        open(acting(1, true, true));
        tick("a");

        document = redmond();
        clock.advance(TestRuns.PACE.leaseTime());
        toTheEnd("b");

        assertEquals(RunState.SUCCEEDED, run().state());
        assertEquals(List.of("1 shell ms2"), world.begun);
    }

    @Test
    void whereNoProbeSeesTheEffectTheSameOneLooksAgain() {
        open(acting(1, true, false));
        tick("a");

        document = redmond();
        toTheEnd("a");

        assertEquals(RunState.SUCCEEDED, run().state());
        assertEquals(Set.of("1 shell ms2"), world.looked);
    }

    @Test
    void anotherExecutorIsNotAskedEither() {
        executors = List.of(world.executor("shell"), world.executor("other"));
        open(acting(1, true, true));
        tick("a");

        document = routing("other", "ms-dublin", server("ms-dublin", "ms2"));
        toTheEnd("a");

        assertEquals(RunState.SUCCEEDED, run().state());
        assertEquals(List.of("1 shell ms2"), world.begun);
    }

    @Test
    void aPersonIsAskedWhereTheManagementServerIsNotConfiguredAnyMore() {
        open(acting(1, true, true));
        tick("a");

        document = routing("shell", "ms-redmond", server("ms-redmond", "ms1"));

        assertEquals(new Tick.AwaitsPerson(), tick("a"));
        String asked = run().outcome().orElseThrow().message();
        assertTrue(asked.contains("management server ms-dublin (ms2)"), asked);
        assertEquals(Set.of("1 shell ms2"), world.looked, "nobody else is asked");
    }

    @Test
    void aPersonIsAskedWhereAnotherMachineBearsTheNameOfTheManagementServer() {
        open(acting(1, true, true));
        tick("a");

        document = routing("shell", "ms-dublin", server("ms-dublin", "ms3"));

        assertEquals(new Tick.AwaitsPerson(), tick("a"));
        assertEquals(Set.of("1 shell ms2"), world.looked);
    }

    @Test
    void aPersonIsAskedWhereTheExecutorIsNotConfiguredAnyMore() {
        open(acting(1, true, true));
        tick("a");

        executors = List.of(world.executor("other"));

        assertEquals(new Tick.AwaitsPerson(), tick("a"));
        assertEquals(Set.of("1 shell ms2"), world.looked);
    }

    @Test
    void whatAPersonLetsBeRepeatedGoesByTheNewRoutingOnceTheOldServerIsGone() {
        open(acting(1, true, true));
        tick("a");
        document = routing("shell", "ms-redmond", server("ms-redmond", "ms1"));
        tick("a");
        world.underWay.clear();

        store.change(
                "r1",
                Optional.empty(),
                run -> run.resume("olga", Resumption.REPEAT, Optional.empty(), clock.instant()));
        toTheEnd("a");

        assertEquals(RunState.SUCCEEDED, run().state());
        assertEquals(List.of("1 shell ms2", "1 shell ms1"), world.begun);
    }

    @Test
    void ofAnEarlierVersionsIntentionItIsNotKnownWhoAndTheRoutingSays() {
        open(acting(1, true, true));
        store.change(
                "r1", Optional.empty(), run -> new OwnedRun(run, 1, clock.instant()).intend(1));

        tick("a");

        assertEquals(Set.of("1 shell ms2"), world.looked);
    }

    private static Routing redmond() {
        return routing(
                "shell", "ms-redmond", server("ms-redmond", "ms1"), server("ms-dublin", "ms2"));
    }

    private static Routing routing(String executor, String by, ManagementServer... servers) {
        return new Routing(
                List.of(servers),
                List.of(
                        new Route(
                                Set.of(),
                                Optional.empty(),
                                executor,
                                Optional.of(by),
                                Optional.empty())));
    }

    private static ManagementServer server(String name, String host) {
        return new ManagementServer(
                name,
                new SiteName("dublin"),
                ManagementServer.Transport.SSH,
                host,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private void open(Step... steps) {
        RunStore.Change opened = TestRuns.running("r1", steps);
        store.open(opened.run(), Set.of("lock"), opened.journal());
    }

    private Tick tick(String holder) {
        return new Runner(
                        holder,
                        store,
                        new ExecutorRouting(
                                executors, Map.of(), () -> new RouteChoice(document, NOTHING)),
                        _ -> new Reassessment.Verdict.StillRight("still so"),
                        world,
                        (_, _) -> () -> {},
                        clock,
                        Passing.by(clock),
                        TestRuns.PACE)
                .tick("r1");
    }

    private void toTheEnd(String holder) {
        Tick tick = tick(holder);
        for (int i = 0; i < 100 && !(tick instanceof Tick.Ended); i++) {
            if (tick instanceof Tick.WaitUntil wait) {
                clock.reach(wait.instant());
            }
            tick = tick(holder);
        }
    }

    private Run run() {
        return store.find("r1").orElseThrow();
    }

    /**
     * Management servers, each of which knows only what was begun on it. What is begun answers
     * nothing and takes effect after some looks.
     */
    private static final class World implements Sight {

        private static final int LOOKS = 3;

        /** What was begun: step, executor and host. */
        final List<String> begun = new ArrayList<>();

        /** Who was asked about which step. */
        final Set<String> looked = new HashSet<>();

        final Map<String, Integer> underWay = new HashMap<>();
        private final Set<Integer> effects = new HashSet<>();

        StepExecutor executor(String name) {
            return new Shell(name, this);
        }

        StepExecutor.Presence look(String job, int step) {
            looked.add(job);
            int left = underWay.getOrDefault(job, 0);
            if (left > 1) {
                underWay.put(job, left - 1);
                return StepExecutor.Presence.UNDER_WAY;
            }
            if (left == 1) {
                underWay.remove(job);
                effects.add(step);
            }
            return effects.contains(step)
                    ? StepExecutor.Presence.DONE
                    : StepExecutor.Presence.NOT_DONE;
        }

        @Override
        public List<Probe.Reading> of(ComponentId component, Instant since) {
            int step = Integer.parseInt(component.name().replaceAll("\\D", ""));
            Status status = effects.contains(step) ? Status.UP : Status.DOWN;
            return List.of(new Probe.Reading(status, new Facts.None(), "effect " + step));
        }
    }

    private record Shell(String name, World world) implements StepExecutor {

        @Override
        public boolean supports(Action action) {
            return true;
        }

        @Override
        public Presence check(StepCall call) {
            return world.look(job(call), call.stepNumber());
        }

        @Override
        public StepOutcome act(StepCall call, Progress progress) {
            world.begun.add(job(call));
            world.underWay.put(job(call), World.LOOKS);
            return new StepOutcome.Uncertain("no answer in time");
        }

        private String job(StepCall call) {
            return call.stepNumber()
                    + " "
                    + name
                    + " "
                    + call.managementServer().orElseThrow().host();
        }
    }
}
