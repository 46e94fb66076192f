package io.understudy.control;

import io.understudy.audit.AuditEvent;
import io.understudy.decision.Decision;
import io.understudy.run.Run;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What the audit says of decisions that were taken: written with them. */
public final class DecisionAudit {

    private DecisionAudit() {}

    /** The events of decisions that are new on record. */
    public static List<AuditEvent> of(Collection<RecordedDecision> taken) {
        return taken.stream()
                .filter(decision -> decision.endedAt().isEmpty())
                .map(DecisionAudit::event)
                .toList();
    }

    private static AuditEvent event(RecordedDecision taken) {
        Decision decision = taken.decision();
        return new AuditEvent(
                taken.takenAt(),
                Run.UNDERSTUDY,
                "DECISION_TAKEN",
                decision.target().toString(),
                Map.of(
                        "decision", taken.id(),
                        "remediation", decision.remediation().name(),
                        "rule", decision.rule(),
                        "mode", decision.mode().name(),
                        "blocked", Boolean.toString(decision.blocked())));
    }
}
