package io.understudy.adapter.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.Rehearsal;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Database;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.Store;
import io.understudy.health.ChatState;
import io.understudy.health.PoolState;
import io.understudy.runbook.Action;
import io.understudy.runbook.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
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

    private static final int SEEDS = 40;
    private static final int EVENTS = 60;

    /** Chance may leave some kinds of orders without effect; each has a test of its own. */
    private static final int MOST_WITHOUT_EFFECT = 6;

    private static final Map<PoolState, Set<PoolState>> LEGAL = new EnumMap<>(PoolState.class);

    static {
        LEGAL.put(PoolState.ACTIVE, Set.of(PoolState.FAILING_OVER, PoolState.FAILED_OVER));
        LEGAL.put(PoolState.FAILING_OVER, Set.of(PoolState.FAILED_OVER));
        LEGAL.put(PoolState.FAILED_OVER, Set.of(PoolState.FAILED_BACK));
        LEGAL.put(PoolState.FAILED_BACK, Set.of(PoolState.FAILING_OVER, PoolState.FAILED_OVER));
    }

    private final EnumSet<Operation> carriedOut = EnumSet.noneOf(Operation.class);

    @Test
    void invariantsHoldUnderRandomFaultsAndOrders() {
        int effects = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                effects += story(new Random(seed), seed % 2 == 0);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        assertTrue(effects > SEEDS, "the stories must get somewhere: " + effects + " effects");
        EnumSet<Operation> never = EnumSet.complementOf(carriedOut);
        assertTrue(never.size() <= MOST_WITHOUT_EFFECT, "these never had an effect: " + never);
    }

    private int story(Random random, boolean wide) {
        TwinBench bench =
                wide
                        ? TwinBench.wide()
                        : new TwinBench(
                                TwinBench.estate(random.nextBoolean(), 1 + random.nextInt(5)));
        Estate estate = bench.twin.view().estate();
        Map<String, PoolState> states = new HashMap<>();
        for (int event = 1; event <= EVENTS; event++) {
            TwinState before = bench.twin.state();
            event(bench, new RandomOrders(estate, random), event);
            bench.pass(Duration.ofMillis(random.nextInt(40_000)));
            check(bench, estate, before, states);
        }
        recovers(bench, estate);
        bench.twin.effects().stream()
                .flatMap(effect -> Operation.of(effect.action()).stream())
                .forEach(carriedOut::add);
        return bench.twin.effects().size();
    }

    /** Without faults everything works again, whatever was ordered. */
    private static void recovers(TwinBench bench, Estate estate) {
        bench.twin.faults().keySet().forEach(bench.twin::clear);
        bench.pass(Duration.ofHours(1));
        TwinView view = bench.twin.view();
        for (Pool pool : estate.pools()) {
            assertTrue(view.functional(pool), pool.id() + " did not recover");
        }
        for (Store store : estate.stores()) {
            for (Database database : store.databases()) {
                assertTrue(
                        view.session(store, database.name()).inStep(),
                        store.id() + " did not get in step again");
            }
        }
    }

    private static void event(TwinBench bench, RandomOrders orders, int number) {
        Random random = orders.random();
        List<ComponentId> components = List.copyOf(orders.estate().components());
        List<String> faults = new ArrayList<>(bench.twin.faults().keySet());
        switch (random.nextInt(9)) {
            case 0 -> bench.kill(components.get(random.nextInt(components.size())));
            case 1 ->
                    bench.cut(
                            components.get(random.nextInt(components.size())),
                            components.get(random.nextInt(components.size())));
            case 2 -> bench.twin.inject(orders.fault());
            case 3, 4 -> {
                if (!faults.isEmpty()) {
                    bench.twin.clear(faults.get(random.nextInt(faults.size())));
                }
            }
            default -> {
                int run = 100 * number;
                for (Action action : orders.actions()) {
                    run++;
                    order(bench, run, action, random);
                }
            }
        }
    }

    /** An order, its answer lost now and then, and again by a runner that looks first. */
    private static void order(TwinBench bench, int number, Action action, Random random) {
        if (random.nextInt(3) == 0) {
            bench.twin.inject(
                    new Fault.ExecutorFault(
                            Fault.Misbehaviour.values()[random.nextInt(3)], 1 + random.nextInt(2)));
        }
        for (int attempt = 1; attempt <= 3; attempt++) {
            StepCall call =
                    new StepCall(
                            "run-" + number,
                            1,
                            attempt,
                            attempt,
                            action,
                            Optional.empty(),
                            Duration.ofMinutes(1));
            TwinState before = bench.twin.state();
            Rehearsal rehearsal = bench.executor.rehearse(call);
            assertEquals(before, bench.twin.state(), "a rehearsal changes nothing");
            StepOutcome outcome = bench.executor.act(call, Progress.UNHEARD);
            if (outcome instanceof StepOutcome.Refused
                    || outcome instanceof StepOutcome.Retryable
                    || outcome instanceof StepOutcome.Fatal) {
                assertEquals(before.effects(), bench.twin.effects(), "no effect: " + outcome);
            } else if (outcome instanceof StepOutcome.Done) {
                assertFalse(
                        rehearsal.verdict() == Rehearsal.Verdict.WOULD_BE_REFUSED
                                && !bench.twin.effects().equals(before.effects()),
                        "not as rehearsed: " + rehearsal + ", " + outcome);
            }
        }
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
            // log that was backed up since may be restored again
            boolean first = seen.add(effect.runId() + "/" + effect.step());
            assertTrue(first || effect.action() instanceof Action.RestoreLogs, effect + " twice");
        }
        chat(view, estate);
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

    /** Nobody chats on a database that is still being restored, and no log is skipped. */
    private static void chat(TwinView view, Estate estate) {
        for (Pool pool : estate.pools()) {
            Chats.shipped(view, pool)
                    .ifPresent(log -> {
                        boolean away = Chats.of(view, pool).state() == ChatState.FAILED_OVER;
                        assertTrue(!away || log.recovered(), "failed over onto nothing");
                        assertTrue(
                                !log.recovered() || !log.unapplied(), "recovered with logs left");
                        assertTrue(!log.returned() || log.fullBackup(), "restored from nothing");
                        assertFalse(
                                log.backedUpAt().isBefore(log.restoredTo()), "restored the future");
                    });
            assertTrue(Chats.of(view, pool).active().size() <= Chats.MOST_ACTIVE);
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
