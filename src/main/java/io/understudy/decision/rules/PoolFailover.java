package io.understudy.decision.rules;

import io.understudy.decision.Clause;
import io.understudy.decision.DataLoss;
import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.GateClause;
import io.understudy.decision.Interruption;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.health.Condition;
import io.understudy.health.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pool failover with what must go before it: the CMS where the pool hosts it, then every Edge
 * pool's next hop (domain.md 5.1, product.md S5).
 */
final class PoolFailover {

    private static final Duration CMS_OBJECTIVE = Duration.ofMinutes(5);
    private static final Duration CMS_USUAL = Duration.ofMinutes(2);
    private static final Duration EDGE_USUAL = Duration.ofMinutes(3);

    private PoolFailover() {}

    /**
     * The proposal of a pool failover in disaster mode, which is what a lost pool or store needs.
     */
    static Proposal propose(
            HomeCase c, String row, Finding finding, String reason, List<Rejected> rejected) {
        PoolCase pair = c.pair();
        List<Proposal> before = new ArrayList<>();
        GateClause writable = cms(c, before);
        GateClause nextHop = edges(pair, writable, before);
        BackupService backupService = BackupService.of(pair.home(), pair.backup(), finding.since());
        List<GateClause> gate = new ArrayList<>(PoolGate.ofPool(pair, backupService));
        gate.add(writable);
        gate.add(nextHop);
        Pool home = c.home().pool();
        Duration target = home.release().poolFailoverRto();
        return new Proposal(
                row,
                List.of(finding),
                home.id(),
                new Remedy.PoolFailover(home.fqdn(), pair.backup().pool().fqdn(), true),
                reason,
                gate,
                backupService.loss(),
                new Interruption(
                        "all users of "
                                + home.fqdn()
                                + " are signed out and sign in again at "
                                + pair.backup().pool().fqdn()
                                + "; their conferences end",
                        target,
                        target),
                rejected,
                before);
    }

    private static GateClause cms(HomeCase c, List<Proposal> before) {
        if (!c.hostsCms()) {
            return c.cmsWritable();
        }
        Proposal move = cmsFailover(c);
        before.add(move);
        return Sight.clause(
                Clause.CMS_WRITABLE,
                !move.blocked(),
                move.blocked()
                        ? "the Central Management store is on the lost pool and cannot be moved now"
                        : "the Central Management store is moved first");
    }

    private static Proposal cmsFailover(HomeCase c) {
        PoolCase pair = c.pair();
        Pool home = c.home().pool();
        PoolFqdn to = pair.backup().pool().fqdn();
        Finding finding =
                c.home()
                        .sight()
                        .finding(
                                FindingCode.CMS_LOST,
                                home.id(),
                                "P2",
                                Severity.CRITICAL,
                                c.home().belowSince().orElse(c.home().sight().now()),
                                c.home().lost().toArray(Condition[]::new));
        return new Proposal(
                "P2",
                List.of(finding),
                home.id(),
                new Remedy.CmsFailover(home.fqdn(), to, true),
                "The lost pool hosts the Central Management store: the pool failover would stop without it.",
                PoolGate.ofCms(pair),
                new DataLoss.Bounded(CMS_OBJECTIVE),
                new Interruption(
                        "no user; no configuration can be changed meanwhile",
                        CMS_USUAL,
                        CMS_OBJECTIVE),
                List.of(
                        new Rejected(
                                Remediation.POOL_FAILOVER,
                                "not before the Central Management store is at " + to,
                                "P2")),
                List.of());
    }

    private static GateClause edges(PoolCase pair, GateClause writable, List<Proposal> before) {
        Pool home = pair.home().pool();
        List<Proposal> changes =
                pair.home().sight().estate().edgesTowards(home.fqdn()).stream()
                        .filter(edge -> stillTowards(pair.home().sight(), edge, home.fqdn()))
                        .map(edge -> nextHop(pair, edge, writable))
                        .toList();
        before.addAll(changes);
        boolean blocked = changes.stream().anyMatch(Proposal::blocked);
        return Sight.clause(
                Clause.EDGE_NEXT_HOP_ELSEWHERE,
                !blocked,
                changes.isEmpty()
                        ? "no Edge pool has " + home.fqdn() + " as its next hop"
                        : blocked
                                ? "an Edge pool has "
                                        + home.fqdn()
                                        + " as its next hop and cannot be changed now"
                                : "the next hop of "
                                        + changes.getFirst().target()
                                        + " is changed first");
    }

    private static boolean stillTowards(Sight sight, Pool edge, PoolFqdn home) {
        return sight.lastFactsOfPool(edge.id())
                .flatMap(Facts.OfPool::nextHopPool)
                .map(home.value()::equals)
                .orElse(true);
    }

    private static Proposal nextHop(PoolCase pair, Pool edge, GateClause writable) {
        PoolFqdn home = pair.home().pool().fqdn();
        PoolFqdn to = pair.backup().pool().fqdn();
        Instant since = pair.home().belowSince().orElse(pair.home().sight().now());
        Finding finding =
                pair.home()
                        .sight()
                        .finding(
                                FindingCode.EDGE_NEXT_HOP_DOWN,
                                edge.id(),
                                "O4",
                                Severity.CRITICAL,
                                since,
                                pair.home().lost().toArray(Condition[]::new));
        return new Proposal(
                "O4",
                List.of(finding),
                edge.id(),
                new Remedy.EdgeNextHopChange(edge.fqdn(), home, to),
                "The pool failover stops while an Edge pool has the lost pool as its next hop.",
                PoolGate.ofEdge(pair, edge.id(), writable),
                new DataLoss.None(),
                new Interruption(
                        "remote users, until their sign-ins reach " + to, EDGE_USUAL, EDGE_USUAL),
                List.of(
                        new Rejected(
                                Remediation.POOL_FAILOVER,
                                "refused while the next hop is the lost pool",
                                "O4")),
                List.of());
    }

    /**
     * What a lost pool's finding rests on: its servers seen down, and the pool itself where it was.
     */
    static Condition[] evidence(PoolSituation home) {
        List<Condition> on = new ArrayList<>(home.lost());
        Optional.of(home.whole()).filter(StoreSituation::lost).ifPresent(on::add);
        return on.toArray(Condition[]::new);
    }
}
