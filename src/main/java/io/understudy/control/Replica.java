package io.understudy.control;

import io.understudy.estate.ObserverName;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A process that works on the database that all replicas share.
 *
 * @param name its own, and of no other process that ever was
 * @param port where its API listens; empty where it does not know
 * @param version of the program
 * @param observers whom it plays; empty means all of the estate
 * @param lastSeen by the database's clock, as {@code startedAt}
 * @param alive whether it was seen of late
 */
public record Replica(
        String name,
        String host,
        OptionalInt port,
        String version,
        Optional<Set<ObserverName>> observers,
        Instant startedAt,
        Instant lastSeen,
        boolean alive) {

    public Replica {
        observers = observers.map(Set::copyOf);
    }

    /** Whether it may look as this observer. */
    public boolean plays(ObserverName observer) {
        return observers.map(names -> names.contains(observer)).orElse(true);
    }
}
