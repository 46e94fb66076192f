package io.understudy.decision.rules;

import static io.understudy.decision.rules.Rule.Basis.GUIDANCE;
import static io.understudy.decision.rules.Rule.Basis.INFERENCE;

import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.health.PoolState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rows of a Front End pool; here P12 and P14 to P16, and B9 for the pool (domain.md 8.4, 8.6).
 * The first row that applies decides.
 */
final class PoolRules {

    static final List<Rule<HomeCase>> ROWS =
            Stream.of(
                            List.of(
                                    new Rule<>(
                                            "P14",
                                            GUIDANCE,
                                            "PoolState FailingOver",
                                            "no failback; no PoolState by hand",
                                            PoolRules::failingOver),
                                    new Rule<>(
                                            "P15",
                                            GUIDANCE,
                                            "failed over, home pool not repaired",
                                            "no automatic failback",
                                            PoolRules::failedOver),
                                    new Rule<>(
                                            "P16",
                                            INFERENCE,
                                            "pool lost, no pair",
                                            "nothing to fail over to",
                                            PoolRules::unpaired),
                                    new Rule<>(
                                            "P12",
                                            GUIDANCE,
                                            "both pools of the pair lost",
                                            "Invoke-CsPoolFailOver makes no sense",
                                            PoolRules::pairLost)),
                            QuorumLostRules.ROWS,
                            List.of(
                                    new Rule<>(
                                            "B9",
                                            INFERENCE,
                                            "store unavailable beyond its budget",
                                            "no planned pool failover",
                                            PoolRules::storeBudgetSpent)),
                            FrontEndRules.ROWS)
                    .flatMap(List::stream)
                    .toList();

    private PoolRules() {}

    private static Optional<Proposal> failingOver(HomeCase c) {
        if (c.home().freshState().filter(PoolState.FAILING_OVER::equals).isEmpty()) {
            return Optional.empty();
        }
        Instant since = c.home().sight().facts(c.home().pool().id()).since();
        Instant until = since.plus(c.home().pool().release().poolFailoverRto());
        boolean stuck = !c.home().sight().now().isBefore(until);
        Finding finding =
                c.finding(
                        stuck ? FindingCode.RUN_STUCK : FindingCode.POOL_DOWN,
                        "P14",
                        Severity.CRITICAL,
                        since);
        Remedy remedy =
                stuck
                        ? new Remedy.Repair(
                                "read the failover's report, mend the cause that it names, mostly the CMS, and run the same"
                                        + " cmdlet again",
                                Optional.empty())
                        : new Remedy.Wait(until);
        return Optional.of(Proposal.passive("P14", finding, remedy, "The pool is failing over."));
    }

    private static Optional<Proposal> failedOver(HomeCase c) {
        if (c.home().lastState().filter(PoolState.FAILED_OVER::equals).isEmpty()) {
            return Optional.empty();
        }
        boolean broken = c.home().below() || c.storeUnavailable();
        return broken
                ? Optional.of(
                        Proposal.passive(
                                "P15",
                                c.lostFinding("P15", Severity.WARNING),
                                new Remedy.Repair(
                                        "repair the home pool, then fail back in a quiet hour",
                                        Optional.empty()),
                                "The users are served by the backup pool.",
                                new Rejected(
                                        Remediation.POOL_FAILOVER,
                                        "the pool is failed over already",
                                        "P15")))
                : Optional.empty();
    }

    private static Optional<Proposal> unpaired(HomeCase c) {
        if (!c.home().below() || c.backup().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                Proposal.passive(
                        "P16",
                        c.lostFinding("P16", Severity.CRITICAL),
                        new Remedy.Repair(
                                "start the servers together; if the pool is lost for good, move the users by force and"
                                        + " import their data from a backup",
                                Optional.empty()),
                        "The pool has no backup pool: " + c.home().footing() + ".",
                        new Rejected(Remediation.POOL_FAILOVER, "the pool is not paired", "P16"),
                        c.noMirror()));
    }

    private static Optional<Proposal> pairLost(HomeCase c) {
        if (!(c.home().below() || c.storeUnavailable())
                || !c.backupLostToo()
                || (!c.home().below() && c.storeWillBeRestored())) {
            return Optional.empty();
        }
        Finding pair =
                c.finding(
                        FindingCode.PAIR_LOST,
                        "P12",
                        Severity.CRITICAL,
                        c.home().belowSince().orElse(c.home().sight().now()));
        return Optional.of(
                Proposal.passive(
                        "P12",
                        pair,
                        new Remedy.Repair(
                                "restore whichever pool is nearer to service", Optional.empty()),
                        "Both pools of the pair are out, and there is no third copy.",
                        new Rejected(
                                Remediation.POOL_FAILOVER, "the backup pool is out as well", "P12"),
                        c.noMirror()));
    }

    private static Optional<Proposal> storeBudgetSpent(HomeCase c) {
        boolean spent =
                c.home()
                        .store()
                        .flatMap(StoreSituation::budgetEnds)
                        .filter(ends -> !c.home().sight().now().isBefore(ends))
                        .isPresent();
        if (!spent || c.backup().isEmpty() || c.storeWillBeRestored()) {
            return Optional.empty();
        }
        StoreSituation store = c.home().store().orElseThrow();
        Finding finding =
                c.home()
                        .sight()
                        .finding(
                                FindingCode.STORE_LOST,
                                store.store().id(),
                                "B9",
                                Severity.CRITICAL,
                                store.unavailableSince().orElseThrow(),
                                store.principal());
        return Optional.of(
                PoolFailover.propose(
                        c,
                        "B9",
                        finding,
                        "The store is unavailable since "
                                + store.unavailableSince().orElseThrow()
                                + ", longer than users work normally without it; -DisasterMode is needed although servers run.",
                        List.of(c.noMirror())));
    }
}
