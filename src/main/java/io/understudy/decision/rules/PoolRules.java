package io.understudy.decision.rules;

import static io.understudy.decision.rules.Rule.Basis.GUIDANCE;
import static io.understudy.decision.rules.Rule.Basis.INFERENCE;

import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.QuorumTable;
import io.understudy.health.Condition;
import io.understudy.health.PoolState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows F1, F2, F5, F6, F9, F10, B9 and P1, P2, P12, P14, P15, P16: a Front End pool (domain.md 8.1,
 * 8.4, 8.6). The first row that applies decides.
 */
final class PoolRules {

    private final Map<PoolFqdn, PoolSituation> pools;
    private final List<Rule<HomeCase>> rows;

    PoolRules(Map<PoolFqdn, PoolSituation> pools) {
        this.pools = pools;
        this.rows =
                List.of(
                        new Rule<>(
                                "P14",
                                GUIDANCE,
                                "PoolState FailingOver",
                                "no failback; no PoolState by hand",
                                this::failingOver),
                        new Rule<>(
                                "P15",
                                GUIDANCE,
                                "failed over, home pool not repaired",
                                "no automatic failback",
                                this::failedOver),
                        new Rule<>(
                                "P16",
                                INFERENCE,
                                "pool lost, no pair",
                                "nothing to fail over to",
                                this::unpaired),
                        new Rule<>(
                                "P12",
                                GUIDANCE,
                                "both pools of the pair lost",
                                "Invoke-CsPoolFailOver makes no sense",
                                this::pairLost),
                        new Rule<>(
                                "F5",
                                GUIDANCE,
                                "below the functional number, servers can start in time",
                                "not server by server with long waits",
                                this::restartable),
                        new Rule<>(
                                "F9",
                                GUIDANCE,
                                "below with the primary store's vote lost",
                                "the mirror as principal is no cure",
                                this::belowForTheVote),
                        new Rule<>(
                                "P1",
                                GUIDANCE,
                                "pool down",
                                "do not touch a CMS that is elsewhere and healthy",
                                this::down),
                        new Rule<>(
                                "F6",
                                INFERENCE,
                                "below the functional number, servers cannot start in time",
                                "not before CMS and Edge",
                                this::quorumLost),
                        new Rule<>(
                                "B9",
                                INFERENCE,
                                "store unavailable beyond its budget",
                                "no planned pool failover",
                                this::storeBudgetSpent),
                        new Rule<>(
                                "F2",
                                INFERENCE,
                                "running at the functional minimum",
                                "no restart of a Front End Server or of the primary store",
                                this::atMinimum),
                        new Rule<>(
                                "F1",
                                GUIDANCE,
                                "a server down, above the minimum",
                                "no pool failover, no Reset-Cs*",
                                this::serverLost));
    }

    /** What the first row that applies proposes. */
    Optional<Proposal> propose(HomeCase c) {
        return Rule.first(rows, c);
    }

