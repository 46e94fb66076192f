package io.understudy.health;

import io.understudy.estate.ComponentId;
import io.understudy.estate.ObserverName;
import java.time.Instant;
import java.util.Optional;

/**
 * One observer's statement about one component at one time.
 *
 * @param id makes it count once, however often it is sent
 * @param observedAt when it was so; orders the statements of one observer whatever order they
 *     arrive in
 * @param signal tells apart the ways in which one observer looks at one component, an alert's
 *     fingerprint for instance: the worst of them counts; empty where there is only one
 * @param samples how many consecutive probes the statement sums up, at least 1: a monitoring system
 *     that has waited before it alerts says more than one
 * @param validUntil until when it is fresh, where its source says so itself; else the thresholds'
 *     greatest age rules
 */
public record Observation(
        String id,
        ComponentId component,
        Status status,
        ObserverName observer,
        Instant observedAt,
        Facts facts,
        String signal,
        int samples,
        Optional<Instant> validUntil) {

    public Observation {
        if (samples < 1) {
            throw new IllegalArgumentException("samples is at least 1, not " + samples);
        }
    }

    /** A plain statement of one probe. */
    public Observation(
            String id,
            ComponentId component,
            Status status,
            ObserverName observer,
            Instant observedAt,
            Facts facts) {
        this(id, component, status, observer, observedAt, facts, "", 1, Optional.empty());
    }

    /**
     * Whether it says again what another one said: the same of the same component by the same
     * observer, looking in the same way. Only then may it prolong the other one.
     */
    public boolean repeats(Observation other) {
        return component.equals(other.component)
                && status == other.status
                && observer.equals(other.observer)
                && signal.equals(other.signal);
    }

    /** The same statement, standing for as many probes as settle a status. */
    Observation asSettled(Thresholds thresholds) {
        return new Observation(
                id,
                component,
                status,
                observer,
                observedAt,
                facts,
                signal,
                Math.max(samples, thresholds.consecutive()),
                validUntil);
    }
}
