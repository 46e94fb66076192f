package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.NONE;
import static io.understudy.decision.Remediation.POOL_FAILOVER;
import static io.understudy.decision.Remediation.QUORUM_RECOVERY;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.rules.Row.Basis.GUIDANCE;
import static io.understudy.decision.rules.Row.Basis.INFERENCE;

import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What applies to a Front End pool's service: the first row decides (domain.md 8.1, 8.4, 8.6). Here
 * are the rows of a pool that is lost and cannot be started in time.
 */
final class PoolRules {

    static final Row F6 =
            new Row(
                    "F6",
                    INFERENCE,
                    "below the functional number, not recoverable in time",
                    "The pool is below its functional number and cannot be started in time.",
                    "sign-out; conferences end; up to the RPO",
                    "not before CMS and Edge",
                    POOL_FAILOVER,
                    NONE);
    private static final Row P16 =
            new Row(
                    "P16",
                    INFERENCE,
                    "pool lost, no pair",
                    "The pool has no backup pool.",
                    "data since the last export, if it is rebuilt",
                    "nothing to fail over to",
                    REPAIR);
    private static final Row P12 =
            new Row(
                    "P12",
                    GUIDANCE,
                    "both pools of the pair lost",
                    "Both pools of the pair are out, and there is no third copy.",
                    "outage until one is restored",
                    "Invoke-CsPoolFailOver makes no sense",
                    REPAIR);
    private static final Row F9 =
            new Row(
                    "F9",
                    GUIDANCE,
                    "pool of two below its number with the primary store's vote lost",
                    "The pool of two has lost a server and the primary store's vote: the mirror as principal is no cure.",
                    "the pool is out",
                    "do not call it healthy because the mirror is principal",
                    POOL_FAILOVER);
    private static final Row F10 =
            new Row(
                    "F10",
                    INFERENCE,
                    "even-sized pool below its number with the primary store's vote lost",
                    "The primary store's vote is lost, so one more server is required than the table says, and it does not run.",
                    "the pool is out",
                    "no Front End Server is taken down while the primary store is down",
                    POOL_FAILOVER);
    private static final Row P1 =
            new Row(
                    "P1",
                    GUIDANCE,
                    "pool down, CMS elsewhere and healthy",
                    "The pool is down and cannot be started in time.",
                    "sign-out; RTO and RPO of the release",
                    "the CMS that is elsewhere and healthy is not touched",
                    POOL_FAILOVER);
    private static final Row B9 =
            new Row(
                    "B9",
                    INFERENCE,
                    "store unavailable beyond its budget",
                    "The store is unavailable for longer than users work normally without it; -DisasterMode is needed although servers run.",
                    "sign-out; up to the RPO",
                    "no planned pool failover",
                    POOL_FAILOVER);

    static final List<Rule<HomeCase>> RULES =
            Stream.of(
                            FailedOverRules.RULES,
                            StartRules.RULES,
                            FailedOverRules.CARRIER,
                            List.<Rule<HomeCase>>of(
                                    new Rule<>(P16, PoolRules::unpaired),
                                    new Rule<>(P12, PoolRules::pairLost),
                                    new Rule<>(F9, c -> belowForTheVote(c, F9, 2, 2)),
                                    new Rule<>(F10, c -> belowForTheVote(c, F10, 3, 16)),
                                    new Rule<>(
                                            CentralManagementFailover.P2,
                                            c -> down(c, CentralManagementFailover.P2, true)),
                                    new Rule<>(P1, c -> down(c, P1, false)),
                                    new Rule<>(F6, PoolRules::quorumLost),
                                    new Rule<>(B9, PoolRules::storeBudgetSpent)),
                            FrontEndRules.RULES)
                    .flatMap(List::stream)
                    .toList();

    private PoolRules() {}

    private static Optional<Proposal> unpaired(HomeCase c) {
        if (!c.home().below() || c.other().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                Proposal.of(
                                P16,
                                c.lostFinding(P16, Severity.CRITICAL),
                                new Remedy.Repair(
                                        "start the servers together; if the pool is lost for good, move the users by force and"
                                                + " import their data from a backup",
                                        Optional.empty()))
                        .saying(c.home().footing() + ".")
                        .rejecting(POOL_FAILOVER, "the pool is not paired")
                        .rejecting(c.noMirror()));
    }

    private static Optional<Proposal> pairLost(HomeCase c) {
        boolean homeOut = c.home().below() || c.storeUnavailable() && !c.storeWillBeRestored();
        if (!homeOut || !c.backupLostToo()) {
            return Optional.empty();
        }
        Finding pair = c.finding(FindingCode.PAIR_LOST, P12, Severity.CRITICAL, c.lostSince());
        return Optional.of(
                Proposal.of(
                                P12,
                                pair,
                                new Remedy.Repair(
                                        "restore whichever pool is nearer to service",
                                        Optional.empty()))
                        .rejecting(POOL_FAILOVER, "the backup pool is out as well")
                        .rejecting(c.noMirror()));
    }

    private static Optional<Proposal> belowForTheVote(HomeCase c, Row row, int least, int most) {
        boolean applies =
                c.home().belowForTheVote() && c.home().size() >= least && c.home().size() <= most;
        return applies
                ? Optional.of(failover(c, row, c.lostFinding(row, Severity.CRITICAL)))
                : Optional.empty();
    }

    private static Optional<Proposal> down(HomeCase c, Row row, boolean hostsCms) {
        return c.home().allDown() && c.hostsCms() == hostsCms
                ? Optional.of(failover(c, row, c.lostFinding(row, Severity.CRITICAL)))
                : Optional.empty();
    }

    private static Optional<Proposal> quorumLost(HomeCase c) {
        return c.home().below()
                ? Optional.of(failover(c, F6, c.lostFinding(F6, Severity.CRITICAL)))
                : Optional.empty();
    }

    private static Proposal failover(HomeCase c, Row row, Finding finding) {
        String store =
                c.storeUnavailable()
                        ? " Its store is unavailable too, and servers cannot start without it."
                        : "";
        String noRecovery =
                c.storeUnavailable()
                        ? "it reloads from the store, which is unavailable"
                        : "too few servers are reachable to recover quorum with, or it has been tried";
        return PoolFailover.disaster(c, row, finding)
                .saying(c.home().footing() + "." + store)
                .rejecting(c.noMirror())
                .rejecting(new Rejected(QUORUM_RECOVERY, noRecovery, "F5"));
    }

    private static Optional<Proposal> storeBudgetSpent(HomeCase c) {
        boolean spent =
                c.home()
                        .store()
                        .flatMap(StoreSituation::budgetEnds)
                        .filter(ends -> !c.sight().now().isBefore(ends))
                        .isPresent();
        if (!spent || c.other().isEmpty() || c.storeWillBeRestored()) {
            return Optional.empty();
        }
        StoreSituation store = c.home().store().orElseThrow();
        if (!store.usersTouched()) {
            return Optional.empty();
        }
        Finding finding =
                c.sight()
                        .finding(
                                FindingCode.STORE_LOST,
                                store.store().id(),
                                B9.id(),
                                Severity.CRITICAL,
                                store.unavailableSince().orElseThrow(),
                                store.principal());
        Proposal proposal =
                PoolFailover.disaster(c, B9, finding)
                        .saying("It is so since " + store.unavailableSince().orElseThrow() + ".")
                        .rejecting(c.noMirror());
        return Optional.of(FrontEndRules.minimumFinding(c).map(proposal::with).orElse(proposal));
    }
}
