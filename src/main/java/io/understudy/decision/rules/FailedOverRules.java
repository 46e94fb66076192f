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
import io.understudy.health.Aspect;
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
                    new Rule<>(P15, FailedOverRules::failedOver));

    /** Where the pool cannot be started in time. */
    static final List<Rule<HomeCase>> CARRIER =
            List.of(new Rule<>(P13, FailedOverRules::carrierLost));

    /** Looked at beside a lost pool's own rows. */
    static final List<Rule<HomeCase>> CARRIED =
            List.of(new Rule<>(P13, FailedOverRules::takenBack));

    private FailedOverRules() {}

    private static Optional<Proposal> failingOver(HomeCase c) {
        if (c.home().freshState().filter(PoolState.FAILING_OVER::equals).isEmpty()) {
            return Optional.empty();
        }
        Instant since = c.sight().facts(c.id()).since(Aspect.POOL_STATE);
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

    private static boolean carriesBoth(HomeCase c) {
        return c.other().isPresent()
                && (c.home().below() || storeLostForLong(c))
                && !c.failedOver()
                && c.turned().failedOver()
                && !c.backupLostToo();
    }

    private static boolean storeLostForLong(HomeCase c) {
        return c.home()
                .store()
                .filter(StoreSituation::lostForGood)
                .flatMap(StoreSituation::budgetEnds)
                .filter(ends -> !c.sight().now().isBefore(ends))
                .isPresent();
    }

    /** The pool is lost and carries the users of its pair as well: it is to be repaired. */
    private static Optional<Proposal> carrierLost(HomeCase c) {
        if (!carriesBoth(c)) {
            return Optional.empty();
        }
        Finding finding = carrierFinding(c);
        Proposal repair =
                Proposal.of(
                                P13,
                                finding,
                                new Remedy.Repair(
                                        "repair " + c.fqdn() + ", which carries all users",
                                        Optional.empty()))
                        .rejecting(
                                POOL_FAILOVER,
                                "its pair is failed over onto it: that one is failed back first")
                        .rejecting(c.noMirror());
        if (!c.turned().repaired()) {
            repair =
                    repair.rejecting(
                            POOL_FAILBACK,
                            "nothing proves that " + c.turned().fqdn() + " is repaired");
        }
        for (Proposal before : PoolFailover.disaster(c, P13, finding).before()) {
            for (Finding also : before.findings()) {
                repair = repair.with(also);
            }
        }
        return Optional.of(FrontEndRules.minimumFinding(c).map(repair::with).orElse(repair));
    }

    private static Finding carrierFinding(HomeCase c) {
        return c.home().below()
                ? c.lostFinding(P13, Severity.CRITICAL)
                : c.finding(
                        FindingCode.POOL_DOWN,
                        P13,
                        Severity.CRITICAL,
                        c.home().store().flatMap(StoreSituation::unavailableSince).orElseThrow());
    }

    /** The pair takes its own users back, where it is repaired. */
    private static Optional<Proposal> takenBack(HomeCase c) {
        return carriesBoth(c) && c.turned().repaired()
                ? Optional.of(PoolFailback.disaster(c.turned(), P13, carrierFinding(c)))
                : Optional.empty();
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
