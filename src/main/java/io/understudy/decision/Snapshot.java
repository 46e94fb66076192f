package io.understudy.decision;

import io.understudy.estate.Estate;
import io.understudy.health.Conditions;
import java.time.Instant;
import java.util.List;

/**
 * All that the decider may see.
 *
 * @param runs the open ones and those ended within the cool-down
 */
public record Snapshot(
        Estate estate, Conditions conditions, List<KnownRun> runs, Policy policy, Instant takenAt) {

    public Snapshot {
        runs = List.copyOf(runs);
    }
}
