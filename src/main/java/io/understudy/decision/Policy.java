package io.understudy.decision;

import io.understudy.estate.ComponentId;
import io.understudy.health.Thresholds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the operators allow, and how long to wait before what.
 *
 * @param modes the first rule that fits decides; else {@link #defaultMode}
 * @param mirrorFailoverGrace how long SQL Server is given to fail over by itself, at least 60 s
 *     with a witness (domain.md 8.8 no. 3)
 * @param backEndBudget how long users work normally without their store (domain.md 8.0 no. 3: 30
 *     minutes); before it is spent no pool fails over for the store alone
 * @param frontEndRestartBudget how long Front End Servers that are starting may take before the
 *     pool fails over; empty means the release's recovery time objective (row F5)
 * @param lossAlignment how far apart the loss of a principal and of its mirroring may be seen and
 *     still be one event; beyond it the principal may have written alone
 * @param coolDown how long after a run's end the same remediation of the same target does not start
 *     by itself
 * @param primaryStoreVotes in which pools the primary SQL store counts as a voter (domain.md 11 no.
 *     6: sources differ)
 */
public record Policy(
        Thresholds thresholds,
        List<ModeRule> modes,
        Duration mirrorFailoverGrace,
        Duration backEndBudget,
        Optional<Duration> frontEndRestartBudget,
        Duration lossAlignment,
        Duration coolDown,
        PrimaryStoreVotes primaryStoreVotes) {

    /** In which Front End pools the primary SQL store has a vote. */
    public enum PrimaryStoreVotes {
        EVEN_SIZED_POOLS,
        ALL_POOLS
    }

    /**
     * Sets a mode.
     *
     * @param remediation the only remediation it is about; empty means every one
     * @param scope a site, pool or store; empty means everywhere
     */
    public record ModeRule(
            Optional<Remediation> remediation, Optional<ComponentId> scope, Mode mode) {}

    public static final Policy DEFAULT =
            new Policy(
                    Thresholds.DEFAULT,
                    List.of(),
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(30),
                    Optional.empty(),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(5),
                    PrimaryStoreVotes.EVEN_SIZED_POOLS);

    public Policy {
        modes = List.copyOf(modes);
    }

    /** The mode of a remediation where no rule says otherwise (product.md). */
    public static Mode defaultMode(Remediation remediation) {
        return switch (remediation) {
            case NONE, WAIT, MIRROR_FAILOVER, PRINCIPAL_ALIGNMENT -> Mode.AUTOMATE;
            case REPAIR,
                    FORCED_MIRROR_FAILOVER,
                    MIRROR_FAILBACK,
                    AVAILABILITY_GROUP_FAILOVER,
                    FORCED_AVAILABILITY_GROUP_FAILOVER,
                    QUORUM_RECOVERY,
                    CMS_FAILOVER,
                    EDGE_NEXT_HOP_CHANGE,
                    POOL_FAILOVER,
                    POOL_FAILBACK,
                    CHAT_FAILOVER,
                    CHAT_FAILBACK ->
                    Mode.ADVISE;
        };
    }

    /** The mode of a remediation for a target that belongs to the given scopes. */
    public Mode mode(Remediation remediation, List<ComponentId> scopes) {
        return modes.stream()
                .filter(rule -> rule.remediation().map(remediation::equals).orElse(true))
                .filter(rule -> rule.scope().map(scopes::contains).orElse(true))
                .findFirst()
                .map(ModeRule::mode)
                .orElseGet(() -> defaultMode(remediation));
    }
}
