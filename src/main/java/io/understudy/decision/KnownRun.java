package io.understudy.decision;

import io.understudy.estate.ComponentId;
import java.time.Instant;
import java.util.Optional;

/** What the decider may know of a run. */
public record KnownRun(
        String id,
        Remediation remediation,
        ComponentId target,
        RunState state,
        Optional<Instant> endedAt) {}
