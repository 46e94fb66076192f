package io.understudy.health;

import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.Observer;
import io.understudy.estate.ObserverName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What we believe about every component at one time. A component that nobody spoke of is UNKNOWN.
 *
 * @param byComponent the components that were spoken of
 * @param factsOf their newest facts
 * @param at when it was asked
 */
public record Conditions(
        Map<ComponentId, Condition> byComponent,
        Map<ComponentId, ComponentFacts> factsOf,
        Instant at) {

    public Conditions {
        byComponent = Map.copyOf(byComponent);
        factsOf = Map.copyOf(factsOf);
    }

    /** What the remembered health of all components amounts to at {@code now}. */
    public static Conditions of(
            Estate estate,
            Map<ComponentId, ComponentHealth> health,
            Thresholds thresholds,
            Instant now) {
        Map<ComponentId, Condition> conditions = new HashMap<>();
        Map<ComponentId, ComponentFacts> facts = new HashMap<>();
        health.forEach((component, known) -> {
            conditions.put(
                    component,
                    known.condition(
                            name -> estate.observer(name).map(Observer::site), thresholds, now));
            facts.put(component, known.facts());
        });
        return new Conditions(conditions, facts, now);
    }

    /**
     * Conditions from a closed set of observations, in any order. An observation that stands alone,
     * of its observer and component, is taken as settled: whoever hands over one look at the world
     * means it. Of several the thresholds decide.
     */
    public static Conditions of(
            Estate estate, List<Observation> observations, Thresholds thresholds, Instant now) {
        Map<Look, Set<Instant>> looks = new HashMap<>();
        List<Observation> ordered = new ArrayList<>(observations);
        ordered.removeIf(o -> o.observedAt().isAfter(now));
        ordered.sort(
                Comparator.comparing(Observation::observedAt)
                        .thenComparing(Observation::status)
                        .thenComparing(Observation::id));
        ordered.forEach(
                o -> looks.computeIfAbsent(Look.of(o), _ -> new HashSet<>()).add(o.observedAt()));
        Map<ComponentId, ComponentHealth> health = new HashMap<>();
        for (Observation o : ordered) {
            boolean alone = looks.getOrDefault(Look.of(o), Set.of()).size() == 1;
            Observation taken = alone ? o.asSettled(thresholds) : o;
            health.merge(
                    o.component(),
                    ComponentHealth.NONE.next(taken, thresholds),
                    (before, _) -> before.next(taken, thresholds));
        }
        return of(estate, health, thresholds, now);
    }

    /** Who looks at what, and how. */
    private record Look(ComponentId component, ObserverName observer, String signal) {
        static Look of(Observation o) {
            return new Look(o.component(), o.observer(), o.signal());
        }
    }

    public Condition of(ComponentId component) {
        Condition known = byComponent.get(component);
        return known != null
                ? known
                : new Condition.Unknown(
                        at, List.of(), Condition.Doubt.SILENCE, "a statement from any observer");
    }

    public Status status(ComponentId component) {
        return of(component).status();
    }

    public ComponentFacts facts(ComponentId component) {
        return factsOf.getOrDefault(component, ComponentFacts.NONE);
    }

    /**
     * The components of which a status, a doubt or a fact differs from what it was before, or of
     * which the same facts were told again after they had become too old.
     *
     * @param maxAge age beyond which facts are too old
     */
    public Set<ComponentId> changedSince(Conditions before, Duration maxAge) {
        Set<ComponentId> changed = new HashSet<>();
        byComponent.forEach((component, condition) -> {
            if (!alike(condition, before.of(component))
                    || !facts(component).facts().equals(before.facts(component).facts())
                    || renewed(component, before, maxAge)) {
                changed.add(component);
            }
        });
        before.byComponent.keySet().stream()
                .filter(component -> !byComponent.containsKey(component))
                .forEach(changed::add);
        return changed;
    }

    private boolean renewed(ComponentId component, Conditions before, Duration maxAge) {
        Instant then = before.facts(component).at();
        return before.at().isAfter(then.plus(maxAge)) && facts(component).at().isAfter(then);
    }

    private static boolean alike(Condition one, Condition other) {
        return one.status() == other.status()
                && one.since().equals(other.since())
                && doubt(one).equals(doubt(other));
    }

    private static Optional<Condition.Doubt> doubt(Condition condition) {
        return condition instanceof Condition.Unknown unknown
                ? Optional.of(unknown.doubt())
                : Optional.empty();
    }
}
