package io.understudy.control;

import java.time.Duration;

/**
 * How often is looked, and how often that is kept.
 *
 * @param interval the pause between two looks of one observer at one component; more than nothing
 * @param heartbeat how old what was kept last may become before a look that tells nothing new is
 *     kept, too; shorter than the thresholds' greatest age, so that a restart finds fresh evidence
 */
public record WatchSettings(Duration interval, Duration heartbeat) {

    public WatchSettings {
        if (!interval.isPositive() || !heartbeat.isPositive()) {
            throw new IllegalArgumentException("interval and heartbeat are more than nothing");
        }
    }
}
