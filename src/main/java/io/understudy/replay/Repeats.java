package io.understudy.replay;

import io.understudy.estate.ComponentId;
import io.understudy.health.ComponentHealth;
import io.understudy.health.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What observers would go on to say if nothing had been done: what each said last, again and again.
 *
 * <p>An observer repeats itself at the pace of its last two statements, for as often as hysteresis
 * counts at most, and after that only so often that it is not forgotten.
 */
final class Repeats {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MOST_COUNTED = 32;

    private record Source(ComponentId component, ComponentHealth.Source source) {}

    private record Said(Heard last, Optional<Instant> before) {}

    private final Map<Source, Said> said = new HashMap<>();

    void note(Heard heard) {
        Observation o = heard.observation();
        said.merge(
                new Source(o.component(), new ComponentHealth.Source(o.observer(), o.signal())),
                new Said(heard, Optional.empty()),
                (before, next) -> new Said(next.last(), Optional.of(before.last().at())));
    }

    /**
     * What is repeated after one time up to another.
     *
     * @param counts whether a statement still counted when they began to repeat themselves
     * @param maxAge how old a statement may become before it is stale
     */
    NavigableMap<Instant, List<Heard>> between(
            Instant from, Instant to, Predicate<Heard> counts, Duration maxAge) {
        Duration slow = min(LONGEST, maxAge.dividedBy(2));
        NavigableMap<Instant, List<Heard>> tape = new TreeMap<>();
        said.values().stream()
                .filter(s -> counts.test(s.last()))
                .forEach(s -> repeat(s, from, to, slow, tape));
        return tape;
    }

    private static void repeat(
            Said said,
            Instant from,
            Instant to,
            Duration slow,
            NavigableMap<Instant, List<Heard>> tape) {
        Duration pace = pace(said, slow);
        Instant at = said.last().at();
        int times = 0;
        while (true) {
            at = at.plus(times < MOST_COUNTED ? pace : slow);
            if (at.isAfter(to)) {
                return;
            }
            if (at.isAfter(from)) {
                tape.merge(at, List.of(moved(said.last(), at)), Series::joined);
                times++;
            }
        }
    }

    private static Duration pace(Said said, Duration slow) {
        Duration last =
                said.before().map(at -> Duration.between(at, said.last().at())).orElse(slow);
        Duration least = last.compareTo(SHORTEST) < 0 ? SHORTEST : last;
        return min(least, slow);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** The same said at another time. */
    private static Heard moved(Heard heard, Instant at) {
        Observation o = heard.observation();
        Duration by = Duration.between(heard.at(), at);
        return new Heard(
                new Observation(
                        o.id(),
                        o.component(),
                        o.status(),
                        o.observer(),
                        o.observedAt().plus(by),
                        o.facts(),
                        o.signal(),
                        o.samples(),
                        o.validUntil().map(until -> until.plus(by))),
                at);
    }
}
