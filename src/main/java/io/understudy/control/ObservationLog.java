package io.understudy.control;

import io.understudy.estate.ComponentId;
import io.understudy.health.Observation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Every accepted observation. */
public interface ObservationLog {

    /**
     * What became of a batch: those that were new, and those whose id was known already. A known
     * observation that now says that it is valid for longer is among {@code renewed}.
     */
    record Appended(List<Observation> fresh, List<Observation> renewed, int repeated) {}

    /**
     * Saves a batch, all or nothing; committed when it returns. The same id twice counts once,
     * within the batch too.
     */
    Appended append(List<Observation> observations, Instant receivedAt);

    /** What was observed at or after {@code since}, or is still valid then, oldest first. */
    List<Observation> since(Instant since);

    /** The newest observations of a component, newest first. */
    List<Observation> newest(Optional<ComponentId> component, int limit);
}
