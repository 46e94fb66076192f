package io.understudy.decision.rules;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One row of the decision table at work.
 *
 * @param <S> the situation that the row looks at
 * @param proposal what it proposes; empty where it does not apply
 */
record Rule<S>(Row row, Function<S, Optional<Proposal>> proposal) {

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
