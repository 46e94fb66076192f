package io.understudy.runbook;

import io.understudy.decision.Remediation;
import io.understudy.estate.ComponentId;
import java.util.List;

/** The ordered steps that carry a decision out. */
public record Runbook(Remediation remediation, ComponentId target, List<Step> steps) {

    public Runbook {
        steps = List.copyOf(steps);
    }
}
