package io.understudy.replay;

import io.understudy.estate.ComponentId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Holds what would be decided now against what was decided then, target by target. */
final class Comparison {

    /**
     * What is compared.
     *
     * @param begin what was over before is left out; what began before counts as there from the
     *     beginning
     * @param aftermath from then on what was decided then rests on what was done, and only what
     *     would be decided now is looked at
     * @param end when the last of both ends
     * @param tolerance what differs by less is the same, and what was to be done for less is left
     *     out unless a run of it could have begun: live, evaluations are some time apart
     */
    record Frame(Instant begin, Optional<Instant> aftermath, Instant end, Duration tolerance) {}

    private record Pair(Span then, Span now) {}

    private final Frame frame;
    private final List<Span> then;
    private final List<Span> now;

    Comparison(Frame frame, List<Span.Held> then, List<Span.Held> now) {
        this.frame = frame;
        this.then =
                counted(then)
                        .filter(s -> frame.aftermath().map(s.from()::isBefore).orElse(true))
                        .toList();
        this.now = counted(now).toList();
    }

    private Stream<Span> counted(List<Span.Held> held) {
        return Span.of(held, frame.tolerance()).stream()
                .filter(s -> s.until().map(frame.begin()::isBefore).orElse(true))
                .filter(s ->
                        s.everReady() || s.length(frame.end()).compareTo(frame.tolerance()) >= 0);
    }

    List<Span> then() {
        return then;
    }

    List<Span> now() {
        return now;
    }

    /** Every target of which anything was or would be decided. */
    List<Outcome.Target> targets() {
        LinkedHashSet<ComponentId> targets = new LinkedHashSet<>();
        Stream.concat(then.stream(), now.stream())
                .sorted(Comparator.comparing(Span::from))
                .forEach(s -> targets.add(s.what().target()));
        return targets.stream().map(t -> new Outcome.Target(t, differences(t))).toList();
    }

    private List<Difference> differences(ComponentId target) {
        List<Span> before = of(then, target);
        List<Span> after = of(now, target);
        List<Difference> found = new ArrayList<>();
        for (Pair same : take(before, after, (t, n) -> t.what().equals(n.what()))) {
            found.addAll(new PairDifferences(same.then(), same.now(), frame).all());
        }
        for (Pair other : take(before, after, Comparison::instead)) {
            found.add(Sentences.otherRemediation(other.then(), other.now(), frame.end()));
        }
        before.forEach(gone -> found.add(Sentences.missing(gone, frame.end())));
        after.forEach(more -> found.add(Sentences.additional(more, frame.end())));
        return found;
    }

    /** One takes the other's place: the same in another manner, or at the same time. */
    private static boolean instead(Span then, Span now) {
        return then.what().remediation() == now.what().remediation() || then.overlaps(now);
    }

    private static List<Span> of(List<Span> spans, ComponentId target) {
        return new ArrayList<>(
                spans.stream().filter(s -> s.what().target().equals(target)).toList());
    }

    /** Takes out of both what belongs together, each with the one that is nearest in time. */
    private static List<Pair> take(
            List<Span> then, List<Span> now, BiPredicate<Span, Span> together) {
        List<Pair> pairs = new ArrayList<>();
        for (Span one : List.copyOf(then)) {
            now.stream()
                    .filter(other -> together.test(one, other))
                    .min(
                            Comparator.comparing(other ->
                                    Duration.between(one.decidedAt(), other.decidedAt()).abs()))
                    .ifPresent(other -> {
                        pairs.add(new Pair(one, other));
                        then.remove(one);
                        now.remove(other);
                    });
        }
        return pairs;
    }
}
