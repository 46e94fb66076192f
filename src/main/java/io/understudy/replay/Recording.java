package io.understudy.replay;

import io.understudy.decision.FindingCode;
import io.understudy.decision.Policy;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that was to be known of one failure, and what was decided on it: complete in itself.
 *
 * @param about the components that the failure is about; what was decided of others is left out
 * @param from since when statements are on record
 * @param to until when
 * @param estate the version in force when it opened; likewise the policy
 * @param heard in the order in which it was heard
 */
public record Recording(
        Failure failure,
        Set<ComponentId> about,
        Instant from,
        Instant to,
        Estate estate,
        Policy policy,
        List<Heard> heard,
        List<RecordedRun> runs,
        List<Span.Held> decisions) {

    /**
     * The incident.
     *
     * @param firstObservedAt the first evidence; nothing before is compared
     */
    public record Failure(
            String id,
            ComponentId target,
            FindingCode code,
            Instant firstObservedAt,
            Instant openedAt,
            Optional<Instant> closedAt) {}

    public Recording {
        about = Set.copyOf(about);
        heard = List.copyOf(heard);
        runs = List.copyOf(runs);
        decisions = List.copyOf(decisions);
    }
}
