package io.understudy.testing;

import io.understudy.decision.Decider;
import io.understudy.decision.Evaluation;
import io.understudy.decision.KnownRun;
import io.understudy.decision.Policy;
import io.understudy.decision.Remediation;
import io.understudy.decision.RunState;
import io.understudy.decision.Snapshot;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.Estate;
import io.understudy.estate.ObserverName;
import io.understudy.estate.Pool;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.health.Conditions;
import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import io.understudy.health.Observation;
import io.understudy.health.PoolState;
import io.understudy.health.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is seen of an estate. It starts with everything up, told by all observers and with all facts
 * well; a test then says what is different.
 */
public final class Scene {

    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    public static final String[] ALL = {"o-redmond", "o-dublin", "o-lisbon"};

    /** Those that are left when redmond's own observer is silent. */
    public static final String[] OUTSIDE = {"o-dublin", "o-lisbon"};

    private final Estate estate;
    private final Map<String, Map<ComponentId, Status>> said = new LinkedHashMap<>();
    private final Map<ComponentId, Facts> facts = new HashMap<>();
    private final Map<ComponentId, Instant> factsAt = new HashMap<>();
    private final List<Observation> earlier = new ArrayList<>();
    private final List<Told> before = new ArrayList<>();
    private final List<KnownRun> runs = new ArrayList<>();
    private final List<Snapshot.Planned> planned = new ArrayList<>();
    private Policy policy = Policy.DEFAULT;
    private Duration later = Duration.ZERO;

    /** Facts that were told earlier. */
    private record Told(ComponentId component, Instant at, Facts facts) {}

    public Scene(Contoso contoso) {
        this(contoso.estate());
    }

    public Scene(Estate estate) {
        this.estate = estate;
        for (var observer : estate.observers()) {
            Map<ComponentId, Status> statements = new LinkedHashMap<>();
            estate.components().stream()
                    .filter(c -> c.kind() != ComponentKind.OBSERVER)
                    .forEach(c -> statements.put(c, Status.UP));
            said.put(observer.name().value(), statements);
        }
        estate.stores()
                .forEach(store ->
                        facts.put(
                                store.id(),
                                mirroring(store, MirroringState.SYNCHRONIZED, Position.PRIMARY)));
        estate.pools().stream()
                .filter(Pool::isFrontEnd)
                .forEach(pool ->
                        facts.put(
                                pool.id(),
                                PoolTold.of(PoolState.ACTIVE, ExportStatus.STEADY_STATE).facts()));
    }

    public Estate estate() {
        return estate;
    }

    /** All observers say so of these components. */
    public Scene all(Status status, String... components) {
        return by(said.keySet().toArray(String[]::new), status, components);
    }

    public Scene down(String... components) {
        return all(Status.DOWN, components);
    }

    /** Only these observers say so. */
    public Scene by(String[] observers, Status status, String... components) {
        for (String observer : observers) {
            for (String component : components) {
                said.get(observer).put(ComponentId.parse(component), status);
            }
        }
        return this;
    }

    public Scene by(String observer, Status status, String... components) {
        return by(new String[] {observer}, status, components);
    }

    /** These observers say nothing at all. */
    public Scene silent(String... observers) {
        for (String observer : observers) {
            said.get(observer).clear();
        }
        return this;
    }

    /** Nobody says anything of these components. */
    public Scene unheard(String... components) {
        for (String component : components) {
            said.values().forEach(statements -> statements.remove(ComponentId.parse(component)));
        }
        return this;
    }

    public Scene facts(String component, Facts told) {
        facts.put(ComponentId.parse(component), told);
        return this;
    }

    public Scene factsAt(String component, Instant at) {
        factsAt.put(ComponentId.parse(component), at);
        return this;
    }

    /** These facts were told so long ago already, and are told now. */
    public Scene factsSince(String component, Duration ago, Facts told) {
        return factsBefore(component, NOON.minus(ago), told).facts(component, told);
    }

    /** These facts were told then. */
    public Scene factsBefore(String component, Instant at, Facts told) {
        before.add(new Told(ComponentId.parse(component), at, told));
        return this;
    }

    public Store store(String name) {
        return estate.store(new StoreName(name)).orElseThrow();
    }

    public Scene mirroring(String store, MirroringState state, Position principalOn) {
        Store of = store(store);
        facts.put(of.id(), mirroring(of, state, principalOn));
        return this;
    }

    public Scene pool(String fqdn, PoolState state, ExportStatus export) {
        return facts("pool:" + fqdn, PoolTold.of(state, export).facts());
    }

    /** It was so before already: every statement that is not UP was made this long ago, too. */
    public Scene since(Duration ago) {
        said.forEach((observer, statements) ->
                statements.forEach((component, status) -> {
                    if (status != Status.UP) {
                        earlier.add(
                                observation(
                                        observer,
                                        component,
                                        status,
                                        NOON.minus(ago),
                                        new Facts.None()));
                    }
                }));
        return this;
    }

    public Scene run(KnownRun run) {
        runs.add(run);
        return this;
    }

    /** Such a run of this target ended well so long ago. */
    public Scene ended(Remediation remediation, String target, Duration ago) {
        return run(
                new KnownRun(
                        "run-" + (runs.size() + 1),
                        remediation,
                        ComponentId.parse(target),
                        RunState.SUCCEEDED,
                        Optional.of(NOON.minus(ago))));
    }

    /** Such a run of this target is under way. */
    public Scene running(Remediation remediation, String target) {
        return run(
                new KnownRun(
                        "run-" + (runs.size() + 1),
                        remediation,
                        ComponentId.parse(target),
                        RunState.RUNNING,
                        Optional.empty()));
    }

    /** Somebody asks for it as planned work. */
    public Scene planned(Remediation remediation, String target) {
        planned.add(new Snapshot.Planned(remediation, ComponentId.parse(target)));
        return this;
    }

    public Scene policy(Policy other) {
        policy = other;
        return this;
    }

    /** Time passes and nobody says anything more. */
    public Scene later(Duration time) {
        later = time;
        return this;
    }

    public List<Observation> observations() {
        List<Observation> all = new ArrayList<>(earlier);
        said.forEach((observer, statements) ->
                statements.forEach((component, status) ->
                        all.add(observation(observer, component, status, NOON, new Facts.None()))));
        before.forEach(told -> tell(told.component(), told.at(), told.facts(), all));
        facts.forEach((component, told) ->
                tell(component, factsAt.getOrDefault(component, NOON), told, all));
        return all;
    }

    /** The first observer who speaks of the component tells its facts. */
    private void tell(ComponentId component, Instant at, Facts told, List<Observation> all) {
        said.entrySet().stream()
                .filter(observer -> observer.getValue().containsKey(component))
                .findFirst()
                .ifPresent(observer ->
                        all.add(
                                observation(
                                        observer.getKey(),
                                        component,
                                        observer.getValue().get(component),
                                        at,
                                        told)));
    }

    private static Observation observation(
            String observer, ComponentId component, Status status, Instant at, Facts told) {
        String id = observer + " " + component + " " + at + " " + told.getClass().getSimpleName();
        return new Observation(id, component, status, new ObserverName(observer), at, told);
    }

    public Snapshot snapshot() {
        Instant now = NOON.plus(later);
        return new Snapshot(
                estate,
                Conditions.of(estate, observations(), policy.thresholds(), now),
                runs,
                planned,
                policy,
                now);
    }

    public Evaluation evaluate() {
        return Decider.decide(snapshot());
    }

    public static Facts mirroring(Store store, MirroringState state, Position principalOn) {
        return StoreTold.mirrored(store, state, principalOn).facts();
    }
}
