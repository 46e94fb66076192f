package io.understudy.testing;

import io.understudy.decision.KnownRun;
import io.understudy.decision.Policy;
import io.understudy.decision.Remediation;
import io.understudy.decision.RunState;
import io.understudy.decision.Setting;
import io.understudy.decision.Snapshot;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.Estate;
import io.understudy.estate.Observer;
import io.understudy.health.ComponentHealth;
import io.understudy.health.Conditions;
import io.understudy.health.Facts;
import io.understudy.health.Observation;
import io.understudy.health.Status;
import io.understudy.health.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A world that goes on by chance: things die, come back, say other facts, are unheard of, runs
 * start and end, people plan, and time passes.
 */
public final class RandomWorld {

    private static final Policy SETTLED_AT_ONCE =
            new Policy(
                    new Thresholds(1, 1, 1, Duration.ofMinutes(2), 2),
                    List.of(),
                    Map.of(),
                    List.of(),
                    Policy.DEFAULT.primaryStoreVotes(),
                    Policy.DEFAULT.limits(),
                    List.of());

    /** Edges of times that rules know, and what lies between. */
    private static final Duration[] STEPS = {
        Duration.ZERO,
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofMinutes(2),
        Duration.ofMinutes(2).plusMillis(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(20),
        Duration.ofMinutes(30),
        Duration.ofHours(1),
        Duration.ofDays(3)
    };

    private final Random random;
    private final Estate estate;
    private final RandomFacts facts;
    private final List<ComponentId> components;
    private final List<ComponentId> telling;
    private final Map<Observer, Map<ComponentId, Status>> said = new HashMap<>();
    private final Map<ComponentId, Facts> told = new HashMap<>();
    private final Map<ComponentId, ComponentHealth> health = new HashMap<>();
    private final List<KnownRun> runs = new ArrayList<>();
    private List<Snapshot.Planned> planned = List.of();
    private Policy policy = SETTLED_AT_ONCE;
    private Instant now = Scene.NOON;
    private int observed;

    public RandomWorld(Random random, Estate estate) {
        this.random = random;
        this.estate = estate;
        this.facts = new RandomFacts(random, estate);
        this.components =
                estate.components().stream()
                        .filter(c -> c.kind() != ComponentKind.OBSERVER)
                        .sorted()
                        .toList();
        this.telling =
                components.stream()
                        .filter(c ->
                                c.kind() == ComponentKind.POOL || c.kind() == ComponentKind.STORE)
                        .toList();
        estate.observers().forEach(observer -> said.put(observer, new HashMap<>()));
        components.forEach(this::recover);
        look();
    }

    /** Something happens, or only time passes; mostly everybody looks afterwards. */
    public Snapshot next() {
        if (random.nextInt(5) == 0) {
            components.forEach(this::recover);
        }
        for (int events = random.nextInt(3); events > 0; events--) {
            happen(random.nextBoolean() ? any(components) : any(telling));
        }
        if (random.nextInt(3) == 0) {
            runsGoOn();
        }
        planned = random.nextInt(8) == 0 ? List.of(plan()) : planned;
        if (random.nextInt(20) == 0) {
            planned = List.of();
            policy = policy.with(Setting.COOL_DOWN, step());
        }
        now = now.plus(step());
        if (random.nextInt(4) > 0) {
            look();
        }
        return snapshot();
    }

    private void happen(ComponentId component) {
        switch (random.nextInt(8)) {
            case 0 -> recover(component);
            case 1, 2 -> everybody(component, Status.DOWN);
            case 3 ->
                    anybody()
                            .put(
                                    component,
                                    Status.values()[random.nextInt(Status.values().length)]);
            default -> told.put(component, facts.any(component));
        }
    }

    private void recover(ComponentId component) {
        everybody(component, Status.UP);
        told.put(component, facts.well(component));
    }

    private void everybody(ComponentId component, Status status) {
        said.values().forEach(words -> words.put(component, status));
    }

    private Map<ComponentId, Status> anybody() {
        return said.get(estate.observers().get(random.nextInt(estate.observers().size())));
    }

    private ComponentId any(List<ComponentId> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Duration step() {
        return STEPS[random.nextInt(random.nextInt(3) == 0 ? STEPS.length : 5)];
    }

    private Snapshot.Planned plan() {
        Remediation[] plannable = {
            Remediation.MIRROR_FAILOVER,
            Remediation.AVAILABILITY_GROUP_FAILOVER,
            Remediation.POOL_FAILOVER
        };
        return new Snapshot.Planned(plannable[random.nextInt(plannable.length)], any(components));
    }

    private void runsGoOn() {
        if (!runs.isEmpty() && random.nextBoolean()) {
            KnownRun run = runs.removeFirst();
            if (!run.state().ended()) {
                runs.add(
                        new KnownRun(
                                run.id(),
                                run.remediation(),
                                run.target(),
                                random.nextBoolean() ? RunState.SUCCEEDED : RunState.FAILED,
                                Optional.of(now)));
            }
            return;
        }
        Remediation[] all = Remediation.values();
        runs.add(
                new KnownRun(
                        "run-" + observed,
                        all[random.nextInt(all.length)],
                        any(components),
                        RunState.RUNNING,
                        Optional.empty()));
    }

    /**
     * Every observer, or all but one, says what it sees; the first of them tells the facts, where
     * it asks for them.
     */
    private void look() {
        int silent = random.nextInt(2 * estate.observers().size());
        int skipped = random.nextInt(4 * components.size());
        boolean askAll = random.nextBoolean();
        for (int c = 0; c < components.size(); c++) {
            if (c == skipped) {
                continue;
            }
            boolean asked = askAll || random.nextInt(3) > 0;
            Facts now = asked ? told.get(components.get(c)) : new Facts.None();
            for (int o = 0; o < estate.observers().size(); o++) {
                if (o != silent) {
                    observe(estate.observers().get(o), components.get(c), now);
                    now = new Facts.None();
                }
            }
        }
    }

    private void observe(Observer observer, ComponentId component, Facts facts) {
        Observation observation =
                new Observation(
                        "o" + observed++,
                        component,
                        said.get(observer).get(component),
                        observer.name(),
                        now,
                        facts);
        health.put(
                component,
                health.getOrDefault(component, ComponentHealth.NONE)
                        .next(observation, policy.thresholds()));
    }

    /** What is believed now. */
    public Snapshot snapshot() {
        return new Snapshot(
                estate,
                Conditions.of(estate, health, policy.thresholds(), now),
                runs,
                planned,
                policy,
                now);
    }
}
