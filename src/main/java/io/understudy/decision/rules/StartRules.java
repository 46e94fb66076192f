package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.POOL_FAILOVER;
import static io.understudy.decision.Remediation.QUORUM_RECOVERY;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.Remediation.WAIT;
import static io.understudy.decision.rules.Row.Basis.GUIDANCE;

import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remedy;
import io.understudy.decision.Setting;
import io.understudy.decision.Severity;
import io.understudy.estate.QuorumTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rows F5, F7 and F8: a pool below its number whose servers can be started (domain.md 8.1). */
final class StartRules {

    private static final Row F7 =
            new Row(
                    "F7",
                    GUIDANCE,
                    "RTCSRV start pending (32169, 32174)",
                    "The servers are starting: a large pool may take an hour from cold.",
                    "users are out, or in resiliency mode, meanwhile",
                    "no service is killed inside the hour; no FullReset",
                    WAIT,
                    QUORUM_RECOVERY);
    private static final Row F8 =
            new Row(
                    "F8",
                    GUIDANCE,
                    "pool of two, both stopped and reachable",
                    "Both servers of the pool are stopped: they start together, or in the reverse order of their stopping.",
                    "the pool is out until then",
                    "not one alone",
                    REPAIR);
    private static final Row F5 =
            new Row(
                    "F5",
                    GUIDANCE,
                    "below the functional number, servers can start in time",
                    "The pool is below its functional number, and its servers can be started.",
                    "the pool is out meanwhile; voice on the backup registrar",
                    "not server by server with long waits",
                    REPAIR,
                    QUORUM_RECOVERY);

    static final List<Rule<HomeCase>> RULES =
            List.of(
                    new Rule<>(F7, StartRules::starting),
                    new Rule<>(F8, StartRules::bothStopped),
                    new Rule<>(F5, StartRules::restartable),
                    new Rule<>(F5, StartRules::recoverable));

    private StartRules() {}

    /** Enough are starting for the pool to come up by itself. */
    private static Optional<Proposal> starting(HomeCase c) {
        PoolSituation home = c.home();
        boolean applies =
                home.below()
                        && home.storeServes()
                        && home.starting() > 0
                        && home.starting() + home.hostsRunning()
                                >= QuorumTable.firstStart(home.size());
        if (!applies) {
            return Optional.empty();
        }
        Instant since = home.belowSince().orElseThrow();
        Instant until = since.plus(c.sight().setting(Setting.COLD_START_BUDGET, c.id()));
        Finding finding = c.finding(FindingCode.POOL_STARTING, F7, Severity.CRITICAL, since);
        if (c.sight().now().isBefore(until)) {
            return Optional.of(
                    Proposal.of(F7, finding, new Remedy.Wait(until))
                            .saying(home.starting() + " of " + home.size() + " are starting.")
                            .rejecting(
                                    QUORUM_RECOVERY,
                                    "placement may take until " + until + " after a cold start")
                            .rejecting(POOL_FAILOVER, "the pool is coming up; until " + until));
        }
        return c.sight().endedSince(QUORUM_RECOVERY, c.id(), since)
                ? Optional.empty()
                : Optional.of(QuorumRecovery.propose(c, F7, finding));
    }

    private static Optional<Proposal> bothStopped(HomeCase c) {
        boolean both =
                c.home().size() == 2 && c.home().hostsAlive() == 2 && c.home().running() == 0;
        return both && c.nearerToRestart()
                ? Optional.of(
                        restart(
                                c,
                                F8,
                                "start both Front End Servers together, or in the reverse order of their stopping"))
                : Optional.empty();
    }

    private static Optional<Proposal> restartable(HomeCase c) {
        int needed = QuorumTable.firstStart(c.home().size());
        return c.nearerToRestart()
                ? Optional.of(
                        restart(
                                c,
                                F5,
                                "start the Front End Servers together, at least "
                                        + needed
                                        + " of them"))
                : Optional.empty();
    }

    private static Proposal restart(HomeCase c, Row row, String first) {
        Instant until = c.restartDeadline();
        return Proposal.of(
                        row,
                        c.lostFinding(row, Severity.CRITICAL),
                        new Remedy.Repair(first, Optional.of(until)))
                .saying(
                        c.home().footing()
                                + "; "
                                + c.home().hostsAlive()
                                + " are reachable and the store serves.")
                .rejecting(
                        new Rejected(
                                POOL_FAILOVER,
                                "starting the servers is nearer until " + until,
                                "F6"))
                .rejecting(QUORUM_RECOVERY, "only if the servers are stuck while starting")
                .rejecting(c.noMirror());
    }

    /**
     * Too few are reachable for a full start, yet enough to serve: the routing groups that lost
     * their replicas are loaded from the store (domain.md 3.3).
     */
    private static Optional<Proposal> recoverable(HomeCase c) {
        PoolSituation home = c.home();
        boolean applies =
                home.below()
                        && home.storeServes()
                        && !home.belowForTheVote()
                        && home.countingReachable() >= home.required()
                        && home.hostsAlive() < QuorumTable.firstStart(home.size())
                        && !c.sight()
                                .endedSince(
                                        QUORUM_RECOVERY, c.id(), home.belowSince().orElseThrow());
        return applies
                ? Optional.of(QuorumRecovery.propose(c, F5, c.lostFinding(F5, Severity.CRITICAL)))
                : Optional.empty();
    }
}