    private Optional<Proposal> failingOver(HomeCase c) {
        if (c.home().freshState().filter(PoolState.FAILING_OVER::equals).isEmpty()) {
            return Optional.empty();
        }
        Instant since = c.home().sight().facts(c.home().pool().id()).since();
        Instant until = since.plus(c.home().pool().release().poolFailoverRto());
        boolean stuck = !c.home().sight().now().isBefore(until);
        Finding finding =
                finding(
                        c,
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

    private Optional<Proposal> failedOver(HomeCase c) {
        if (c.home().lastState().filter(PoolState.FAILED_OVER::equals).isEmpty()) {
            return Optional.empty();
        }
        boolean broken = c.home().below() || c.storeUnavailable();
        return broken
                ? Optional.of(
                        Proposal.passive(
                                "P15",
                                lostFinding(c, "P15", Severity.WARNING),
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

    private Optional<Proposal> unpaired(HomeCase c) {
        if (!c.home().below() || c.backup().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                Proposal.passive(
                        "P16",
                        lostFinding(c, "P16", Severity.CRITICAL),
                        new Remedy.Repair(
                                "start the servers together; if the pool is lost for good, move the users by force and"
                                        + " import their data from a backup",
                                Optional.empty()),
                        "The pool has no backup pool: " + c.home().footing() + ".",
                        new Rejected(Remediation.POOL_FAILOVER, "the pool is not paired", "P16"),
                        noMirror(c)));
    }

    private Optional<Proposal> pairLost(HomeCase c) {
        if (!(c.home().below() || c.storeUnavailable())
                || !c.backupLostToo()
                || (!c.home().below() && c.storeWillBeRestored())) {
            return Optional.empty();
        }
        Finding pair =
                finding(
                        c,
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
                        noMirror(c)));
    }

    private Optional<Proposal> restartable(HomeCase c) {
        if (!c.home().below() || !PoolGate.nearerToRestart(c.pair())) {
            return Optional.empty();
        }
        Instant until = c.pair().restartDeadline();
        return Optional.of(
                Proposal.passive(
                        "F5",
                        lostFinding(c, "F5", Severity.CRITICAL),
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
                        noMirror(c)));
    }

    private Optional<Proposal> belowForTheVote(HomeCase c) {
        String row = c.home().pool().servers().size() == 2 ? "F9" : "F10";
        return c.home().belowForTheVote()
                ? Optional.of(failover(c, row, lostFinding(c, row, Severity.CRITICAL)))
                : Optional.empty();
    }

    private Optional<Proposal> down(HomeCase c) {
        String row = c.hostsCms() ? "P2" : "P1";
        return c.home().allDown()
                ? Optional.of(failover(c, row, lostFinding(c, row, Severity.CRITICAL)))
                : Optional.empty();
    }

    private Optional<Proposal> quorumLost(HomeCase c) {
        return c.home().below()
                ? Optional.of(failover(c, "F6", lostFinding(c, "F6", Severity.CRITICAL)))
                : Optional.empty();
    }

    private Optional<Proposal> storeBudgetSpent(HomeCase c) {
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
                        pools,
                        "B9",
                        finding,
                        "The store is unavailable since "
                                + store.unavailableSince().orElseThrow()
                                + ", longer than users work normally without it; -DisasterMode is needed although servers run.",
                        List.of(noMirror(c))));
    }

    private Optional<Proposal> atMinimum(HomeCase c) {
        boolean applies =
                c.home().functional()
                        && c.home().running() == c.home().required()
                        && c.home().anyOut();
        return applies
                ? Optional.of(
                        Proposal.passive(
                                "F2",
                                finding(
                                        c,
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

    private Optional<Proposal> serverLost(HomeCase c) {
        boolean applies = c.home().functional() && !c.home().lost().isEmpty();
        return applies
                ? Optional.of(
                        Proposal.passive(
                                "F1",
                                finding(
                                        c,
                                        FindingCode.FRONT_END_SERVER_LOST,
                                        "F1",
                                        Severity.WARNING,
                                        since(c)),
                                new Remedy.Repair(
                                        "repair or restart the server; do not restart or patch another meanwhile",
                                        Optional.empty()),
                                "The pool has promoted other replicas by itself: "
                                        + c.home().footing()
                                        + ".",
                                new Rejected(
                                        Remediation.POOL_FAILOVER,
                                        "the pool serves all its users",
                                        "F1"),
                                new Rejected(
                                        Remediation.QUORUM_RECOVERY, "no quorum is lost", "F1")))
                : Optional.empty();
    }

    private Proposal failover(HomeCase c, String row, Finding finding) {
        String store =
                c.storeUnavailable()
                        ? " Its store is unavailable too, and servers cannot start without it."
                        : "";
        return PoolFailover.propose(
                c,
                pools,
                row,
                finding,
                c.home().footing() + " and they cannot be started in time." + store,
                List.of(
                        noMirror(c),
                        new Rejected(
                                Remediation.QUORUM_RECOVERY,
                                c.storeUnavailable()
                                        ? "it reloads from the store, which is unavailable"
                                        : "too few servers are reachable to recover quorum with",
                                "F5")));
    }

    private static Rejected noMirror(HomeCase c) {
        String why =
                c.home().below()
                        ? "it cures a lost Back End partner and does nothing for lost Front End quorum"
                        : "the store's rows show why it is not possible";
        return new Rejected(Remediation.MIRROR_FAILOVER, why, c.home().below() ? "F6" : "B9");
    }

    private static Finding lostFinding(HomeCase c, String row, Severity severity) {
        FindingCode code =
                c.home().allDown() ? FindingCode.POOL_DOWN : FindingCode.POOL_QUORUM_LOST;
        return finding(
                c, code, row, severity, c.home().belowSince().orElse(c.home().sight().now()));
    }

    private static Instant since(HomeCase c) {
        return c.home().lost().stream()
                .map(Condition::since)
                .max(Instant::compareTo)
                .orElse(c.home().sight().now());
    }

    private static Finding finding(
            HomeCase c, FindingCode code, String row, Severity severity, Instant since) {
        return c.home()
                .sight()
                .finding(
                        code,
                        c.home().pool().id(),
                        row,
                        severity,
                        since,
                        PoolFailover.evidence(c.home()));
    }
}
