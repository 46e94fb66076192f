package io.understudy.control;

import java.time.Duration;

/**
 * How often is looked, and how often that is kept.
 *
 * @param interval the pause between two looks of one observer at one component; more than nothing
 * @param heartbeat how old what was kept last may become before a look that tells nothing new is
 *     kept, too; shorter than the thresholds' greatest age, so that a restart finds fresh evidence
 * @param confirmations how many looks after a change of status are kept although they only say it
 *     again; at least as many as hysteresis asks for less one, so that a restart and a replay
 *     settle a status when it was settled
 */
public record WatchSettings(Duration interval, Duration heartbeat, int confirmations) {

    public WatchSettings {
        if (!interval.isPositive() || !heartbeat.isPositive() || confirmations < 0) {
            throw new IllegalArgumentException(
                    "interval and heartbeat are more than nothing, confirmations not less");
        }
    }
}
