package io.understudy.testing;

import io.understudy.control.ObservationLog;
import io.understudy.health.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a log has kept, all of it at once. */
public final class Kept {

    private Kept() {}

    /** As {@link ObservationLog#since}. */
    public static List<Observation> since(ObservationLog log, Instant since) {
        List<Observation> all = new ArrayList<>();
        log.since(since, all::addAll);
        return List.copyOf(all);
    }
}
