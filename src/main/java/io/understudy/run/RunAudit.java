package io.understudy.run;

import io.understudy.audit.AuditEvent;
import java.util.List;
import java.util.Map;

/** What the audit says of a change of a run: part of the change, and written with it. */
public final class RunAudit {

    private RunAudit() {}

    /**
     * The events of a change, in the order of its lines.
     *
     * @param run as it is after the change
     * @param lines what its journal gains
     */
    public static List<AuditEvent> of(Run run, List<JournalEntry> lines) {
        return lines.stream()
                .filter(line -> concernsRun(line.kind()))
                .map(line -> event(run, line))
                .toList();
    }

    private static AuditEvent event(Run run, JournalEntry line) {
        return new AuditEvent(
                line.at(),
                line.actor(),
                "RUN_" + line.kind(),
                "run:" + run.id(),
                Map.of(
                        "remediation",
                        run.decision().remediation().name(),
                        "target",
                        run.decision().target().toString(),
                        "message",
                        line.message()));
    }

    /** What is audited: decisions about a run and what came of it; the steps are in its journal. */
    private static boolean concernsRun(JournalEntry.Kind kind) {
        return switch (kind) {
            case OPENED,
                    APPROVED,
                    STARTED,
                    RESUMED,
                    ASKED,
                    CANCEL_REQUESTED,
                    CANCELLED,
                    HANDED_OVER,
                    SUCCEEDED,
                    FAILED ->
                    true;
            case INTENT, ALREADY_DONE, ACTED, VERIFIED, PROGRESS, SKIPPED, STEP_FAILED -> false;
        };
    }
}
