package io.understudy.runbook;

import io.understudy.decision.Decision;
import io.understudy.decision.GateClause;

/** A runbook as a document that a person could carry out by hand, in Markdown. */
public final class Handbook {

    private Handbook() {}

    public static String markdown(Runbook runbook, Decision decision) {
        StringBuilder text = new StringBuilder();
        text.append("# ")
                .append(runbook.remediation())
                .append(" of ")
                .append(runbook.target())
                .append("\n\n");
        text.append(decision.reason())
                .append("\n\nRule ")
                .append(decision.rule())
                .append(" of the decision table.\n\n");
        text.append("## Before you begin\n\n");
        for (GateClause clause : decision.gate()) {
            text.append("- [ ] ")
                    .append(clause.clause())
                    .append(": ")
                    .append(clause.evidence())
                    .append(" (")
                    .append(clause.result())
                    .append(")\n");
        }
        text.append("\n## Steps\n");
        runbook.steps().forEach(step -> append(text, step));
        return text.toString();
    }

    private static void append(StringBuilder text, Step step) {
        text.append("\n### ")
                .append(step.number())
                .append(". ")
                .append(step.title())
                .append("\n\n");
        text.append("    ").append(step.command()).append("\n\n");
        step.verifications()
                .forEach(v -> text.append("- Afterwards: ").append(v.expectation()).append(".\n"));
        text.append("- Undo: ").append(step.undo()).append(".\n");
        text.append("- Repeat: ")
                .append(
                        step.repeatable()
                                ? "may be run again as it is"
                                : "look first whether it took effect")
                .append(".\n");
        if (step.irreversible()) {
            text.append("- **This cannot be undone.**\n");
        }
        text.append("- Time limit: ").append(step.timeLimit()).append(".\n");
    }
}
