package io.understudy.replay;

import io.understudy.decision.Evaluation;
import io.understudy.decision.Policy;
import io.understudy.decision.Snapshot;
import io.understudy.estate.Estate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What-if over time: what is found and decided from one time to another.
 *
 * <p>A series is a recording: its statements go through hysteresis, freshness and the quorum of
 * observers as they do live, and none is taken as settled because it stands alone.
 *
 * @param heard every statement; those before {@code from} only say how things stand then
 * @param from not after {@code to}
 */
public record Series(
        Estate estate,
        Policy policy,
        List<Heard> heard,
        List<RecordedRun> runs,
        Instant from,
        Instant to) {

    /** How many evaluations one series may take. */
    public static final int MOST_EVALUATIONS = 20_000;

    /** How often what is found or decided may change in one series. */
    public static final int MOST_MOMENTS = 1_000;

    /** The longest time between two evaluations, unless the series is so long that it is more. */
    static final Duration PULSE = Duration.ofSeconds(10);

    private static final int MOST_PULSES = 2_000;

    public Series {
        heard = List.copyOf(heard);
        runs = List.copyOf(runs);
    }

    /**
     * Each time at which what is found or decided became another than before; the first where
     * anything is.
     *
     * @param decide the decider: pure
     * @throws TooMuchToReplay beyond the limits
     */
    public List<Moment> moments(Function<Snapshot, Evaluation> decide) {
        NavigableMap<Instant, List<Heard>> tape = tape(heard, runs);
        Walk walk = new Walk(new Walk.World(estate, policy, decide), runs, pace(from, to));
        tape.headMap(from, true).values().forEach(all -> all.forEach(walk::remember));
        walk.begin(from);
        tape.subMap(from, false, to, true).forEach(walk::go);
        walk.reach(to);
        return walk.moments();
    }

    /**
     * What was heard, by time; with an empty entry for the times at which a run begins a phase and
     * nothing was heard.
     */
    static NavigableMap<Instant, List<Heard>> tape(List<Heard> heard, List<RecordedRun> runs) {
        NavigableMap<Instant, List<Heard>> tape = new TreeMap<>();
        heard.forEach(h -> tape.merge(h.at(), List.of(h), Series::joined));
        runs.stream()
                .flatMap(run -> run.news().stream())
                .forEach(at -> tape.putIfAbsent(at, List.of()));
        return tape;
    }

    static List<Heard> joined(List<Heard> one, List<Heard> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    static Walk.Pace pace(Instant from, Instant to) {
        Duration even = Duration.between(from, to).dividedBy(MOST_PULSES);
        return new Walk.Pace(
                even.compareTo(PULSE) > 0 ? even : PULSE, MOST_EVALUATIONS, MOST_MOMENTS);
    }
}
