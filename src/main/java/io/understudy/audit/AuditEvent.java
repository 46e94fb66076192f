package io.understudy.audit;

import java.time.Instant;
import java.util.Map;

/**
 * One thing that was done.
 *
 * @param actor the name of the person or key, or {@code understudy} itself
 * @param action what was done, in upper snake case: RUN_APPROVED, ESTATE_CHANGED …
 * @param subject what it was done to: a component, a run, a document
 * @param details further facts; never a secret
 */
public record AuditEvent(
        Instant at, String actor, String action, String subject, Map<String, String> details) {

    public AuditEvent {
        details = Map.copyOf(details);
    }
}
