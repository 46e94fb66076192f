package io.understudy.control;

import java.time.Duration;

/**
 * How much goes into the recording of an incident.
 *
 * @param margin how long before its first evidence observations are recorded: long enough that
 *     everything was heard once and the state before the failure is known; more than nothing
 * @param mostObservations a recording with more is refused; at least 1
 */
public record RecordingSettings(Duration margin, int mostObservations) {

    public RecordingSettings {
        if (!margin.isPositive() || mostObservations < 1) {
            throw new IllegalArgumentException(
                    "margin is more than nothing, and mostObservations at least 1");
        }
    }
}
