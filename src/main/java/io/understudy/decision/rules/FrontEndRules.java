package io.understudy.decision.rules;

import static io.understudy.decision.rules.Rule.Basis.GUIDANCE;
import static io.understudy.decision.rules.Rule.Basis.INFERENCE;

import io.understudy.decision.FindingCode;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.health.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rows F1 and F2: a Front End pool that serves with servers lost (domain.md 8.1). */
final class FrontEndRules {

    static final List<Rule<HomeCase>> ROWS =
            List.of(
                    new Rule<>(
                            "P1",
                            INFERENCE,
                            "the pool seen down, its servers seen running",
                            "no pool failover of a pool that lives",
                            FrontEndRules::nameLost),
                    new Rule<>(
                            "F2",
                            INFERENCE,
                            "running at the functional minimum",
                            "no restart of a Front End Server or of the primary store",
                            FrontEndRules::atMinimum),
                    new Rule<>(
                            "F1",
                            GUIDANCE,
                            "a server down, above the minimum",
                            "no pool failover, no Reset-Cs*",
                            FrontEndRules::serverLost));

    private FrontEndRules() {}

    private static Optional<Proposal> atMinimum(HomeCase c) {
        boolean applies =
                c.home().functional()
                        && c.home().running() == c.home().required()
                        && c.home().anyOut();
        return applies
                ? Optional.of(
                        Proposal.passive(
                                "F2",
                                c.finding(
                                        FindingCode.FRONT_END_AT_MINIMUM,
                                        "F2",
                                        Severity.WARNING,
                                        since(c)),
                                new Remedy.Repair(
                                        "restore one Front End Server with priority and freeze maintenance; see that the"
                                                + " backup pool could take over",
                                        Optional.empty()),
                                c.home().footing() + ": one more loss stops the pool.",
                                new Rejected(
                                        Remediation.POOL_FAILOVER,
                                        "the pool serves all its users",
                                        "F2")))
                : Optional.empty();
    }

    private static Optional<Proposal> serverLost(HomeCase c) {
        boolean applies = !c.home().below() && !c.home().lost().isEmpty();
        return applies
                ? Optional.of(
                        Proposal.passive(
                                "F1",
                                c.finding(
                                        FindingCode.FRONT_END_SERVER_LOST,
                                        "F1",
                                        Severity.WARNING,
                                        since(c)),
                                new Remedy.Repair(
                                        "repair or restart the server; do not restart or patch another meanwhile",
                                        Optional.empty()),
                                told(c.home()),
                                new Rejected(
                                        Remediation.POOL_FAILOVER,
                                        "nothing proves that the pool has lost quorum",
                                        "F1"),
                                new Rejected(
                                        Remediation.QUORUM_RECOVERY, "no quorum is lost", "F1")))
                : Optional.empty();
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
                Proposal.passive(
                        "P1",
                        c.finding(
                                FindingCode.POOL_DOWN,
                                "P1",
                                Severity.CRITICAL,
                                c.home().whole().since()),
                        new Remedy.Repair(
                                "look at the load balancer, the DNS records and the network in front of the"
                                        + " pool",
                                Optional.empty()),
                        "The pool does not answer as a whole, and its servers run: "
                                + c.home().footing()
                                + ".",
                        new Rejected(
                                Remediation.POOL_FAILOVER,
                                "the pool's servers are seen running; the users of a living pool would be"
                                        + " signed out",
                                "P1")));
    }

    private static Instant since(HomeCase c) {
        return c.home().lost().stream()
                .map(Condition::since)
                .max(Instant::compareTo)
                .orElse(c.home().sight().now());
    }
}
