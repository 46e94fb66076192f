package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/** What tests ask of an evaluation. */
final class Expect {

    private Expect() {}

    static Decision only(Evaluation evaluation, Remediation remediation) {
        List<Decision> found = all(evaluation, remediation);
        assertEquals(1, found.size(), () -> remediation + " in " + evaluation);
        return found.getFirst();
    }

    static List<Decision> all(Evaluation evaluation, Remediation remediation) {
        return evaluation.decisions().stream().filter(d -> d.remediation() == remediation).toList();
    }

    static Decision forTarget(Evaluation evaluation, String target) {
        return evaluation.decisions().stream()
                .filter(d -> d.target().toString().equals(target))
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError("nothing decided for " + target + " in " + evaluation));
    }

    static Finding finding(Evaluation evaluation, FindingCode code) {
        return evaluation.findings().stream()
                .filter(f -> f.code() == code)
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("no " + code + " in " + evaluation.findings()));
    }

    static void nothingActs(Evaluation evaluation) {
        assertTrue(
                evaluation.decisions().stream().noneMatch(d -> d.isActed() && !d.blocked()),
                () -> "somebody would act: " + evaluation.decisions());
    }

    static Rejected rejected(Decision decision, Remediation remediation) {
        return decision.rejected().stream()
                .filter(r -> r.remediation() == remediation)
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(
                                remediation + " is not among the rejected of " + decision));
    }

    static ClauseResult clause(Decision decision, Clause clause) {
        return in(decision, clause).result();
    }

    /** A clause of the gate in full: "RESULT: evidence", and "RESULT?" where it is not required. */
    static String words(Decision decision, Clause clause) {
        GateClause found = in(decision, clause);
        return found.result() + (found.required() ? ": " : "?: ") + found.evidence();
    }

    private static GateClause in(Decision decision, Clause clause) {
        return decision.gate().stream()
                .filter(c -> c.clause() == clause)
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError(clause + " is not in the gate of " + decision));
    }

    /**
     * The gate as it stands, in its order: "CLAUSE=RESULT", and "?" behind what is not required.
     */
    static List<String> gate(Decision decision) {
        return decision.gate().stream()
                .map(c -> c.clause() + "=" + c.result() + (c.required() ? "" : "?"))
                .toList();
    }

    /** Nothing of the kind is decided. */
    static void none(Evaluation evaluation, Remediation remediation) {
        assertEquals(List.of(), all(evaluation, remediation));
    }

    /** It is decided, and nobody starts it, whatever policy says. */
    static void onlyByPeople(Decision decision, int approvals) {
        assertEquals(Mode.ADVISE, decision.mode(), decision::toString);
        assertEquals(approvals, decision.approvalsRequired(), decision::toString);
    }
}
