package io.understudy.proof;

import io.understudy.decision.Decision;
import io.understudy.decision.Evaluation;
import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.estate.ComponentId;
import io.understudy.estate.PoolFqdn;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What an evaluation lets happen. */
record Acts(Evaluation evaluation) {

    private static final Set<Remediation> IDLE =
            Set.of(Remediation.NONE, Remediation.WAIT, Remediation.REPAIR);

    /** Those that change the estate and whose gate is open. */
    Stream<Decision> open() {
        return evaluation.decisions().stream()
                .filter(d -> !d.blocked() && !IDLE.contains(d.remediation()));
    }

    Stream<Decision> open(Remediation remediation) {
        return open().filter(d -> d.remediation() == remediation);
    }

    boolean opens(Remediation remediation, ComponentId target) {
        return open(remediation).anyMatch(d -> d.target().equals(target));
    }

    boolean movesUsersOf(int pool) {
        return opens(Remediation.POOL_FAILOVER, poolId(pool));
    }

    /** Whether there is a decision of one of these kinds, open or not. */
    boolean decides(ComponentId target, Remediation... kinds) {
        return evaluation.decisions().stream()
                .anyMatch(d ->
                        d.target().equals(target)
                                && Arrays.asList(kinds).contains(d.remediation()));
    }

    boolean finds(ComponentId target, FindingCode... codes) {
        return findings(codes).stream().anyMatch(f -> f.target().equals(target));
    }

    List<Finding> findings(FindingCode... codes) {
        return evaluation.findings().stream()
                .filter(f -> Arrays.asList(codes).contains(f.code()))
                .toList();
    }

    /** Whether an open decision of this kind must have been carried out before. */
    boolean isAfter(Decision later, Remediation first) {
        return open(first).anyMatch(d -> later.after().contains(d.order()));
    }

    /** The number of the pool in the pair; 0 for any other. */
    static int number(PoolFqdn pool) {
        return pool.equals(Shape.fqdn(1)) ? 1 : pool.equals(Shape.fqdn(2)) ? 2 : 0;
    }

    static ComponentId poolId(int pool) {
        return ComponentId.of(Shape.fqdn(pool));
    }

    static boolean isForced(Remediation remediation) {
        return remediation == Remediation.FORCED_MIRROR_FAILOVER
                || remediation == Remediation.FORCED_AVAILABILITY_GROUP_FAILOVER;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        evaluation
                .findings()
                .forEach(f ->
                        text.append("    finding ")
                                .append(f.code())
                                .append(' ')
                                .append(f.target())
                                .append(f.confirmed() ? "" : " (unconfirmed)")
                                .append(" by ")
                                .append(f.rule())
                                .append('\n'));
        evaluation.decisions().forEach(d -> text.append(line(d)));
        return text.toString();
    }

    private static String line(Decision d) {
        StringBuilder text = new StringBuilder("    decision " + d.order() + ' ');
        text.append(d.remedy() instanceof Remedy.Repair ? d.remediation() : d.remedy());
        text.append(" of ").append(d.target()).append(" by ").append(d.rule());
        text.append(d.after().isEmpty() ? "" : " after " + d.after());
        text.append(' ').append(d.mode()).append(", approvals ").append(d.approvalsRequired());
        text.append(", loss ").append(d.dataLoss()).append(d.blocked() ? ", blocked by " : "");
        d.gate().stream()
                .filter(c -> c.blocks())
                .forEach(c -> text.append(c.clause()).append('=').append(c.result()).append(' '));
        return text.append('\n').toString();
    }
}
