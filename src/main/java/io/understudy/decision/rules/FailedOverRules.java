package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.POOL_FAILBACK;
import static io.understudy.decision.Remediation.POOL_FAILOVER;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.Remediation.WAIT;
import static io.understudy.decision.rules.Row.Basis.GUIDANCE;

import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.health.PoolState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rows P13 to P15: a pool that fails over, or has (domain.md 8.6). */
final class FailedOverRules {

    private static final Row P14 =
            new Row(
                    "P14",
                    GUIDANCE,
                    "PoolState FailingOver",
                    "The pool is failing over.",
                    "its users are signed out meanwhile",
                    "no failback; no PoolState by hand",
                    WAIT,
                    REPAIR);
    private static final Row P13 =
            new Row(
                    "P13",
                    GUIDANCE,
                    "home failed over, and the backup pool is lost",
                    "The pool that carries both pools' users is lost, and a pool has one pair only.",
                    "what was written on the backup pool since the failover",
                    "no second failover elsewhere",
                    POOL_FAILBACK,
                    REPAIR);
    private static final Row P15 =
            new Row(
                    "P15",
                    GUIDANCE,
                    "failed over, home pool repaired or not",
                    "The users are served by the backup pool.",
                    "up to 60 min for 20,000 users in resiliency mode; conferences end",
                    "no automatic failback; none without Backup Service, CMS and quorum checks",
                    POOL_FAILBACK,
                    REPAIR);

    static final List<Rule<HomeCase>> RULES =
            List.of(
                    new Rule<>(P14, FailedOverRules::failingOver),
                    new Rule<>(P13, FailedOverRules::carrierLost),
                    new Rule<>(P15, FailedOverRules::failedOver));

    private FailedOverRules() {}

    private static Optional<Proposal> failingOver(HomeCase c) {
        if (c.home().freshState().filter(PoolState.FAILING_OVER::equals).isEmpty()) {
            return Optional.empty();
        }
        Instant since = c.sight().facts(c.id()).since();
        Instant until = since.plus(c.home().pool().release().poolFailoverRto());
        boolean stuck = !c.sight().now().isBefore(until);
        Finding finding =
                c.finding(
                        stuck ? FindingCode.RUN_STUCK : FindingCode.POOL_DOWN,
                        P14,
                        Severity.CRITICAL,
                        since);
        Remedy remedy =
                stuck
                        ? new Remedy.Repair(
                                "read the failover's report, mend the cause that it names, mostly the CMS, and run the same"
                                        + " cmdlet again",
                                Optional.empty())
                        : new Remedy.Wait(until);
        return Optional.of(
                Proposal.of(P14, finding, remedy)
                        .rejecting(POOL_FAILBACK, "not while it is failing over"));
    }

    /** The pool is lost and carries the users of its pair as well. */
    private static Optional<Proposal> carrierLost(HomeCase c) {
        if (c.other().isEmpty() || !c.lost() || c.failedOver() || !c.turned().failedOver()) {
            return Optional.empty();
        }
        HomeCase home = c.turned();
        Finding finding = c.lostFinding(P13, Severity.CRITICAL);
        if (home.repaired()) {
            return Optional.of(PoolFailback.disaster(home, P13, finding));
        }
        return home.home().below() || home.storeUnavailable()
                ? Optional.empty()
                : Optional.of(
                        Proposal.of(
                                        P13,
                                        finding,
                                        new Remedy.Repair(
                                                "repair " + c.fqdn() + ", which carries all users",
                                                Optional.empty()))
                                .rejecting(POOL_FAILOVER, "its pair is failed over onto it")
                                .rejecting(
                                        POOL_FAILBACK,
                                        "nothing proves that " + home.fqdn() + " is repaired"));
    }

    private static Optional<Proposal> failedOver(HomeCase c) {
        if (!c.failedOver() || c.other().isEmpty() || c.backupLostToo()) {
            return Optional.empty();
        }
        if (c.repaired()) {
            return Optional.of(PoolFailback.propose(c, P15));
        }
        return c.home().below() || c.storeUnavailable()
                ? Optional.of(
                        Proposal.of(
                                        P15,
                                        c.lostFinding(P15, Severity.WARNING),
                                        new Remedy.Repair(
                                                "repair the home pool, then fail back in a quiet hour",
                                                Optional.empty()))
                                .rejecting(POOL_FAILOVER, "the pool is failed over already")
                                .rejecting(POOL_FAILBACK, "the home pool is not repaired"))
                : Optional.empty();
    }
}
