package io.understudy.decision;

import java.util.List;

/**
 * What a snapshot amounts to: findings by severity, then target; decisions in the order to carry
 * them out.
 */
public record Evaluation(List<Finding> findings, List<Decision> decisions) {

    public static final Evaluation NOTHING = new Evaluation(List.of(), List.of());

    public Evaluation {
        findings = List.copyOf(findings);
        decisions = List.copyOf(decisions);
    }
}
