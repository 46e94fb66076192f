package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.POOL_FAILOVER;
import static io.understudy.decision.Remediation.QUORUM_RECOVERY;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.rules.Row.Basis.GUIDANCE;

import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Remedy;
import io.understudy.decision.Setting;
import io.understudy.decision.Severity;
import io.understudy.health.Aspect;
import io.understudy.health.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Rows F3 and F4: routing groups without quorum in a pool that serves (domain.md 3.2, 8.1). */
final class RoutingGroupRules {

    private static final Row F3 =
            new Row(
                    "F3",
                    GUIDANCE,
                    "pool functional, routing groups without primary",
                    "Users of some routing groups cannot sign in: their replicas are on servers that do not run.",
                    "what was not yet written to the store, if quorum is recovered",
                    "no FullReset, no restart of the whole pool first, nothing while the store is down",
                    REPAIR,
                    QUORUM_RECOVERY);
    private static final Row F4 =
            new Row(
                    "F4",
                    GUIDANCE,
                    "routing groups with a primary and no secondaries",
                    "Users of some routing groups are in limited functionality: nothing can be replicated. A broken link to the store and a failover in progress look the same.",
                    "as F3",
                    "as F3",
                    REPAIR,
                    QUORUM_RECOVERY);

    static final List<Rule<HomeCase>> RULES =
            List.of(
                    new Rule<>(F3, c -> without(c, F3, Facts.RoutingGroups::withoutPrimary)),
                    new Rule<>(F4, c -> without(c, F4, Facts.RoutingGroups::withoutSecondary)));

    private RoutingGroupRules() {}

    private static Optional<Proposal> without(
            HomeCase c, Row row, ToIntFunction<Facts.RoutingGroups> count) {
        int groups =
                c.home()
                        .told()
                        .flatMap(Facts.OfPool::routingGroups)
                        .map(count::applyAsInt)
                        .orElse(0);
        if (groups == 0 || c.home().below()) {
            return Optional.empty();
        }
        Instant since = c.sight().facts(c.id()).since(Aspect.ROUTING_GROUPS);
        Finding finding =
                c.finding(FindingCode.ROUTING_GROUP_QUORUM_LOST, row, Severity.CRITICAL, since);
        Proposal proposal = propose(c, row, finding).saying(groups + " routing groups are told.");
        return Optional.of(FrontEndRules.minimumFinding(c).map(proposal::with).orElse(proposal));
    }

    private static Proposal propose(HomeCase c, Row row, Finding finding) {
        if (!c.home().storeServes()) {
            return repair(
                    row,
                    finding,
                    "bring the store back first; the servers cannot load from it, nor start",
                    Optional.empty(),
                    "it reloads from the store, which does not serve");
        }
        Instant until =
                finding.since()
                        .plus(
                                c.sight()
                                        .optionalSetting(Setting.FRONT_END_RESTART_BUDGET, c.id())
                                        .orElse(c.home().pool().release().poolFailoverRto()));
        boolean missing = c.home().hostsRunning() < c.home().size();
        return missing && c.sight().now().isBefore(until)
                ? repair(
                        row,
                        finding,
                        "start the missing Front End Servers and check their link to the store",
                        Optional.of(until),
                        "starting the missing servers loses nothing and is nearer until " + until)
                : QuorumRecovery.propose(c, row, finding);
    }

    private static Proposal repair(
            Row row, Finding finding, String first, Optional<Instant> until, String because) {
        return Proposal.of(row, finding, new Remedy.Repair(first, until))
                .rejecting(QUORUM_RECOVERY, because)
                .rejecting(POOL_FAILOVER, "the pool serves all its other users");
    }
}
