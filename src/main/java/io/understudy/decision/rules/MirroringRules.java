package io.understudy.decision.rules;

import java.util.List;
import java.util.stream.Stream;

/**
 * The rows of a mirrored store (domain.md 8.2). The first that applies decides; together they cover
 * the truth table of domain.md 4.6.
 */
final class MirroringRules {

    static final List<Rule<StoreCase>> ROWS =
            Stream.concat(PrincipalRules.ROWS.stream(), PartnerRules.ROWS.stream()).toList();

    private MirroringRules() {}
}
