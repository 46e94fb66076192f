package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.POOL_FAILOVER;
import static io.understudy.decision.Remediation.QUORUM_RECOVERY;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.rules.Row.Basis.GUIDANCE;
import static io.understudy.decision.rules.Row.Basis.INFERENCE;

import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Remedy;
import io.understudy.decision.Setting;
import io.understudy.decision.Severity;
import io.understudy.health.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rows F1, F2 and F12: a Front End pool that serves with servers lost (domain.md 8.1). */
final class FrontEndRules {

    private static final Row P1 =
            new Row(
                    "P1",
                    INFERENCE,
                    "the pool seen down, its servers seen running",
                    "The pool does not answer as a whole, and its servers run.",
                    "sign-ins by the pool's name",
                    "no pool failover of a pool that lives",
                    REPAIR);
    private static final Row F2 =
            new Row(
                    "F2",
                    INFERENCE,
                    "running at the functional minimum",
                    "One more loss stops the pool.",
                    "none yet",
                    "no restart of a Front End Server or of the primary store",
                    REPAIR);
    private static final Row F12 =
            new Row(
                    "F12",
                    GUIDANCE,
                    "a server down for days",
                    "A server is gone for so long that its replicas should be placed elsewhere: take it out of the topology.",
                    "restarts of the others, one at a time",
                    "no MachineStateRemoved for a server that may return",
                    REPAIR);
    private static final Row F1 =
            new Row(
                    "F1",
                    GUIDANCE,
                    "a server down, above the minimum",
                    "A server is down and the others carry its users.",
                    "users of that server register again",
                    "no pool failover, no Reset-Cs*; no patching or restart of another server",
                    REPAIR);

    static final List<Rule<HomeCase>> RULES =
            Stream.of(
                            List.<Rule<HomeCase>>of(new Rule<>(P1, FrontEndRules::nameLost)),
                            RoutingGroupRules.RULES,
                            List.<Rule<HomeCase>>of(
                                    new Rule<>(F2, FrontEndRules::atMinimum),
                                    new Rule<>(F12, FrontEndRules::gone),
                                    new Rule<>(F1, FrontEndRules::serverLost)))
                    .flatMap(List::stream)
                    .toList();

    private FrontEndRules() {}

    private static Optional<Proposal> atMinimum(HomeCase c) {
        return minimumFinding(c)
                .map(finding ->
                        Proposal.of(
                                        F2,
                                        finding,
                                        new Remedy.Repair(
                                                "restore one Front End Server with priority and freeze maintenance; see that the"
                                                        + " backup pool could take over",
                                                Optional.empty()))
                                .saying(c.home().footing() + ".")
                                .rejecting(POOL_FAILOVER, "the pool serves all its users"));
    }

    /** That the pool has nothing to spare; empty where it has, or is below. */
    static Optional<Finding> minimumFinding(HomeCase c) {
        return c.home().atMinimum()
                ? Optional.of(
                        c.finding(FindingCode.FRONT_END_AT_MINIMUM, F2, Severity.WARNING, since(c)))
                : Optional.empty();
    }

    private static Optional<Proposal> gone(HomeCase c) {
        if (c.home().down() == 0) {
            return Optional.empty();
        }
        Instant longAgo =
                c.sight().now().minus(c.sight().setting(Setting.SERVER_GONE_AFTER, c.id()));
        boolean applies =
                c.home().functional()
                        && c.home().lost().stream()
                                .anyMatch(server -> !server.since().isAfter(longAgo));
        return applies
                ? Optional.of(
                        Proposal.of(
                                        F12,
                                        lostServers(c, F12),
                                        new Remedy.Repair(
                                                "if it never returns: take it out of the topology, publish, restart the others one at a"
                                                        + " time, then Reset-CsPoolRegistrarState -ResetType MachineStateRemoved",
                                                Optional.empty()))
                                .rejecting(POOL_FAILOVER, "the pool serves all its users"))
                : Optional.empty();
    }

    private static Optional<Proposal> serverLost(HomeCase c) {
        if (c.home().below() || c.home().down() == 0) {
            return Optional.empty();
        }
        return Optional.of(
                Proposal.of(
                                F1,
                                lostServers(c, F1),
                                new Remedy.Repair(
                                        "repair or restart the server; do not restart or patch another meanwhile",
                                        Optional.empty()))
                        .saying(told(c.home()))
                        .rejecting(POOL_FAILOVER, "nothing proves that the pool has lost quorum")
                        .rejecting(QUORUM_RECOVERY, "no quorum is lost"));
    }

    private static Finding lostServers(HomeCase c, Row row) {
        return c.finding(FindingCode.FRONT_END_SERVER_LOST, row, Severity.WARNING, since(c));
    }

    private static String told(PoolSituation home) {
        return home.functional()
                ? "The pool has promoted other replicas by itself: " + home.footing() + "."
                : "Whether the pool is above its minimum is not known: " + home.footing() + ".";
    }

    /**
     * The pool's name does not answer, and its servers run: what is between them is broken, not the
     * pool.
     */
    private static Optional<Proposal> nameLost(HomeCase c) {
        if (!c.home().functional() || !StoreSituation.lost(c.home().whole())) {
            return Optional.empty();
        }
        return Optional.of(
                Proposal.of(
                                P1,
                                c.finding(
                                        FindingCode.POOL_DOWN,
                                        P1,
                                        Severity.CRITICAL,
                                        c.home().whole().since()),
                                new Remedy.Repair(
                                        "look at the load balancer, the DNS records and the network in front of the pool",
                                        Optional.empty()))
                        .saying(c.home().footing() + ".")
                        .rejecting(
                                POOL_FAILOVER,
                                "the pool's servers are seen running; the users of a living pool would be signed out"));
    }

    private static Instant since(HomeCase c) {
        return c.home().lost().stream()
                .map(Condition::since)
                .max(Instant::compareTo)
                .orElse(c.sight().now());
    }
}
