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
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.health.Condition;
import io.understudy.health.Facts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Row O4: Edge pools that send sign-ins to a pool that is to fail over. */
final class EdgeNextHop {

    private static final Row O4 =
            new Row(
                    "O4",
                    GUIDANCE,
                    "an Edge pool's next hop is a pool that is to fail over",
                    "The pool failover stops while an Edge pool has that pool as its next hop.",
                    "remote users, until their sign-ins reach the other pool",
                    "no pool failover first: it ends in an error",
                    Remediation.EDGE_NEXT_HOP_CHANGE);

    static final List<Rule<HomeCase>> RULES = List.of(new Rule<>(O4, _ -> Optional.empty()));

    private static final Duration USUAL = Duration.ofMinutes(3);

    private EdgeNextHop() {}

    /** Adds the changes that are needed before, and says whether none stands in the way. */
    static GateClause moved(
            HomeCase c, GateClause writable, boolean disaster, List<Proposal> before) {
        PoolFqdn home = c.fqdn();
        List<Proposal> changes =
                c.sight().estate().edges().stream()
                        .filter(edge -> towards(c.sight(), edge, home))
                        .map(edge -> change(c, edge, writable, disaster))
                        .toList();
        before.addAll(changes);
        boolean blocked = changes.stream().anyMatch(Proposal::blocked);
        return Sight.clause(
                Clause.EDGE_NEXT_HOP_ELSEWHERE,
                !blocked,
                changes.isEmpty()
                        ? "no Edge pool has " + home + " as its next hop"
                        : blocked
                                ? "an Edge pool has "
                                        + home
                                        + " as its next hop and cannot be changed now"
                                : "the next hop of "
                                        + changes.getFirst().target()
                                        + " is changed first");
    }

    /** What the Edge pool was last seen to do counts, else what the estate says. */
    private static boolean towards(Sight sight, Pool edge, PoolFqdn home) {
        return sight.lastFactsOfPool(edge.id())
                .flatMap(Facts.OfPool::nextHopPool)
                .or(() -> edge.nextHopPool().map(PoolFqdn::value))
                .filter(home.value()::equals)
                .isPresent();
    }

    private static Proposal change(HomeCase c, Pool edge, GateClause writable, boolean disaster) {
        PoolFqdn to = c.backup().pool().fqdn();
        Proposal change =
                Proposal.of(O4, edge.id(), new Remedy.EdgeNextHopChange(edge.fqdn(), c.fqdn(), to))
                        .acting(
                                PoolGate.ofEdge(c, edge.id(), writable, disaster),
                                new DataLoss.None(),
                                new Interruption(
                                        "remote users, until their sign-ins reach " + to,
                                        USUAL,
                                        USUAL))
                        .rejecting(
                                Remediation.POOL_FAILOVER,
                                "refused while the next hop is " + c.fqdn());
        return disaster ? change.with(finding(c, edge)) : change;
    }

    private static Finding finding(HomeCase c, Pool edge) {
        return c.sight()
                .finding(
                        FindingCode.EDGE_NEXT_HOP_DOWN,
                        edge.id(),
                        O4.id(),
                        Severity.CRITICAL,
                        c.lostSince(),
                        c.home().lost().toArray(Condition[]::new));
    }
}
