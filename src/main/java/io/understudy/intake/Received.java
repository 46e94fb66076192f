package io.understudy.intake;

import io.understudy.health.Observation;
import java.util.List;

/**
 * What a notification came to.
 *
 * @param unmatched the alerts that could not be mapped: reported, and never a reason to refuse the
 *     others
 */
public record Received(List<Observation> observations, List<Unmatched> unmatched) {

    /** An alert that says nothing about the estate, and why. */
    public record Unmatched(String fingerprint, String alertname, String why) {}

    public Received {
        observations = List.copyOf(observations);
        unmatched = List.copyOf(unmatched);
    }
}
