package io.understudy.decision.rules;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.DataLoss;
import io.understudy.decision.Finding;
import io.understudy.decision.GateClause;
import io.understudy.decision.Interruption;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.QuorumTable;
import io.understudy.health.Aspect;
import io.understudy.health.Facts;
import io.understudy.health.PoolState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The home pool takes its users back (domain.md 5.3, rows P13 and P15). */
final class PoolFailback {

    /** 60 minutes for 20,000 users (domain.md 2.2). */
    private static final Duration MEASURED = Duration.ofMinutes(60);

    private static final int MEASURED_USERS = 20_000;

    private PoolFailback() {}

    /** With the backup pool alive: nothing is lost. */
    static Proposal propose(HomeCase c, Row row) {
        BackupService back = BackupService.of(c.backup(), c.home().pool(), c.sight().now());
        List<GateClause> gate = new ArrayList<>();
        gate.add(repaired(c));
        gate.add(failedOver(c));
        GateClause steady = back.clause();
        gate.add(new GateClause(steady.clause(), steady.result(), true, steady.evidence()));
        gate.add(c.cms().writable(c.sight()));
        gate.add(replicas(c));
        new StartGate(c.sight()).quietHours(c.id()).ifPresent(gate::add);
        gate.addAll(new StartGate(c.sight()).clauses(Remediation.POOL_FAILBACK, c.id()));
        return Proposal.of(row, c.id(), remedy(c, false))
                .saying("The home pool is repaired and can take them back in a quiet hour.")
                .acting(gate, new DataLoss.None(), interruption(c))
                .rejecting(Remediation.POOL_FAILOVER, "the pool is failed over already");
    }

    /** The backup pool is gone: what was written there is given up. */
    static Proposal disaster(HomeCase c, Row row, Finding finding) {
        List<GateClause> gate = new ArrayList<>();
        gate.add(repaired(c));
        gate.add(failedOver(c));
        boolean agreed = c.backup().belowByAgreement() || !c.backup().below();
        gate.add(
                Sight.clause(
                        Clause.BACKUP_POOL_SEEN_DOWN,
                        agreed,
                        c.backup().pool().fqdn() + ": " + c.backup().footing()));
        gate.addAll(new StartGate(c.sight()).clauses(Remediation.POOL_FAILBACK, c.id()));
        Instant since = c.sight().facts(c.id()).since(Aspect.POOL_STATE);
        Duration written = Duration.between(since, finding.since());
        DataLoss loss =
                written.isPositive() ? new DataLoss.Bounded(written) : new DataLoss.Unknown();
        return Proposal.of(row, c.id(), remedy(c, true))
                .with(finding)
                .saying(c.fqdn() + " is repaired and can take its own users back.")
                .acting(gate, loss, interruption(c))
                .rejecting(
                        new Rejected(
                                Remediation.REPAIR,
                                "better while "
                                        + c.backup().pool().fqdn()
                                        + " can be back soon: nothing is given up then",
                                row.id(),
                                Optional.of(new DataLoss.None()),
                                Optional.empty()))
                .rejecting(Remediation.POOL_FAILOVER, "its pair is failed over onto it");
    }

    private static Remedy remedy(HomeCase c, boolean disaster) {
        PoolFqdn from = c.backup().pool().fqdn();
        return new Remedy.PoolFailback(c.fqdn(), from, disaster);
    }

    private static GateClause repaired(HomeCase c) {
        return Sight.clause(
                Clause.HOME_POOL_REPAIRED,
                c.repaired(),
                c.home().footing()
                        + ", "
                        + QuorumTable.firstStart(c.home().size())
                        + " for a full start; its store "
                        + (c.home().storeServes() ? "serves" : "does not serve"));
    }

    private static GateClause failedOver(HomeCase c) {
        Optional<PoolState> state = c.home().freshState();
        return new GateClause(
                Clause.HOME_POOL_STATE_FAILED_OVER,
                state.map(s ->
                                s == PoolState.FAILED_OVER
                                        ? ClauseResult.PASSED
                                        : ClauseResult.FAILED)
                        .orElse(ClauseResult.UNKNOWN),
                true,
                state.map(s -> "PoolState of " + c.fqdn() + " is " + s)
                        .orElse("nobody has told the PoolState of " + c.fqdn() + " of late"));
    }

    /** That the replicas were not told of does not hold a person back; that they lag does. */
    private static GateClause replicas(HomeCase c) {
        Optional<Boolean> told =
                c.cms()
                        .host()
                        .flatMap(host -> c.sight().freshFactsOfPool(ComponentId.of(host)))
                        .flatMap(Facts.OfPool::centralManagement)
                        .flatMap(Facts.CentralManagementState::replicasUpToDate);
        return new GateClause(
                Clause.CMS_REPLICAS_UP_TO_DATE,
                told.map(t -> t ? ClauseResult.PASSED : ClauseResult.FAILED)
                        .orElse(ClauseResult.UNKNOWN),
                told.filter(t -> !t).isPresent(),
                told.map(t -> t ? "all replicas are up to date" : "replicas are behind")
                        .orElse("nobody has told whether the replicas are up to date"));
    }

    private static Interruption interruption(HomeCase c) {
        Pool home = c.home().pool();
        int users = home.users().orElse(MEASURED_USERS);
        Duration expected =
                Duration.ofSeconds(
                        Math.ceilDiv(MEASURED.toSeconds() * users, (long) MEASURED_USERS));
        return new Interruption(
                "users of "
                        + home.fqdn()
                        + " are in resiliency mode while they move; their conferences end",
                expected,
                home.release().poolFailoverRto());
    }
}
