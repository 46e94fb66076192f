package io.understudy.replay;

import io.understudy.decision.Decision;
import io.understudy.decision.Evaluation;
import io.understudy.decision.Mode;
import io.understudy.decision.Policy;
import io.understudy.decision.Snapshot;
import io.understudy.estate.Estate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A recorded failure against an estate and a policy: what would be decided now, held against what
 * was decided then.
 *
 * <p>What observers said after a run had begun, they said of a world in which somebody acted. Where
 * today's decisions would have begun that run as well, the record goes on to be true of them. Where
 * not, it is left at that moment, and every observer is taken to repeat what it said last ({@link
 * Repeats}): nobody acts, and nothing else happens.
 *
 * @param tolerance see {@link Comparison.Frame}; more than nothing
 * @param beyond how long it goes on after the record is left
 */
public record Replay(
        Recording recording, Estate estate, Policy policy, Duration tolerance, Duration beyond) {

    /** A loop evaluates at least once a second; less than two is no difference. */
    public static final Duration USUAL_TOLERANCE = Duration.ofSeconds(2);

    /** Longer than SQL Server is given to fail over by itself, shorter than the back-end budget. */
    public static final Duration USUAL_BEYOND = Duration.ofMinutes(10);

    /** What was evaluated, and where the record was left. */
    private record Played(List<Moment> moments, Optional<Instant> divergedAt, Instant end) {}

    /**
     * Replays and compares.
     *
     * @param decide the decider: pure
     * @param read what of a decision is compared
     * @throws TooMuchToReplay when more evaluations are needed than {@link Series#MOST_EVALUATIONS}
     */
    public Outcome outcome(
            Function<Snapshot, Evaluation> decide, Function<Decision, Verdict> read) {
        Played played = play(decide);
        Comparison.Frame frame =
                new Comparison.Frame(begin(), played.divergedAt(), played.end(), tolerance);
        Comparison comparison =
                new Comparison(frame, about(recording.decisions()), held(played.moments(), read));
        return new Outcome(
                begin(),
                played.end(),
                tolerance,
                played.divergedAt(),
                (int) recording.heard().stream().filter(h -> !known(h)).count(),
                measured(comparison.then()),
                measured(comparison.now()),
                comparison.targets(),
                timeline(comparison, frame.end()));
    }

    private Instant begin() {
        return recording.failure().firstObservedAt();
    }

    private boolean known(Heard heard) {
        return estate.components().contains(heard.observation().component());
    }

    private Played play(Function<Snapshot, Evaluation> decide) {
        Walk walk =
                new Walk(
                        new Walk.World(estate, policy, decide),
                        recording.runs(),
                        Series.pace(begin(), recording.to().plus(beyond)));
        Repeats repeats = new Repeats();
        NavigableMap<Instant, List<Heard>> tape = Series.tape(recording.heard(), recording.runs());
        for (List<Heard> said : tape.headMap(begin(), true).values()) {
            said.forEach(walk::remember);
            said.forEach(repeats::note);
        }
        walk.begin(begin());
        for (var said : tape.subMap(begin(), false, recording.to(), true).entrySet()) {
            walk.go(said.getKey(), said.getValue());
            said.getValue().forEach(repeats::note);
            if (leaves(walk, said.getKey())) {
                return alone(walk, repeats, said.getKey());
            }
        }
        walk.reach(recording.to());
        return new Played(walk.moments(), Optional.empty(), recording.to());
    }

    /** Whether a run begins at this time that today's decisions would not begin. */
    private boolean leaves(Walk walk, Instant at) {
        return recording.runs().stream()
                .filter(run -> run.startedAt().map(s -> s.plusNanos(1).equals(at)).orElse(false))
                .anyMatch(run ->
                        walk.without(run).decisions().stream().noneMatch(d -> begins(d, run)));
    }

    private static boolean begins(Decision decision, RecordedRun run) {
        boolean allowed =
                decision.mode() == Mode.AUTOMATE || decision.mode() == Mode.ADVISE && run.waited();
        return decision.remediation() == run.remediation()
                && decision.target().equals(run.target())
                && !decision.blocked()
                && allowed;
    }

    /** Goes on as if nobody had acted. */
    private Played alone(Walk walk, Repeats repeats, Instant since) {
        Instant end = since.plus(beyond);
        walk.leave(
                recording.runs().stream()
                        .filter(r -> r.startedAt().map(since.minusNanos(1)::isAfter).orElse(false))
                        .toList());
        repeats.between(since, end, last -> walk.isFresh(last, since), policy.thresholds().maxAge())
                .forEach(walk::hear);
        walk.reach(end);
        return new Played(walk.moments(), Optional.of(since), end);
    }

    private List<Span.Held> about(List<Span.Held> held) {
        return held.stream()
                .filter(h -> recording.about().contains(h.verdict().what().target()))
                .toList();
    }

    private List<Span.Held> held(List<Moment> moments, Function<Decision, Verdict> read) {
        List<Span.Held> held = new ArrayList<>();
        for (int i = 0; i < moments.size(); i++) {
            Moment moment = moments.get(i);
            Optional<Instant> until =
                    i + 1 < moments.size()
                            ? Optional.of(moments.get(i + 1).at())
                            : Optional.empty();
            moment.evaluation().decisions().stream()
                    .map(read)
                    .forEach(verdict -> held.add(new Span.Held(verdict, moment.at(), until)));
        }
        return about(held);
    }

    private Outcome.Measured measured(List<Span> spans) {
        Optional<Instant> first =
                spans.stream()
                        .filter(Span::everReady)
                        .map(Span::decidedAt)
                        .filter(at -> !at.isBefore(begin()))
                        .min(Comparator.naturalOrder());
        return new Outcome.Measured(first, first.map(at -> Duration.between(begin(), at)));
    }

    private static List<Outcome.Line> timeline(Comparison comparison, Instant end) {
        TreeSet<Instant> times = new TreeSet<>();
        Stream.of(comparison.then(), comparison.now())
                .flatMap(Collection::stream)
                .forEach(span -> {
                    times.add(span.from());
                    span.until().ifPresent(times::add);
                });
        return times.stream()
                .map(at ->
                        new Outcome.Line(
                                at,
                                during(comparison.then(), at, end),
                                during(comparison.now(), at, end)))
                .toList();
    }

    private static List<Verdict> during(List<Span> spans, Instant at, Instant end) {
        return spans.stream().filter(s -> s.during(at)).map(s -> s.verdict(end)).toList();
    }
}
