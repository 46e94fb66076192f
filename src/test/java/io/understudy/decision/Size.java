package io.understudy.decision;

import java.util.List;
import java.util.Set;

/** How much an evaluation lets move. */
final class Size {

    /**
     * From the least to the most that a remediation moves; those beside each other are equal. What
     * nobody carries out here is nothing: the less is known, the more a person may be asked to
     * look.
     */
    private static final List<Set<Remediation>> BY_SIZE =
            List.of(
                    Set.of(Remediation.NONE, Remediation.WAIT, Remediation.REPAIR),
                    Set.of(
                            Remediation.PRINCIPAL_ALIGNMENT,
                            Remediation.MIRROR_FAILOVER,
                            Remediation.MIRROR_FAILBACK,
                            Remediation.AVAILABILITY_GROUP_FAILOVER),
                    Set.of(Remediation.QUORUM_RECOVERY),
                    Set.of(
                            Remediation.FORCED_MIRROR_FAILOVER,
                            Remediation.FORCED_AVAILABILITY_GROUP_FAILOVER),
                    Set.of(Remediation.CMS_FAILOVER, Remediation.EDGE_NEXT_HOP_CHANGE),
                    Set.of(
                            Remediation.POOL_FAILOVER,
                            Remediation.POOL_FAILBACK,
                            Remediation.CHAT_FAILOVER,
                            Remediation.CHAT_FAILBACK));

    private Size() {}

    static int largest(Evaluation evaluation) {
        return evaluation.decisions().stream()
                .filter(d -> !d.blocked())
                .mapToInt(d -> size(d.remediation()))
                .max()
                .orElse(0);
    }

    private static int size(Remediation remediation) {
        for (int i = 0; i < BY_SIZE.size(); i++) {
            if (BY_SIZE.get(i).contains(remediation)) {
                return i;
            }
        }
        throw new AssertionError(remediation + " has no size");
    }

    static List<String> open(Evaluation evaluation) {
        return evaluation.decisions().stream()
                .filter(d -> !d.blocked())
                .map(d -> d.remediation() + " of " + d.target())
                .toList();
    }
}
