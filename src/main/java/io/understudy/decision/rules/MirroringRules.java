package io.understudy.decision.rules;

import java.util.List;
import java.util.stream.Stream;

/**
 * The rows of a mirrored store (domain.md 8.2). The first that applies decides; together they cover
 * the truth table of domain.md 4.6.
 */
final class MirroringRules {

    static final List<Rule<StoreCase>> RULES =
            Stream.of(LogRules.FULL, PrincipalRules.RULES, PartnerRules.RULES, SessionRules.RULES)
                    .flatMap(List::stream)
                    .toList();

    private MirroringRules() {}
}
