package io.understudy.runbook;

import io.understudy.estate.ComponentId;
import io.understudy.estate.PoolFqdn;
import java.time.Duration;

/** Routing groups in quorum loss reload from the store (domain.md 3.3). */
final class Quorum {

    /** Within which Microsoft says that it completes. */
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private Quorum() {}

    static Draft recovery(PoolFqdn pool) {
        return Draft.of(
                        "Let the routing groups of " + pool + " reload from its store",
                        new Action.RecoverQuorum(pool),
                        LIMIT,
                        "Reset-CsPoolRegistrarState -PoolFqdn "
                                + pool
                                + " -ResetType QuorumLossRecovery -Confirm:$false -Verbose")
                .seen(
                        new Verification.RoutingGroupsWhole(pool),
                        new Verification.Serves(ComponentId.of(pool)))
                .undoneBy("nothing; what those routing groups had not written to the store is gone")
                .noting(
                        "only routing groups in quorum loss reload, the others are not touched; the"
                                + " store must serve",
                        "look at Get-CsPoolFabricState -PoolFqdn "
                                + pool
                                + " -Type Routing -Verbose before and after",
                        "not -ResetType FullReset, which rebuilds the local databases and is for"
                                + " Microsoft's support to ask for; nor MachineStateRemoved, from"
                                + " which a server does not return",
                        "do not restart the whole pool first, and leave services alone that are"
                                + " Start Pending within the hour of a cold start");
    }
}
