package io.understudy.decision;

import io.understudy.estate.ComponentId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What should happen, why, and why nothing else.
 *
 * @param order place in the sequence, from 1
 * @param after orders of the decisions that must have been carried out before
 * @param target what it is about
 * @param rule row of domain.md 8
 * @param approvalsRequired how many different people must approve before it runs
 * @param gate what must be proven; empty for a remediation that does nothing
 */
public record Decision(
        int order,
        List<Integer> after,
        Remedy remedy,
        ComponentId target,
        String rule,
        Mode mode,
        int approvalsRequired,
        DataLoss dataLoss,
        Interruption interruption,
        String reason,
        List<GateClause> gate,
        List<Rejected> rejected) {

    public Decision {
        after = List.copyOf(after);
        gate = List.copyOf(gate);
        rejected = List.copyOf(rejected);
    }

    public Remediation remediation() {
        return remedy.remediation();
    }

    /**
     * Whether a required clause of the gate is not proven: such a decision is shown and never run.
     */
    public boolean blocked() {
        return gate.stream().anyMatch(GateClause::blocks);
    }

    /** The target, and the pool or instance that takes over from it, or from which it returns. */
    public List<ComponentId> touched() {
        return Stream.concat(Stream.of(target), remedy.other().stream()).distinct().toList();
    }

    /** Whether somebody acts: NONE, WAIT and REPAIR are carried out by nobody here. */
    public boolean isActed() {
        return remediation().acts();
    }

    Decision withApprovals(int approvals) {
        return new Decision(
                order,
                after,
                remedy,
                target,
                rule,
                mode,
                approvals,
                dataLoss,
                interruption,
                reason,
                gate,
                rejected);
    }

    /**
     * What makes it the same decision as one taken earlier, whatever the evidence says in detail.
     * That runs are under way, most often its own, makes it no other decision.
     */
    public String essence() {
        return String.join(
                "|",
                remediation().name(),
                target.toString(),
                rule,
                mode.name(),
                Integer.toString(approvalsRequired),
                gate.stream()
                        .filter(c -> !c.clause().ofRuns())
                        .map(c -> c.clause() + "=" + c.result())
                        .collect(Collectors.joining(",")),
                rejected.stream()
                        .map(r -> r.remediation() + "/" + r.rule())
                        .collect(Collectors.joining(",")));
    }
}
