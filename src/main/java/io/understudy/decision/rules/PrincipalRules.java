package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.FORCED_MIRROR_FAILOVER;
import static io.understudy.decision.Remediation.MIRROR_FAILOVER;
import static io.understudy.decision.Remediation.NONE;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.Remediation.WAIT;
import static io.understudy.decision.rules.Row.Basis.GUIDANCE;
import static io.understudy.decision.rules.Row.Basis.INFERENCE;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.FindingCode;
import io.understudy.decision.GateClause;
import io.understudy.decision.Remedy;
import io.understudy.decision.Setting;
import io.understudy.decision.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rows B1 to B4, B10, F9 and F10: a mirrored store whose principal is lost (domain.md 8.2). */
final class PrincipalRules {

    private static final Row B10 =
            new Row(
                    "B10",
                    GUIDANCE,
                    "principal and witness down, mirror alive",
                    "The mirror cannot serve nor be forced while a witness is configured and away (SQL errors 1406, 1455).",
                    "the Back End is unavailable; its budget runs",
                    "no loop on forced service",
                    REPAIR);
    private static final Row F9 =
            new Row(
                    "F9",
                    GUIDANCE,
                    "pool of two: one Front End Server and the principal lost",
                    "The pool is below its functional number as well: making the mirror principal would not bring it back.",
                    "the pool is out",
                    "do not call it healthy because the mirror is principal",
                    NONE);
    private static final Row F10 =
            new Row(
                    "F10",
                    INFERENCE,
                    "even-sized pool, the primary store's vote lost, too few Front End Servers",
                    "The primary store's vote is gone, so one more Front End Server is required than the table says; making the mirror principal would not bring the pool back.",
                    "the pool is out",
                    "no Front End Server is taken down while the primary store is down",
                    NONE);
    private static final Row B1 =
            new Row(
                    "B1",
                    GUIDANCE,
                    "principal down, witness up, mirror was SYNCHRONIZED",
                    "SQL Server fails over by itself: the mirror was SYNCHRONIZED and the witness is up.",
                    "target 5 min; no loss; users hardly notice",
                    "no pool failover; no second command while it fails over; the witness must not be lost now",
                    WAIT,
                    MIRROR_FAILOVER);
    private static final Row B2 =
            new Row(
                    "B2",
                    GUIDANCE,
                    "principal down, witness up, mirror not SYNCHRONIZED",
                    "No automatic failover happens, since the mirror was not in step; the principal is to be brought back, else the mirror forced.",
                    "the unsent log, if forced",
                    "no force while the principal may still serve",
                    REPAIR,
                    FORCED_MIRROR_FAILOVER);
    private static final Row B3 =
            new Row(
                    "B3",
                    GUIDANCE,
                    "principal down, no witness, mirror was SYNCHRONIZED",
                    "The principal is down and no witness lets SQL Server fail over by itself; the mirror was SYNCHRONIZED, so nothing is lost by making it principal.",
                    "seconds; no loss expected; 30 min of normal work is the budget",
                    "no pool failover first; CENTRAL_MGMT is not to be forgotten",
                    MIRROR_FAILOVER);
    private static final Row B4 =
            new Row(
                    "B4",
                    INFERENCE,
                    "principal down, no witness, mirror not proven SYNCHRONIZED",
                    "Nothing proves that the mirror has all that was acknowledged: people choose the smaller loss.",
                    "the unsent log, if forced; up to the RPO, if the pool fails over",
                    "no automatic force",
                    REPAIR,
                    FORCED_MIRROR_FAILOVER);

    static final List<Rule<StoreCase>> RULES =
            List.of(
                    new Rule<>(StoreRules.B9, PrincipalRules::bothDown),
                    new Rule<>(B10, PrincipalRules::principalAndWitnessDown),
                    new Rule<>(F9, PrincipalRules::quorumLostToo),
                    new Rule<>(F10, _ -> Optional.empty()),
                    new Rule<>(B1, PrincipalRules::automatic),
                    new Rule<>(B2, PrincipalRules::notInStep),
                    new Rule<>(B3, PrincipalRules::manual),
                    new Rule<>(B4, PrincipalRules::unproven));

    private PrincipalRules() {}

    private static Optional<Proposal> bothDown(StoreCase c) {
        StoreSituation s = c.store();
        return s.principalLost() && s.mirrorLost()
                ? Optional.of(
                        StoreRules.lost(
                                c,
                                "restore SQL Server on " + s.principalAt() + " or " + s.mirrorAt()))
                : Optional.empty();
    }

