package io.understudy.decision.rules;

import io.understudy.decision.DataLoss;
import io.understudy.decision.Finding;
import io.understudy.decision.GateClause;
import io.understudy.decision.Interruption;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remedy;
import io.understudy.estate.ComponentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a rule makes of a situation, before policy and order.
 *
 * @param findings what is wrong
 * @param target what the remedy is for
 * @param before proposals that must have been carried out first, in this order
 */
public record Proposal(
        String rule,
        List<Finding> findings,
        ComponentId target,
        Remedy remedy,
        String reason,
        List<GateClause> gate,
        DataLoss dataLoss,
        Interruption interruption,
        List<Rejected> rejected,
        List<Proposal> before) {

    private static final Interruption NOBODY =
            new Interruption(
                    "nobody more than the failure itself does", Duration.ZERO, Duration.ZERO);

    public Proposal {
        findings = List.copyOf(findings);
        gate = List.copyOf(gate);
        rejected = List.copyOf(rejected);
        before = List.copyOf(before);
    }

    /**
     * A proposal that acts on nothing: it says what is wrong, and what a person or time does about
     * it.
     */
    static Proposal passive(
            String rule, Finding finding, Remedy remedy, String reason, Rejected... rejected) {
        return new Proposal(
                rule,
                List.of(finding),
                finding.target(),
                remedy,
                reason,
                List.of(),
                new DataLoss.None(),
                NOBODY,
                List.of(rejected),
                List.of());
    }

    Proposal with(Finding finding) {
        List<Finding> all = new ArrayList<>(findings);
        all.add(finding);
        return new Proposal(
                rule, all, target, remedy, reason, gate, dataLoss, interruption, rejected, before);
    }

    public boolean blocked() {
        return gate.stream().anyMatch(GateClause::blocks);
    }
}
