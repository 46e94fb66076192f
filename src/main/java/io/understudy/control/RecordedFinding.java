package io.understudy.control;

import io.understudy.decision.Finding;
import java.time.Instant;
import java.util.Optional;

/** A finding as it was kept: open until it is no longer made. */
public record RecordedFinding(
        String id,
        Finding finding,
        Instant openedAt,
        Optional<Instant> closedAt,
        Optional<String> incident) {}
