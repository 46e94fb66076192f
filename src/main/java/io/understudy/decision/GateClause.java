package io.understudy.decision;

/**
 * One condition that must be proven before a remediation may run.
 *
 * @param required whether the remediation is blocked unless the clause has passed; a clause that is
 *     not required raises the number of approvals instead (domain.md 8.5: "or operator accepts
 *     unknown loss")
 * @param evidence a sentence: what proves or disproves it, or what is missing
 */
public record GateClause(Clause clause, ClauseResult result, boolean required, String evidence) {

    public boolean blocks() {
        return required && result != ClauseResult.PASSED;
    }
}
