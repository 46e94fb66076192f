package io.understudy.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.understudy.adapter.simulator.Fault;
import io.understudy.adapter.simulator.SimulatorExecutor;
import io.understudy.adapter.simulator.SimulatorProbe;
import io.understudy.adapter.simulator.Twin;
import io.understudy.adapter.simulator.TwinSettings;
import io.understudy.audit.MemoryAudit;
import io.understudy.decision.DataLoss;
import io.understudy.decision.Decision;
import io.understudy.decision.Interruption;
import io.understudy.decision.Mode;
import io.understudy.decision.Remedy;
import io.understudy.decision.RunState;
import io.understudy.estate.ComponentId;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Estate;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import io.understudy.run.ExecutorRouting;
import io.understudy.run.MemoryRunStore;
import io.understudy.run.Reassessment;
import io.understudy.run.Resumption;
import io.understudy.run.Run;
import io.understudy.run.RunStore;
import io.understudy.run.Runner;
import io.understudy.run.RunnerSettings;
import io.understudy.run.StepState.Phase;
import io.understudy.run.TestRuns;
import io.understudy.run.Tick;
import io.understudy.run.Ticker;
import io.understudy.runbook.Action;
import io.understudy.runbook.Runbooks;
import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.Passing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every step of the runbooks carried out on the twin, and its effect seen by the twin's probe. */
class RunbooksOnTwinTest {

    private static final PoolFqdn POOL1 = new PoolFqdn("pool1.contoso.com");
    private static final PoolFqdn POOL2 = new PoolFqdn("pool2.contoso.com");
    private static final PoolFqdn CHAT = new PoolFqdn("chat1.contoso.com");
    private static final StoreName BE1 = new StoreName("be1");
    private static final StoreName CHAT_STORE = new StoreName("chat");

    @Test
    void aPoolThatHostsTheStoreMovesAwayAndReturnsAsPlannedWork() {
        World world = new World(Contoso.USUAL.estate());
        world.carryOut(new Remedy.CmsFailover(POOL1, POOL2, false), ComponentId.of(POOL1));
        world.carryOut(
                new Remedy.EdgeNextHopChange(new PoolFqdn("edge1.contoso.com"), POOL1, POOL2),
                ComponentId.parse("pool:edge1.contoso.com"));
        world.carryOut(new Remedy.PoolFailover(POOL1, POOL2, false), ComponentId.of(POOL1));
        world.carryOut(new Remedy.PoolFailback(POOL1, POOL2, false), ComponentId.of(POOL1));
    }

    @Test
    void aMirrorThatIsBehindIsForced() {
        World world = new World(Contoso.USUAL.estate());
        world.twin.inject(new Fault.Kill(ComponentId.parse("sql:sql11.contoso.com/rtc")));
        world.clock.advance(Duration.ofMinutes(2));
        world.carryOut(
                new Remedy.ForcedMirrorFailover(
                        BE1, sql("sql12"), Position.MIRROR, List.of(DatabaseType.USER)),
                ComponentId.of(BE1));
    }

    @Test
    void suspendedMirroringIsResumedUntilItIsSynchronized() {
        World world = new World(Contoso.USUAL.estate());
        world.twin.inject(new Fault.MirroringSuspended(BE1));
        world.carryOut(suspended(Position.PRIMARY), ComponentId.of(BE1), "B12");
        assertEquals(Map.of(), world.twin.faults());
    }

    @Test
    void aReturnedPrincipalIsResumedAfterAPersonHasDecidedOnSalvage() {
        World world = new World(Contoso.USUAL.estate());
        String killed =
                world.twin.inject(new Fault.Kill(ComponentId.parse("sql:sql11.contoso.com/rtc")));
        world.clock.advance(Duration.ofMinutes(2));
        world.carryOut(
                new Remedy.ForcedMirrorFailover(
                        BE1,
                        sql("sql12"),
                        Position.MIRROR,
                        List.of(DatabaseType.USER, DatabaseType.APPLICATION)),
                ComponentId.of(BE1));
        world.twin.clear(killed);
        world.carryOut(suspended(Position.MIRROR), ComponentId.of(BE1), "B16");
        assertInstanceOf(Action.ResumeMirroring.class, world.twin.effects().getLast().action());
    }

    private static Remedy suspended(Position principalOn) {
        return new Remedy.Repair(
                "mend the cause",
                Optional.empty(),
                List.of(
                        new Remedy.Repair.Suspended(
                                principalOn, List.of("rtcxds", "rtcshared", "rgsconfig"))));
    }

    @Test
    void anAvailabilityGroupMovesAsPlannedWorkAndByForce() {
        Remedy planned = new Remedy.AvailabilityGroupFailover(BE1, sql("sql12"));
        new World(Grown.of(Contoso.USUAL).groups().estate()).carryOut(planned, ComponentId.of(BE1));

        World lost = new World(Grown.of(Contoso.USUAL).groups().estate());
        lost.twin.inject(new Fault.Kill(ComponentId.parse("sql:sql11.contoso.com/rtc")));
        lost.clock.advance(Duration.ofMinutes(2));
        lost.carryOut(
                new Remedy.ForcedAvailabilityGroupFailover(BE1, sql("sql12")), ComponentId.of(BE1));
    }

