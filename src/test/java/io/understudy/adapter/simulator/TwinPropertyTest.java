package io.understudy.adapter.simulator;

import io.understudy.adapter.spi.Progress;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Database;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.health.PoolState;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever happens to the twin in whatever order, some things stay true. */
class TwinPropertyTest {

    private static final int SEEDS = 60;
    private static final int EVENTS = 60;

    private static final Map<PoolState, Set<PoolState>> LEGAL = new EnumMap<>(PoolState.class);

    static {
        LEGAL.put(PoolState.ACTIVE, Set.of(PoolState.FAILING_OVER, PoolState.FAILED_OVER));
        LEGAL.put(PoolState.FAILING_OVER, Set.of(PoolState.FAILED_OVER));
        LEGAL.put(PoolState.FAILED_OVER, Set.of());
        LEGAL.put(PoolState.FAILED_BACK, Set.of());
    }

    @Test
    void invariantsHoldUnderRandomFaultsAndOrders() {
        int effects = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                effects += story(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        assertTrue(effects > SEEDS, "the stories must get somewhere: " + effects + " effects");
    }

    private static int story(Random random) {
        Estate estate = TwinBench.estate(random.nextBoolean(), 1 + random.nextInt(5));
        TwinBench bench = new TwinBench(estate);
        List<ComponentId> components = List.copyOf(estate.components());
        Map<String, PoolState> states = new HashMap<>();
        for (int event = 1; event <= EVENTS; event++) {
            TwinState before = bench.twin.state();
            event(bench, components, event, random);
            bench.pass(Duration.ofMillis(random.nextInt(40_000)));
            check(bench, estate, before, states);
        }
        bench.twin.faults().keySet().forEach(bench.twin::clear);
        bench.pass(Duration.ofHours(1));
        for (Pool pool : estate.pools()) {
            assertTrue(bench.twin.view().functional(pool), pool.id() + " did not recover");
        }
        for (Store store : estate.stores()) {
            for (Database database : store.databases()) {
                assertTrue(
                        bench.twin.view().session(store, database.name()).inStep(),
                        store.id() + " did not get in step again");
            }
        }
        return bench.twin.effects().size();
    }

    private static void event(
            TwinBench bench, List<ComponentId> components, int number, Random random) {
        List<String> faults = new ArrayList<>(bench.twin.faults().keySet());
        switch (random.nextInt(6)) {
            case 0, 1 -> bench.kill(components.get(random.nextInt(components.size())));
            case 2 ->
                    bench.cut(
                            components.get(random.nextInt(components.size())),
                            components.get(random.nextInt(components.size())));
            case 3, 4 -> {
                if (!faults.isEmpty()) {
                    bench.twin.clear(faults.get(random.nextInt(faults.size())));
                }
            }
            default -> order(bench, number, random);
        }
    }

    /** An order, its answer lost now and then, and again by a runner that looks first. */
    private static void order(TwinBench bench, int number, Random random) {
        if (random.nextInt(3) == 0) {
            bench.twin.inject(
                    new Fault.ExecutorFault(
                            Fault.Misbehaviour.values()[random.nextInt(3)], 1 + random.nextInt(2)));
        }
        Action action = action(random);
        for (int attempt = 1; attempt <= 3; attempt++) {
            StepCall call =
                    new StepCall(
                            "run-" + number, 1, attempt, attempt, action, Optional.empty(), Duration.ofMinutes(1));
            List<Effect> before = bench.twin.effects();
            StepOutcome outcome = bench.executor.act(call, Progress.UNHEARD);
            if (outcome instanceof StepOutcome.Refused
                    || outcome instanceof StepOutcome.Retryable
                    || outcome instanceof StepOutcome.Fatal) {
                assertEquals(before, bench.twin.effects(), "no effect after " + outcome);
            }
        }
    }

    private static Action action(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> TwinBench.moveCms(random.nextBoolean());
            case 1 -> TwinBench.nextHop();
            case 2 -> TwinBench.failOver(random.nextBoolean());
            case 3 ->
                    new Action.SwitchPrincipal(
                            TwinBench.BE1,
                            TwinBench.POOL1,
                            DatabaseType.USER,
                            TwinBench.USER,
                            TwinBench.sql("sql1", "rtc"),
                            Position.PRIMARY,
                            random.nextBoolean());
            default -> TwinBench.toMirror(random.nextBoolean());
        };
    }

    private static void check(
            TwinBench bench, Estate estate, TwinState before, Map<String, PoolState> states) {
        TwinView view = bench.twin.view();
        for (Store store : estate.stores()) {
            for (Database database : store.databases()) {
                oneServingPrincipal(view, store, database);
            }
        }
        for (Pool pool : estate.pools()) {
            if (pool.isFrontEnd()) {
                PoolState now = view.pool(pool.fqdn()).state();
                PoolState was = states.put(pool.fqdn().value(), now);
                PoolState from = Optional.ofNullable(was).orElse(PoolState.ACTIVE);
                assertTrue(now == from || LEGAL.get(from).contains(now), from + " to " + now);
                quorum(view, pool);
            }
        }
        List<Effect> effects = view.state().effects();
        assertEquals(before.effects(), effects.subList(0, before.effects().size()), "append-only");
        Set<String> seen = new HashSet<>();
        for (Effect effect : effects) {
            assertTrue(seen.add(effect.runId() + "/" + effect.step()), effect + " twice");
        }
        List<Effect> kept = bench.kept.isEmpty() ? List.of() : bench.kept.getLast().effects();
        assertEquals(kept, effects, "kept as it is");
    }

    /** The side that is not principal serves nobody, even if it is alive and alone. */
    private static void oneServingPrincipal(TwinView view, Store store, Database database) {
        MirrorSession session = view.session(store, database.name());
        MirrorSession.Links links = view.links(store, session.principal());
        if (session.failoverAt().isPresent()) {
            assertTrue(!links.serves(), "a mirror takes over from a principal that serves");
        }
        if (session.inStep() && links.serves()) {
            assertTrue(links.partners(), "in step without its mirror");
        }
    }

    private static void quorum(TwinView view, Pool pool) {
        int needed = view.required(pool).required();
        long running =
                pool.servers().stream()
                        .limit(view.required(pool).ofFirst())
                        .filter(s -> view.runs(pool, s, Services.REGISTRAR))
                        .count();
        assertTrue(running == 0 || running >= needed, running + " run of " + needed);
    }
}
