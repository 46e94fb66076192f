package io.understudy.decision.rules;

import static io.understudy.decision.rules.Row.Basis.GUIDANCE;

import io.understudy.decision.Clause;
import io.understudy.decision.DataLoss;
import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.GateClause;
import io.understudy.decision.Interruption;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.estate.PoolFqdn;
import io.understudy.health.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Moving the Central Management store to the pair of the pool that hosts it (rows P2 and P3). */
final class CentralManagementFailover {

    static final Row P2 =
            new Row(
                    "P2",
                    GUIDANCE,
                    "the lost pool hosts the Central Management store",
                    "The pool hosts the Central Management store: a pool failover would stop without it, so it moves first.",
                    "configuration changes of the last minutes (RTO 5, RPO 5 min)",
                    "no pool failover first; no second move at once",
                    Remediation.CMS_FAILOVER,
                    Remediation.POOL_FAILOVER);

    private static final Duration OBJECTIVE = Duration.ofMinutes(5);
    private static final Duration USUAL = Duration.ofMinutes(2);

    private CentralManagementFailover() {}

    /** Ahead of the failover of the pool that hosts it; by force where that pool is lost. */
    static Proposal ahead(HomeCase c, boolean disaster) {
        Proposal move = propose(c, P2, disaster, PoolGate.ofCms(c, disaster));
        return disaster ? move.with(finding(c)) : move;
    }

    private static Finding finding(HomeCase c) {
        return c.sight()
                .finding(
                        FindingCode.CMS_LOST,
                        c.id(),
                        P2.id(),
                        Severity.CRITICAL,
                        c.lostSince(),
                        c.home().lost().toArray(Condition[]::new));
    }

    /** It is on another pool than the one that is to fail over, and that one is lost too. */
    static Optional<Proposal> fromLostPool(HomeCase c) {
        Optional<PoolSituation> host = c.cms().standing(c.sight());
        if (host.isEmpty()) {
            return Optional.empty();
        }
        Optional<PoolSituation> pair =
                c.sight()
                        .estate()
                        .backupOf(host.get().pool())
                        .map(backup -> PoolSituation.of(c.sight(), backup));
        HomeCase there = new HomeCase(host.get(), pair, c.cms(), Optional.empty());
        return there.lost() && pair.isPresent()
                ? Optional.of(ahead(there, true))
                : Optional.empty();
    }

    /** The store that only it has is lost and no mirror serves, while its pool lives (row P3). */
    static Proposal forLostStore(HomeCase c, Row row, Finding finding, StoreSituation store) {
        List<GateClause> gate = new ArrayList<>(PoolGate.ofCms(c, false));
        gate.add(
                Sight.clause(
                        Clause.CMS_STORE_SEEN_DOWN,
                        store.unavailable(),
                        Sight.words(store.store().id(), store.principal())));
        return propose(c, row, true, gate).with(finding);
    }

    private static Proposal propose(HomeCase c, Row row, boolean force, List<GateClause> gate) {
        PoolFqdn to = c.backup().pool().fqdn();
        return Proposal.of(row, c.id(), new Remedy.CmsFailover(c.fqdn(), to, force))
                .acting(
                        gate,
                        force ? new DataLoss.Bounded(OBJECTIVE) : new DataLoss.None(),
                        new Interruption(
                                "no user; no configuration can be changed meanwhile",
                                USUAL,
                                OBJECTIVE))
                .rejecting(
                        Remediation.POOL_FAILOVER,
                        "not before the Central Management store is at " + to);
    }
}
