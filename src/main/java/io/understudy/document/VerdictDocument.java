package io.understudy.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.Decision;
import io.understudy.decision.GateClause;
import io.understudy.decision.Mode;
import io.understudy.decision.Remediation;
import io.understudy.estate.ComponentId;
import io.understudy.replay.Verdict;

/**
 * What is compared of a decision. It is always read from the document of the decision: what a
 * recording cannot tell apart is no difference.
 */
public final class VerdictDocument {

    private VerdictDocument() {}

    /** What of a decision is compared. */
    public static Verdict of(Decision decision) {
        return read(Cursor.of(DecisionDocument.write(decision)));
    }

    /** Reads it from the document of a decision whose shape is checked. */
    static Verdict read(Cursor decision) {
        return new Verdict(
                new Verdict.What(
                        decision.value("target", ComponentId::parse),
                        decision.constant("remediation", Remediation.class),
                        decision.optional("to", ComponentId::parse),
                        decision.flag("disasterMode")),
                decision.text("rule"),
                decision.constant("mode", Mode.class),
                decision.integer("approvalsRequired").orElse(0),
                decision.list("gate", VerdictDocument::clause),
                decision.text("reason"));
    }

    private static GateClause clause(Cursor clause) {
        JsonNode required = clause.node().path("required");
        return new GateClause(
                clause.constant("clause", Clause.class),
                clause.constant("result", ClauseResult.class),
                required.booleanValue(),
                clause.text("evidence"));
    }

    /** In short: what, by which row, and whether it could be carried out. */
    static ObjectNode write(Verdict verdict) {
        ObjectNode document =
                Tree.object()
                        .put("remediation", verdict.what().remediation().name())
                        .put("target", verdict.what().target().toString());
        Tree.text(document, "to", verdict.what().to());
        Tree.flag(document, "disasterMode", verdict.what().disasterMode());
        document.put("rule", verdict.rule()).put("mode", verdict.mode().name());
        if (verdict.isActed()) {
            document.put("approvalsRequired", verdict.approvalsRequired());
        }
        return verdict.blocked() ? document.put("blocked", true) : document;
    }
}
