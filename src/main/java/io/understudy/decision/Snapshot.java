package io.understudy.decision;

import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.health.Conditions;
import java.time.Instant;
import java.util.List;

/**
 * All that the decider may see.
 *
 * @param runs the open ones and those that ended of late
 * @param planned what people ask for as planned work
 */
public record Snapshot(
        Estate estate,
        Conditions conditions,
        List<KnownRun> runs,
        List<Planned> planned,
        Policy policy,
        Instant takenAt) {

    /** Planned work that somebody asks for: a switch of a store, a failover of a pool. */
    public record Planned(Remediation remediation, ComponentId target) {}

    public Snapshot {
        runs = List.copyOf(runs);
        planned = List.copyOf(planned);
    }

    /** Nothing is planned. */
    public Snapshot(
            Estate estate,
            Conditions conditions,
            List<KnownRun> runs,
            Policy policy,
            Instant takenAt) {
        this(estate, conditions, runs, List.of(), policy, takenAt);
    }
}
