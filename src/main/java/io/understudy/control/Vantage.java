package io.understudy.control;

import io.understudy.adapter.spi.Probe;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.Observer;
import io.understudy.estate.ObserverName;
import io.understudy.health.Observation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The observers that this process plays, and the probe that they look with.
 *
 * @param played the names of the observers that are played here; empty means all of the estate,
 *     which is only true to life where the probe plays them apart
 */
public record Vantage(Probe probe, Optional<Set<ObserverName>> played, InstantSource clock) {

    public Vantage {
        played = played.map(Set::copyOf);
    }

    /** The observers of the estate that are played here. */
    public List<ObserverName> observers(Estate estate) {
        return estate.observers().stream()
                .map(Observer::name)
                .filter(name -> played.map(names -> names.contains(name)).orElse(true))
                .toList();
    }

    /** Looks, and says it as an observation. */
    Observation look(ObserverName observer, ComponentId component) {
        Probe.Reading reading = probe.read(observer, component);
        Instant at = clock.instant();
        return new Observation(
                observer + " " + component + " " + at,
                component,
                reading.status(),
                observer,
                at,
                reading.facts());
    }
}
