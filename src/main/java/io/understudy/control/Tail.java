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

    /** A place, and for how long had been read when it was reached. */
    private record Reached(Duration after, ObservationLog.Place place) {}

    /** How many places lie between the first one and the last, and how much of it a gap counts. */
    private static final int STEPS = 8;

    private final ObservationLog log;
    private final Consumer<List<Observation>> heard;
    private final InstantSource clock;
    private final Duration overlap;
    private final int most;
    private final List<Reached> reached = new ArrayList<>();
    private Instant last = Instant.MIN;

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
        last = clock.instant();
        reached.add(new Reached(Duration.ZERO, log.place()));
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
            remember(others.next());
        }
    }

    /**
     * The database may be another one now, which counts on from where the old one was a moment ago:
     * what was read last is read again, one's own too.
     */
    public synchronized void stepBack() {
        log.forgetOwn();
        while (reached.size() > 1) {
            reached.removeLast();
        }
    }

    /**
     * The first place is the last one that is as old as the overlap; some lie between. A time in
     * which nothing could be read hardly counts: after it the overlap is still there to step back.
     */
    private void remember(ObservationLog.Place place) {
        Duration step = overlap.dividedBy(STEPS);
        Instant now = clock.instant();
        Duration gap = Duration.between(last, now);
        last = now;
        Duration after = reached.getLast().after().plus(gap.compareTo(step) < 0 ? gap : step);
        if (reached.size() > 2
                && reached.getLast()
                                .after()
                                .compareTo(reached.get(reached.size() - 2).after().plus(step))
                        < 0) {
            reached.removeLast();
        }
        reached.add(new Reached(after, place));
        while (reached.size() > 1 && reached.get(1).after().compareTo(after.minus(overlap)) <= 0) {
            reached.removeFirst();
        }
    }
}
