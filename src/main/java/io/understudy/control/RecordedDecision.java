package io.understudy.control;

import io.understudy.decision.Decision;
import java.time.Instant;
import java.util.Optional;

/** A decision as it was kept: in force until another takes its place. */
public record RecordedDecision(
        String id,
        Decision decision,
        Instant takenAt,
        Optional<Instant> endedAt,
        Optional<String> incident) {}
