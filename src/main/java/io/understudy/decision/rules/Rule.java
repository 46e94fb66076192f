package io.understudy.decision.rules;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One row of the decision table.
 *
 * @param <S> the situation that the row looks at
 * @param id the row's id in domain.md 8
 * @param basis whether it is Microsoft's guidance or inferred from it
 * @param condition when it applies, for people
 * @param mustNot what must not be done then, for people
 * @param proposal what it proposes; empty where it does not apply
 */
public record Rule<S>(
        String id,
        Basis basis,
        String condition,
        String mustNot,
        Function<S, Optional<Proposal>> proposal) {

    /** Where a row comes from. */
    public enum Basis {
        GUIDANCE,
        INFERENCE
    }

    /** What the first of the rules that applies proposes. */
    static <S> Optional<Proposal> first(List<Rule<S>> rules, S situation) {
        for (Rule<S> rule : rules) {
            Optional<Proposal> proposal = rule.proposal().apply(situation);
            if (proposal.isPresent()) {
                return proposal;
            }
        }
        return Optional.empty();
    }
}
