package io.understudy.decision.rules;

import static io.understudy.decision.rules.Rule.Basis.GUIDANCE;
import static io.understudy.decision.rules.Rule.Basis.INFERENCE;

import io.understudy.decision.Finding;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.estate.QuorumTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Rows F5, F6, F9, F10, P1 and P2: a Front End pool below its functional number (domain.md 8.1,
 * 8.6).
 */
final class QuorumLostRules {

    static final List<Rule<HomeCase>> ROWS =
            List.of(
                    new Rule<>(
                            "F5",
                            GUIDANCE,
                            "below the functional number, servers can start in time",
                            "not server by server with long waits",
                            QuorumLostRules::restartable),
                    new Rule<>(
                            "F9",
                            GUIDANCE,
                            "below with the primary store's vote lost",
                            "the mirror as principal is no cure",
                            QuorumLostRules::belowForTheVote),
                    new Rule<>(
                            "P1",
                            GUIDANCE,
                            "pool down",
                            "do not touch a CMS that is elsewhere and healthy",
                            QuorumLostRules::down),
                    new Rule<>(
                            "F6",
                            INFERENCE,
                            "below the functional number, servers cannot start in time",
                            "not before CMS and Edge",
                            QuorumLostRules::quorumLost));

    private QuorumLostRules() {}

    private static Optional<Proposal> restartable(HomeCase c) {
        if (!c.home().below() || !PoolGate.nearerToRestart(c.pair())) {
            return Optional.empty();
        }
        Instant until = c.pair().restartDeadline();
        return Optional.of(
                Proposal.passive(
                        "F5",
                        c.lostFinding("F5", Severity.CRITICAL),
                        new Remedy.Repair(
                                "start the Front End Servers together, at least "
                                        + QuorumTable.firstStart(c.home().pool().servers().size())
                                        + " of them",
                                Optional.of(until)),
                        c.home().footing()
                                + ", but "
                                + c.home().hostsAlive()
                                + " are reachable and the store serves.",
                        new Rejected(
                                Remediation.POOL_FAILOVER,
                                "starting the servers is nearer until " + until,
                                "F6"),
                        c.noMirror()));
    }

    private static Optional<Proposal> belowForTheVote(HomeCase c) {
        String row = c.home().voteRow();
        return c.home().belowForTheVote()
                ? Optional.of(failover(c, row, c.lostFinding(row, Severity.CRITICAL)))
                : Optional.empty();
    }

    private static Optional<Proposal> down(HomeCase c) {
        String row = c.hostsCms() ? "P2" : "P1";
        return c.home().allDown()
                ? Optional.of(failover(c, row, c.lostFinding(row, Severity.CRITICAL)))
                : Optional.empty();
    }

    private static Optional<Proposal> quorumLost(HomeCase c) {
        return c.home().below()
                ? Optional.of(failover(c, "F6", c.lostFinding("F6", Severity.CRITICAL)))
                : Optional.empty();
    }

    private static Proposal failover(HomeCase c, String row, Finding finding) {
        String store =
                c.storeUnavailable()
                        ? " Its store is unavailable too, and servers cannot start without it."
                        : "";
        return PoolFailover.propose(
                c,
                row,
                finding,
                c.home().footing() + " and they cannot be started in time." + store,
                List.of(
                        c.noMirror(),
                        new Rejected(
                                Remediation.QUORUM_RECOVERY,
                                c.storeUnavailable()
                                        ? "it reloads from the store, which is unavailable"
                                        : "too few servers are reachable to recover quorum with",
                                "F5")));
    }
}