    @Test
    void aStuckStoreIsRepaired() {
        World world = new World(Contoso.USUAL.estate());
        world.carryOut(
                new Remedy.Repair("restore it", Optional.empty()), ComponentId.of(POOL1), "P4");
    }

    @Test
    void chatMovesToItsSecondaryAndReturns() {
        World world = new World(Grown.of(Contoso.USUAL).chat().estate());
        String primary = world.twin.inject(new Fault.Kill(component("sqlc1")));
        String mirror = world.twin.inject(new Fault.Kill(component("sqlc2")));
        world.clock.advance(Duration.ofMinutes(2));
        world.carryOut(
                new Remedy.ChatFailover(CHAT, CHAT_STORE, sql("sqlc3")), ComponentId.of(CHAT));

        world.twin.clear(primary);
        world.twin.clear(mirror);
        world.clock.advance(Duration.ofMinutes(10));
        world.carryOut(
                new Remedy.ChatFailback(CHAT, CHAT_STORE, sql("sqlc1")), ComponentId.of(CHAT));
    }

    private static SqlInstance sql(String host) {
        return new SqlInstance(new ServerFqdn(host + ".contoso.com"), "rtc");
    }

    private static ComponentId component(String host) {
        return ComponentId.of(sql(host));
    }

    /** A twin in virtual time, and one run after the other on it. */
    private static final class World {
        private final Ticker clock = new Ticker(TestRuns.AT);
        private final MemoryRunStore store = new MemoryRunStore(clock);
        private final Estate estate;
        private final Twin twin;
        private final Runner runner;
        private int runs;

        World(Estate estate) {
            this.estate = estate;
            this.twin = new Twin(estate, TwinSettings.DEFAULT, clock, _ -> {});
            LiveDocument<Estate> document =
                    new LiveDocument<>(
                            "estate",
                            new MemoryDocuments<>(new MemoryAudit()),
                            Optional.of(estate),
                            clock,
                            () -> {});
            this.runner =
                    new Runner(
                            "process",
                            store,
                            new ExecutorRouting(
                                    List.of(new SimulatorExecutor(twin, clock::advance)), Map.of()),
                            _ -> new Reassessment.Verdict.StillRight("asked for"),
                            new LocalSight(
                                    document,
                                    new Vantage(new SimulatorProbe(twin), Optional.empty(), clock),
                                    new MemoryObservationLog()),
                            (_, _) -> () -> {},
                            clock,
                            Passing.by(clock),
                            RunnerSettings.DEFAULT);
            clock.advance(Duration.ofMinutes(10));
        }

        void carryOut(Remedy remedy, ComponentId target) {
            carryOut(remedy, target, "P1");
        }

        /** To its end; people do what is by hand, and nothing else is asked. */
        void carryOut(Remedy remedy, ComponentId target, String rule) {
            String id = "r" + ++runs;
            Decision decision = decision(remedy, target, rule);
            RunStore.Change opened =
                    Run.open(
                            id,
                            decision,
                            Runbooks.of(decision, estate),
                            "olga",
                            clock.instant(),
                            Optional.empty());
            store.open(opened.run(), Set.of("lock"), opened.journal());
            Tick tick = new Tick.Continue();
            while (!(tick instanceof Tick.Ended)) {
                tick = runner.tick(id);
                switch (tick) {
                    case Tick.WaitUntil wait -> clock.reach(wait.instant());
                    case Tick.AwaitsPerson _ -> byHand(id);
                    case Tick.Continue _, Tick.Ended _, Tick.NotOurs _ -> {}
                }
            }
            Run run = store.find(id).orElseThrow();
            assertEquals(RunState.SUCCEEDED, run.state(), () -> run.outcome() + " " + run.steps());
            List<Integer> skipped =
                    run.steps().stream()
                            .filter(s -> s.phase() == Phase.SKIPPED)
                            .map(s -> s.number())
                            .filter(n -> !(run.step(n).action() instanceof Action.ByHand))
                            .toList();
            assertEquals(List.of(), skipped, () -> run.steps().toString());
        }

        private void byHand(String id) {
            store.change(
                    id,
                    Optional.empty(),
                    run -> {
                        Action asked = run.step(run.current().orElseThrow().number()).action();
                        assertEquals(new Action.ByHand(), asked, () -> run.outcome() + "");
                        return run.resume(
                                "olga", Resumption.TOOK_EFFECT, Optional.empty(), clock.instant());
                    });
        }

        private static Decision decision(Remedy remedy, ComponentId target, String rule) {
            return new Decision(
                    1,
                    List.of(),
                    remedy,
                    target,
                    rule,
                    Mode.ADVISE,
                    0,
                    new DataLoss.None(),
                    new Interruption("nobody", Duration.ZERO, Duration.ZERO),
                    "asked for",
                    List.of(),
                    List.of());
        }
    }
}