    private static Optional<Proposal> principalAndWitnessDown(StoreCase c) {
        StoreSituation s = c.store();
        if (!s.principalLost() || !s.witnessDown() || !s.mirrorAlive()) {
            return Optional.empty();
        }
        var finding =
                c.finding(
                        FindingCode.SQL_QUORUM_LOST,
                        B10,
                        Severity.CRITICAL,
                        s.principal().since(),
                        s.principal(),
                        s.witness().orElseThrow());
        String first =
                "bring the witness "
                        + s.store().witness().orElseThrow()
                        + " or the principal "
                        + s.principalAt()
                        + " back; only as the last resort remove mirroring and recover the mirror";
        return Optional.of(
                Proposal.of(B10, finding, new Remedy.Repair(first, s.budgetEnds()))
                        .rejecting(MIRROR_FAILOVER, "the mirror has no quorum without its witness")
                        .rejecting(
                                FORCED_MIRROR_FAILOVER,
                                "refused with 1406 or 1455 without the witness")
                        .rejecting(c.poolLater()));
    }

    /** The pool's rows propose what to do; here only the store's trouble is named. */
    private static Optional<Proposal> quorumLostToo(StoreCase c) {
        for (PoolSituation pool : c.pools()) {
            if (c.store().principalLost() && pool.below()) {
                return Optional.of(quorumLostToo(c, pool));
            }
        }
        return Optional.empty();
    }

    private static Proposal quorumLostToo(StoreCase c, PoolSituation lost) {
        Row row = !lost.belowForTheVote() ? PoolRules.F6 : lost.size() == 2 ? F9 : F10;
        return Proposal.of(row, c.principalLost(row), new Remedy.None())
                .rejecting(
                        MIRROR_FAILOVER,
                        "it cures a lost Back End partner, not lost Front End quorum: "
                                + lost.footing());
    }

    private static Optional<Proposal> automatic(StoreCase c) {
        StoreSituation s = c.store();
        boolean applies =
                s.principalLost()
                        && s.witnessAlive()
                        && s.mirrorAlive()
                        && c.replication().proof() == Replication.Proof.SYNCHRONIZED
                        && !Replication.witnessCutBefore(s.sight(), s.store());
        if (!applies) {
            return Optional.empty();
        }
        Instant deadline =
                s.principal()
                        .since()
                        .plus(s.sight().setting(Setting.MIRROR_FAILOVER_GRACE, s.store().id()));
        if (s.sight().now().isBefore(deadline)) {
            return Optional.of(
                    Proposal.of(B1, c.principalLost(B1), new Remedy.Wait(deadline))
                            .rejecting(
                                    MIRROR_FAILOVER,
                                    "a second command while SQL Server fails over by itself; its time ends at "
                                            + deadline)
                            .rejecting(MirrorFailover.noPool(c)));
        }
        return c.namedPool()
                .map(pool ->
                        MirrorFailover.propose(
                                        c,
                                        B1,
                                        pool,
                                        "It should have done so by "
                                                + deadline
                                                + "; what it has not moved is moved by command: "
                                                + c.typesToMove()
                                                + ".")
                                .proving(notByItself(c, deadline)));
    }

    /** What SQL Server did by itself is seen after its time was over, before anything is moved. */
    private static GateClause notByItself(StoreCase c, Instant deadline) {
        Instant seen = c.sight().facts(c.store().store().id()).at();
        boolean proven = !seen.isBefore(deadline);
        return new GateClause(
                Clause.NOT_FAILED_OVER_BY_ITSELF,
                proven ? ClauseResult.PASSED : ClauseResult.UNKNOWN,
                true,
                proven
                        ? "the principals were still on " + c.store().principalAt() + " at " + seen
                        : "where the principals are was last told at "
                                + seen
                                + ", before SQL Server's time was over");
    }

    private static Optional<Proposal> notInStep(StoreCase c) {
        StoreSituation s = c.store();
        if (!s.principalLost() || s.witness().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ForcedMirrorFailover.orRepair(c, B2));
    }

    private static Optional<Proposal> manual(StoreCase c) {
        StoreSituation s = c.store();
        boolean applies =
                s.principalLost()
                        && s.witness().isEmpty()
                        && s.mirrorAlive()
                        && c.replication().proof() == Replication.Proof.SYNCHRONIZED;
        return applies
                ? c.namedPool().map(pool -> MirrorFailover.propose(c, B3, pool, ""))
                : Optional.empty();
    }

    private static Optional<Proposal> unproven(StoreCase c) {
        return c.store().principalLost()
                ? Optional.of(ForcedMirrorFailover.orRepair(c, B4))
                : Optional.empty();
    }
}
