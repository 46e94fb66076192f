package io.understudy.health;

import io.understudy.estate.ObserverName;
import io.understudy.estate.SiteName;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
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

    /**
     * How many signals of one observer are remembered: an alert is a signal by its labels, and
     * whoever sends alerts may make up labels without end.
     */
    static final int MOST_SIGNALS = 64;

    /** What is forgotten first: rather what is long past than what is bad. */
    private static final Comparator<Map.Entry<Source, ObserverView>> LEAST_TELLING =
            Comparator.<Map.Entry<Source, ObserverView>, Boolean>comparing(
                            e -> e.getValue().latest() == Status.DOWN)
                    .thenComparing(e -> e.getValue().latestAt())
                    .thenComparing(Map.Entry::getKey);

    public static final ComponentHealth NONE = new ComponentHealth(Map.of(), ComponentFacts.NONE);

    /**
     * What is remembered after one more observation of the same component. Of an observer with more
     * than {@link #MOST_SIGNALS} the one that tells least is forgotten.
     */
    public ComponentHealth next(Observation observation, Thresholds thresholds) {
        Source source = new Source(observation.observer(), observation.signal());
        Map<Source, ObserverView> after = new TreeMap<>(views);
        after.put(
                source,
                HealthTracker.next(
                        Optional.ofNullable(views.get(source)), observation, thresholds));
        if (after.size() > views.size() && after.size() > MOST_SIGNALS) {
            forget(after, source);
        }
        return new ComponentHealth(Collections.unmodifiableMap(after), facts.next(observation));
    }

    private static void forget(Map<Source, ObserverView> views, Source newest) {
        List<Map.Entry<Source, ObserverView>> same =
                views.entrySet().stream()
                        .filter(e -> e.getKey().observer().equals(newest.observer()))
                        .toList();
        if (same.size() > MOST_SIGNALS) {
            same.stream()
                    .filter(e -> !e.getKey().equals(newest))
                    .min(LEAST_TELLING)
                    .ifPresent(e -> views.remove(e.getKey()));
        }
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
