package io.understudy.estate;

import java.util.List;
import java.util.stream.Stream;

/**
 * The rules of domain.md 2 to 6 that can be seen in an estate document. Neither Topology Builder
 * nor its validation enforces most of them (domain.md 2.2), so this service must.
 */
public final class EstateRules {

    private static final List<EstateRule> ALL =
            Stream.of(
                            NameRules.ALL,
                            ReferenceRules.ALL,
                            PoolRules.ALL,
                            PairRules.ALL,
                            CentralManagementRules.ALL,
                            StoreRules.ALL,
                            OtherStoreRules.ALL,
                            SqlHostRules.ALL,
                            EdgeRules.ALL,
                            ChatRules.ALL)
                    .flatMap(List::stream)
                    .toList();

    private static final List<EstateRule> SOUND =
            Stream.of(NameRules.ALL, ReferenceRules.ALL).flatMap(List::stream).toList();

    private EstateRules() {}

    /** Every broken rule; an estate with an error is refused, advice only warns. */
    public static List<Violation> check(Estate estate) {
        return ALL.stream().flatMap(rule -> rule.violations(estate).stream()).toList();
    }

    /**
     * The broken rules without which a document says nothing definite: names that occur twice, and
     * references to what is not there. An estate that is unsupported otherwise can still be asked
     * about.
     */
    public static List<Violation> checkSound(Estate estate) {
        return SOUND.stream().flatMap(rule -> rule.violations(estate).stream()).toList();
    }

    /** The codes of all rules, in the order in which they are checked. */
    static List<String> codes() {
        return ALL.stream().map(EstateRule::code).toList();
    }
}
