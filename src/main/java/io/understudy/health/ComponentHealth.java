package io.understudy.health;

import io.understudy.estate.ObserverName;
import io.understudy.estate.SiteName;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * All that is remembered of one component: every observer's view by every signal, and the newest
 * facts.
 *
 * @param views in the order of the observers' names, then of signals
 */
public record ComponentHealth(Map<Source, ObserverView> views, ComponentFacts facts) {

    /** Who looks, and by which signal. */
    public record Source(ObserverName observer, String signal) implements Comparable<Source> {
        @Override
        public int compareTo(Source other) {
            int byObserver = observer.compareTo(other.observer);
            return byObserver != 0 ? byObserver : signal.compareTo(other.signal);
        }
    }

    public static final ComponentHealth NONE = new ComponentHealth(Map.of(), ComponentFacts.NONE);

    /** What is remembered after one more observation of the same component. */
    public ComponentHealth next(Observation observation, Thresholds thresholds) {
        Source source = new Source(observation.observer(), observation.signal());
        Map<Source, ObserverView> after = new TreeMap<>(views);
        after.put(
                source,
                HealthTracker.next(
                        Optional.ofNullable(views.get(source)), observation, thresholds));
        return new ComponentHealth(Collections.unmodifiableMap(after), facts.next(observation));
    }

    /** What we believe at {@code now}. */
    public Condition condition(
            Function<ObserverName, Optional<SiteName>> siteOf, Thresholds thresholds, Instant now) {
        List<ObserverQuorum.Vote> votes =
                views.entrySet().stream()
                        .map(e ->
                                new ObserverQuorum.Vote(
                                        e.getKey().observer(), e.getKey().signal(), e.getValue()))
                        .toList();
        return ObserverQuorum.condition(votes, siteOf, thresholds, now);
    }
}
