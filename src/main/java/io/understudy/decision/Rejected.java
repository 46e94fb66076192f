package io.understudy.decision;

import java.util.Optional;

/**
 * A remediation that was considered and ruled out.
 *
 * @param because why
 * @param rule row of domain.md 8
 * @param dataLoss what it would have lost, where it competes with what was decided
 * @param interruption how it would have interrupted service, where it competes
 */
public record Rejected(
        Remediation remediation,
        String because,
        String rule,
        Optional<DataLoss> dataLoss,
        Optional<Interruption> interruption) {

    /** One that does not compete: it would not help, or must not be. */
    public Rejected(Remediation remediation, String because, String rule) {
        this(remediation, because, rule, Optional.empty(), Optional.empty());
    }
}
