package io.understudy.decision.rules;

import io.understudy.decision.Remediation;
import java.util.List;

/**
 * What a row of the decision table says, in words (domain.md 8).
 *
 * @param id its id there
 * @param basis whether it is Microsoft's guidance or inferred from it
 * @param condition when it applies
 * @param sentence what it tells the operator
 * @param cost what its remediations cost
 * @param mustNot what must not be done
 * @param remediations what it may propose; empty where there is nothing to watch
 */
public record Row(
        String id,
        Basis basis,
        String condition,
        String sentence,
        String cost,
        String mustNot,
        List<Remediation> remediations) {

    /** Where a row comes from. */
    public enum Basis {
        GUIDANCE,
        INFERENCE
    }

    public Row {
        remediations = List.copyOf(remediations);
    }

    /** Whether anything of an estate shows that it applies. */
    public boolean watched() {
        return !remediations.isEmpty();
    }

    Row(
            String id,
            Basis basis,
            String condition,
            String sentence,
            String cost,
            String mustNot,
            Remediation... remediations) {
        this(id, basis, condition, sentence, cost, mustNot, List.of(remediations));
    }
}
