package io.understudy.replay;

import io.understudy.health.Observation;
import java.time.Instant;

/**
 * A statement, and when it came in: nothing can be decided on it before.
 *
 * @param at when the service had it; what it says may be older
 */
public record Heard(Observation observation, Instant at) {

    /** Heard when it was so. */
    public static Heard atOnce(Observation observation) {
        return new Heard(observation, observation.observedAt());
    }
}
