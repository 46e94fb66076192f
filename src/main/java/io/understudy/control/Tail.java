package io.understudy.control;

import io.understudy.health.Observation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes in what other replicas have accepted, each of it at least once: what is said again changes
 * nothing. Safe on any thread, and one reads at a time.
 */
public final class Tail {

    /** A place that was reached at a time. */
    private record Reached(Instant at, ObservationLog.Place place) {}

    private final ObservationLog log;
    private final Consumer<List<Observation>> heard;
    private final InstantSource clock;
    private final Duration overlap;
    private final int most;
    private final List<Reached> reached = new ArrayList<>();

    /**
     * @param heard gets what others have accepted, oldest first
     * @param overlap how far back is read once more after {@link #stepBack}; longer than a database
     *     that takes over may be behind with what its predecessor had begun
     * @param most how many observations are read at once, but for those that were accepted together
     */
    public Tail(
            ObservationLog log,
            Consumer<List<Observation>> heard,
            InstantSource clock,
            Duration overlap,
            int most) {
        this.log = log;
        this.heard = heard;
        this.clock = clock;
        this.overlap = overlap;
        this.most = most;
    }

    /** Begins here: what was accepted before is for whoever restores the past after this. */
    public synchronized void begin() {
        reached.clear();
        reached.add(new Reached(clock.instant(), log.place()));
    }

    /** Reads on to where everything can be read. */
    public synchronized void follow() {
        if (reached.isEmpty()) {
            begin();
        }
        boolean more = true;
        while (more) {
            ObservationLog.Others others = log.others(reached.getLast().place(), most);
            if (!others.observations().isEmpty()) {
                heard.accept(others.observations());
            }
            more = others.more();
            remember(new Reached(clock.instant(), others.next()));
        }
    }

    /**
     * The database may be another one now, which counts on from where the old one was a moment ago:
     * what was read last is read again.
     */
    public synchronized void stepBack() {
        while (reached.size() > 1) {
            reached.removeLast();
        }
    }

    /** The first place is the last one that is as old as the overlap; some lie between. */
    private void remember(Reached now) {
        Instant old = now.at().minus(overlap);
        if (reached.size() > 2
                && reached.getLast()
                        .at()
                        .isBefore(
                                reached.get(reached.size() - 2).at().plus(overlap.dividedBy(8)))) {
            reached.removeLast();
        }
        reached.add(now);
        while (reached.size() > 1 && !reached.get(1).at().isAfter(old)) {
            reached.removeFirst();
        }
    }
}
