package io.understudy.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * For how long one thing was to be done, however its gate or its reasons changed meanwhile.
 *
 * @param held its phases in the order of time, with no more than short gaps; at least one
 */
public record Span(List<Held> held) {

    /**
     * A decision and for how long it was in force.
     *
     * @param until empty when it still was at the end
     */
    public record Held(Verdict verdict, Instant from, Optional<Instant> until) {

        Duration length(Instant end) {
            return Duration.between(from, until.orElse(end));
        }
    }

    public Span {
        held = List.copyOf(held);
    }

    /** Joins what follows upon each other within {@code gap}; in the order of time. */
    static List<Span> of(List<Held> all, Duration gap) {
        Map<Verdict.What, List<List<Held>>> rows = new LinkedHashMap<>();
        all.stream()
                .sorted(Comparator.comparing(Held::from))
                .forEach(next -> {
                    List<List<Held>> known =
                            rows.computeIfAbsent(next.verdict().what(), _ -> new ArrayList<>());
                    if (known.isEmpty() || !follows(known.getLast().getLast(), next, gap)) {
                        known.add(new ArrayList<>());
                    }
                    known.getLast().add(next);
                });
        return rows.values().stream()
                .flatMap(List::stream)
                .map(Span::new)
                .sorted(Comparator.comparing(Span::from))
                .toList();
    }

    private static boolean follows(Held before, Held next, Duration gap) {
        return before.until().map(end -> !end.plus(gap).isBefore(next.from())).orElse(true);
    }

    public Verdict.What what() {
        return held.getFirst().verdict().what();
    }

    public Instant from() {
        return held.getFirst().from();
    }

    public Optional<Instant> until() {
        return held.getLast().until();
    }

    /**
     * For how long it was to be done: the time between its phases, when it was not, is left out.
     */
    Duration length(Instant end) {
        return held.stream().map(h -> h.length(end)).reduce(Duration.ZERO, Duration::plus);
    }

    /** Whether a run of it would have begun at any time. */
    boolean everReady() {
        return held.stream().anyMatch(h -> h.verdict().ready());
    }

    /** When it was decided: for what is carried out, when it could be. */
    public Instant decidedAt() {
        return held.stream()
                .filter(h -> h.verdict().ready())
                .map(Held::from)
                .findFirst()
                .orElse(from());
    }

    /** How it stood for the longest time, where it was ready at all while it was. */
    public Verdict verdict(Instant end) {
        boolean ready = everReady();
        return held.stream()
                .filter(h -> !ready || h.verdict().ready())
                .max(Comparator.comparing(h -> h.length(end)))
                .orElseThrow()
                .verdict();
    }

    boolean during(Instant time) {
        return !from().isAfter(time) && until().map(time::isBefore).orElse(true);
    }

    boolean overlaps(Span other) {
        return during(other.from()) || other.during(from());
    }
}
