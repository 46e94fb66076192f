package io.understudy.control;

import io.understudy.decision.FindingCode;
import io.understudy.estate.ComponentId;
import java.time.Instant;
import java.util.Optional;

/**
 * All that belongs to one failure, from the first observation to the report.
 *
 * @param code the finding that opened it
 * @param firstObservedAt the earliest statement that the finding rests on
 * @param openedAt when the finding was made
 * @param closedAt when no confirmed finding was left on the target
 */
public record Incident(
        String id,
        ComponentId target,
        FindingCode code,
        Instant firstObservedAt,
        Instant openedAt,
        Optional<Instant> closedAt) {}
