package io.understudy.decision.rules;

import io.understudy.decision.Clause;
import io.understudy.decision.DataLoss;
import io.understudy.decision.Finding;
import io.understudy.decision.GateClause;
import io.understudy.decision.Interruption;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reset-CsPoolRegistrarState -ResetType QuorumLossRecovery (domain.md 3.3). */
final class QuorumRecovery {

    /** It completes within 30 minutes (domain.md 2.2). */
    private static final Duration TARGET = Duration.ofMinutes(30);

    private QuorumRecovery() {}

    static Proposal propose(HomeCase c, Row row, Finding finding) {
        PoolSituation home = c.home();
        List<GateClause> gate = new ArrayList<>();
        gate.add(
                Sight.clause(
                        Clause.STORE_SERVING,
                        home.storeServes(),
                        home.storeServes()
                                ? "the store serves, from which the routing groups are loaded"
                                : "the store does not serve, and there is nothing to load from"));
        gate.add(
                Sight.clause(
                        Clause.ENOUGH_SERVERS_REACHABLE,
                        home.countingReachable() >= home.required(),
                        home.countingReachable()
                                + " servers that count are reachable, "
                                + home.required()
                                + " are required"));
        gate.add(PoolGate.state(Clause.HOME_POOL_STATE_ACTIVE, c.fqdn(), home.lastState()));
        gate.addAll(new StartGate(c.sight()).clauses(Remediation.QUORUM_RECOVERY, c.id()));
        return Proposal.of(row, finding, new Remedy.QuorumRecovery(c.fqdn()))
                .saying("What was not yet written to the store is lost for those routing groups.")
                .acting(
                        gate,
                        new DataLoss.Unknown(),
                        new Interruption(
                                "users of the routing groups without quorum; others go on",
                                TARGET,
                                TARGET))
                .rejecting(poolFailover(c, row));
    }

    private static Rejected poolFailover(HomeCase c, Row row) {
        Duration rto = c.home().pool().release().poolFailoverRto();
        return new Rejected(
                Remediation.POOL_FAILOVER,
                "recovering quorum touches fewer users; a pool failover signs all of them out",
                row.id(),
                c.other()
                        .map(backup ->
                                BackupService.of(c.home(), backup.pool(), c.sight().now()).loss()),
                c.other().map(_ -> new Interruption("all users are signed out", rto, rto)));
    }
}
