package io.understudy.health;

import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.Observer;
import io.understudy.estate.ObserverName;
import io.understudy.estate.Places;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * What we believe about every component of an estate at one time. A component that nobody spoke of
 * is UNKNOWN.
 */
public final class Conditions {

    private final Estate estate;
    private final Condition[] byPlace;
    private final ComponentFacts[] factsByPlace;
    private final Condition silence;
    private final Instant at;

    private Conditions(
            Estate estate, Condition[] byPlace, ComponentFacts[] factsByPlace, Instant at) {
        this.estate = estate;
        this.byPlace = byPlace;
        this.factsByPlace = factsByPlace;
        this.silence = silence(at);
        this.at = at;
    }

    private static Condition silence(Instant at) {
        return new Condition.Unknown(
                at, List.of(), Condition.Doubt.SILENCE, "a statement from any observer");
    }

    /**
     * What is given, whoever found it out; what the estate does not have is left out.
     *
     * @param conditions of the components that were spoken of
     * @param facts their newest facts, of those that have told any
     */
    public static Conditions of(
            Estate estate,
            Map<ComponentId, Condition> conditions,
            Map<ComponentId, ComponentFacts> facts,
            Instant at) {
        Condition silence = silence(at);
        Condition[] byPlace = new Condition[estate.size()];
        ComponentFacts[] factsByPlace = new ComponentFacts[estate.size()];
        for (int place = 0; place < byPlace.length; place++) {
            ComponentId component = estate.component(place);
            byPlace[place] = conditions.getOrDefault(component, silence);
            factsByPlace[place] = facts.getOrDefault(component, ComponentFacts.NONE);
        }
        return new Conditions(estate, byPlace, factsByPlace, at);
    }

    /** What the remembered health of all components amounts to at {@code now}. */
    public static Conditions of(
            Estate estate,
            Map<ComponentId, ComponentHealth> health,
            Thresholds thresholds,
            Instant now) {
        Condition silence = silence(now);
        Condition[] byPlace = new Condition[estate.size()];
        ComponentFacts[] factsByPlace = new ComponentFacts[estate.size()];
        for (int place = 0; place < byPlace.length; place++) {
            ComponentHealth known = health.get(estate.component(place));
            byPlace[place] =
                    known == null
                            ? silence
                            : known.condition(
                                    name -> estate.observer(name).map(Observer::site),
                                    thresholds,
                                    now);
            factsByPlace[place] = known == null ? ComponentFacts.NONE : known.facts();
        }
        return new Conditions(estate, byPlace, factsByPlace, now);
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
        int place = estate.place(component);
        return place == Places.NONE ? silence : byPlace[place];
    }

    /** The same by the component's place in the estate. */
    public Condition at(int place) {
        return byPlace[place];
    }

    public Status status(ComponentId component) {
        return of(component).status();
    }

    public ComponentFacts facts(ComponentId component) {
        int place = estate.place(component);
        return place == Places.NONE ? ComponentFacts.NONE : factsByPlace[place];
    }

    /** The same by the component's place in the estate. */
    public ComponentFacts factsAt(int place) {
        return factsByPlace[place];
    }

    /** When it was asked. */
    public Instant at() {
        return at;
    }

    /** The conditions of all components, those included that nobody spoke of. */
    public Map<ComponentId, Condition> byComponent() {
        Map<ComponentId, Condition> all = new LinkedHashMap<>();
        for (int place = 0; place < byPlace.length; place++) {
            all.put(estate.component(place), byPlace[place]);
        }
        return all;
    }

    /** The newest facts of all components that have told any. */
    public Map<ComponentId, ComponentFacts> factsOf() {
        Map<ComponentId, ComponentFacts> all = new LinkedHashMap<>();
        for (int place = 0; place < factsByPlace.length; place++) {
            if (!(factsByPlace[place].facts() instanceof Facts.None)) {
                all.put(estate.component(place), factsByPlace[place]);
            }
        }
        return all;
    }

    /** Whether any component and its condition are so. */
    public boolean anyMatch(BiPredicate<ComponentId, Condition> so) {
        for (int place = 0; place < byPlace.length; place++) {
            if (so.test(estate.component(place), byPlace[place])) {
                return true;
            }
        }
        return false;
    }

    /**
     * The components, of the same estate, of which a status, a doubt or a fact differs from what it
     * was before, or of which the same facts were told again after they had become too old.
     *
     * @param maxAge age beyond which facts are too old
     */
    public Set<ComponentId> changedSince(Conditions before, Duration maxAge) {
        Set<ComponentId> changed = new HashSet<>();
        for (int place = 0; place < byPlace.length; place++) {
            if (!alike(byPlace[place], before.byPlace[place])
                    || !factsByPlace[place].facts().equals(before.factsByPlace[place].facts())
                    || renewed(place, before, maxAge)) {
                changed.add(estate.component(place));
            }
        }
        return changed;
    }

    private boolean renewed(int place, Conditions before, Duration maxAge) {
        Instant then = before.factsByPlace[place].at();
        return before.at.isAfter(then.plus(maxAge)) && factsByPlace[place].at().isAfter(then);
    }

    private static boolean alike(Condition one, Condition other) {
        return one.status() == other.status()
                && doubt(one).equals(doubt(other))
                && (one.status() == Status.UNKNOWN || one.since().equals(other.since()));
    }

    private static Optional<Condition.Doubt> doubt(Condition condition) {
        return condition instanceof Condition.Unknown unknown
                ? Optional.of(unknown.doubt())
                : Optional.empty();
    }
}
