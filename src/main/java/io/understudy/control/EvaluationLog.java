package io.understudy.control;

import io.understudy.estate.ComponentId;
import io.understudy.run.Fence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Findings, decisions and incidents over time: "why" and "why not" of every evaluation that changed
 * something.
 */
public interface EvaluationLog {

    /**
     * What one evaluation changed; ids of those that exist are kept, so saving the same change
     * twice changes nothing.
     */
    record Change(
            List<RecordedFinding> findings,
            List<RecordedDecision> decisions,
            List<Incident> incidents) {
        public Change {
            findings = List.copyOf(findings);
            decisions = List.copyOf(decisions);
            incidents = List.copyOf(incidents);
        }

        public boolean isEmpty() {
            return findings.isEmpty() && decisions.isEmpty() && incidents.isEmpty();
        }
    }

    /**
     * What to look for.
     *
     * @param kind a finding code or a remediation, by name
     * @param open true for those still open, false for those ended
     * @param incident those of one incident
     * @param before id of the last one of the page before
     * @param limit 1 to 1,000
     * @param within only what is about one of these; empty for all there is
     */
    record Query(
            Optional<ComponentId> target,
            Optional<String> kind,
            Optional<Boolean> open,
            Optional<String> incident,
            Optional<String> before,
            int limit,
            Optional<Set<ComponentId>> within) {

        /** Whatever it is about. */
        public Query(
                Optional<ComponentId> target,
                Optional<String> kind,
                Optional<Boolean> open,
                Optional<String> incident,
                Optional<String> before,
                int limit) {
            this(target, kind, open, incident, before, limit, Optional.empty());
        }
    }

    /**
     * Inserts what is new and updates what is known by id, in one transaction with the audit of the
     * decisions that are new: see {@link DecisionAudit}.
     *
     * @param fence of who evaluates on behalf of all replicas; empty for one that is alone
     * @throws io.understudy.run.FenceRefusal when it is no longer the one that does
     */
    void save(Change change, Optional<Fence> fence);

    /** The same for one that is alone. */
    default void save(Change change) {
        save(change, Optional.empty());
    }

    /** Newest first. */
    List<RecordedFinding> findings(Query query);

    /** Newest first. */
    List<RecordedDecision> decisions(Query query);

    /** Newest first. */
    List<Incident> incidents(Query query);

    /**
     * The findings that were open at any time from one to another, oldest first; at most {@code
     * limit}.
     */
    List<RecordedFinding> findingsDuring(Instant from, Instant to, int limit);

    /** The decisions that were in force then, likewise. */
    List<RecordedDecision> decisionsDuring(Instant from, Instant to, int limit);

    /** These findings and decisions, as far as there are any; no incidents. */
    Change saved(List<String> findings, List<String> decisions);

    Optional<Incident> incident(String id);
}
