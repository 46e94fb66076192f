package io.understudy.decision.rules;

import io.understudy.decision.DataLoss;
import io.understudy.decision.Finding;
import io.understudy.decision.GateClause;
import io.understudy.decision.Interruption;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.estate.ComponentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a rule makes of a situation, before policy and order.
 *
 * @param rule id of the row
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

    /** What a row proposes; where it acts on nothing, nothing is lost and nobody is interrupted. */
    static Proposal of(Row row, ComponentId target, Remedy remedy) {
        return of(row, List.of(), target, remedy);
    }

    /** The same for what a finding is about. */
    static Proposal of(Row row, Finding finding, Remedy remedy) {
        return of(row, List.of(finding), finding.target(), remedy);
    }

    private static Proposal of(Row row, List<Finding> findings, ComponentId target, Remedy remedy) {
        return new Proposal(
                row.id(),
                findings,
                target,
                remedy,
                row.sentence(),
                List.of(),
                new DataLoss.None(),
                NOBODY,
                List.of(),
                List.of());
    }

    Proposal with(Finding finding) {
        return new Proposal(
                rule,
                joined(findings, finding),
                target,
                remedy,
                reason,
                gate,
                dataLoss,
                interruption,
                rejected,
                before);
    }

    /** The same for another target than its finding's. */
    Proposal with(ComponentId other) {
        return new Proposal(
                rule,
                findings,
                other,
                remedy,
                reason,
                gate,
                dataLoss,
                interruption,
                rejected,
                before);
    }

    /** What holds here beyond what the row says. */
    Proposal saying(String more) {
        return new Proposal(
                rule,
                findings,
                target,
                remedy,
                more.isEmpty() ? reason : reason + " " + more,
                gate,
                dataLoss,
                interruption,
                rejected,
                before);
    }

    /** An act: what must be proven, what it loses and whom it interrupts. */
    Proposal acting(List<GateClause> proven, DataLoss loss, Interruption interrupted) {
        return new Proposal(
                rule,
                findings,
                target,
                remedy,
                reason,
                proven,
                loss,
                interrupted,
                rejected,
                before);
    }

    /** One more clause that must be proven. */
    Proposal proving(GateClause clause) {
        return acting(joined(gate, clause), dataLoss, interruption);
    }

    Proposal rejecting(Remediation remediation, String because) {
        return rejecting(new Rejected(remediation, because, rule));
    }

    Proposal rejecting(Rejected... others) {
        List<Rejected> all = joined(rejected, others);
        return new Proposal(
                rule, findings, target, remedy, reason, gate, dataLoss, interruption, all, before);
    }

    Proposal after(List<Proposal> first) {
        return new Proposal(
                rule,
                findings,
                target,
                remedy,
                reason,
                gate,
                dataLoss,
                interruption,
                rejected,
                first);
    }

    /** The same by the name of another row, with its findings. */
    Proposal by(Row row) {
        if (rule.equals(row.id())) {
            return this;
        }
        return new Proposal(
                row.id(),
                findings.stream().map(f -> f.by(row.id())).toList(),
                target,
                remedy,
                reason,
                gate,
                dataLoss,
                interruption,
                rejected,
                before);
    }

    @SafeVarargs
    private static <T> List<T> joined(List<T> all, T... more) {
        if (all.isEmpty()) {
            return List.of(more);
        }
        List<T> joined = new ArrayList<>(all.size() + more.length);
        joined.addAll(all);
        Collections.addAll(joined, more);
        return joined;
    }

    public Remediation remediation() {
        return remedy.remediation();
    }

    public boolean blocked() {
        return gate.stream().anyMatch(GateClause::blocks);
    }
}
