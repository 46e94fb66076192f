package io.understudy.decision.rules;

import static io.understudy.decision.rules.Rule.Basis.GUIDANCE;
import static io.understudy.decision.rules.Rule.Basis.INFERENCE;

import io.understudy.decision.FindingCode;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.Setting;
import io.understudy.decision.Severity;
import io.understudy.health.WitnessState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rows B1 to B4, B9, B10 and F9: a mirrored store whose principal is lost (domain.md 8.2). */
final class PrincipalRules {

    static final List<Rule<StoreCase>> ROWS =
            List.of(
                    new Rule<>(
                            "B9",
                            GUIDANCE,
                            "principal and mirror down",
                            "no planned pool failover; no Front End restarts",
                            PrincipalRules::bothDown),
                    new Rule<>(
                            "B10",
                            GUIDANCE,
                            "principal and witness down, mirror alive",
                            "no loop on forced service",
                            PrincipalRules::principalAndWitnessDown),
                    new Rule<>(
                            "F9",
                            GUIDANCE,
                            "principal down and the pool below its number",
                            "mirror promotion is not enough",
                            PrincipalRules::quorumLostToo),
                    new Rule<>(
                            "B1",
                            GUIDANCE,
                            "principal down, witness up, was SYNCHRONIZED",
                            "no pool failover; no second command while it fails over; the witness must not be lost now",
                            PrincipalRules::automatic),
                    new Rule<>(
                            "B2",
                            GUIDANCE,
                            "principal down, witness up, not SYNCHRONIZED",
                            "no force while the principal may still serve",
                            PrincipalRules::notInStep),
                    new Rule<>(
                            "B3",
                            GUIDANCE,
                            "principal down, no witness, mirror was SYNCHRONIZED",
                            "no pool failover first; CENTRAL_MGMT is not to be forgotten",
                            PrincipalRules::manual),
                    new Rule<>(
                            "B4",
                            INFERENCE,
                            "principal down, no witness, mirror not proven SYNCHRONIZED",
                            "no automatic force",
                            PrincipalRules::unproven));

    private PrincipalRules() {}

    private static Optional<Proposal> bothDown(StoreCase c) {
        StoreSituation s = c.store();
        if (!s.principalLost() || !s.mirrorLost()) {
            return Optional.empty();
        }
        return Optional.of(
                StoreRules.lost(
                        c, "restore SQL Server on " + s.principalAt() + " or " + s.mirrorAt()));
    }

    private static Optional<Proposal> principalAndWitnessDown(StoreCase c) {
        StoreSituation s = c.store();
        if (!s.principalLost() || !s.witnessLost() || !s.mirrorAlive()) {
            return Optional.empty();
        }
        return Optional.of(
                Proposal.passive(
                        "B10",
                        c.finding(
                                FindingCode.SQL_QUORUM_LOST,
                                "B10",
                                Severity.CRITICAL,
                                s.unavailableSince().orElseThrow(),
                                s.principal(),
                                s.witness().orElseThrow()),
                        new Remedy.Repair(
                                "bring the witness "
                                        + s.store().witness().orElseThrow()
                                        + " or the principal "
                                        + s.principalAt()
                                        + " back; only as the last resort remove mirroring and recover the mirror",
                                s.budgetEnds()),
                        "The mirror cannot serve nor be forced while a witness is configured and away (SQL errors 1406, 1455).",
                        new Rejected(
                                Remediation.MIRROR_FAILOVER,
                                "the mirror has no quorum without its witness",
                                "B10"),
                        new Rejected(
                                Remediation.FORCED_MIRROR_FAILOVER,
                                "refused with 1406 or 1455 without the witness",
                                "B10"),
                        c.poolLater()));
    }

    /** The pool's rows propose what to do; here only the store's trouble is named. */
    private static Optional<Proposal> quorumLostToo(StoreCase c) {
        StoreSituation s = c.store();
        if (!s.principalLost() || c.pools().stream().noneMatch(PoolSituation::below)) {
            return Optional.empty();
        }
        PoolSituation lost =
                c.pools().stream().filter(PoolSituation::below).findFirst().orElseThrow();
        String row = lost.belowForTheVote() ? lost.voteRow() : "F6";
        return Optional.of(
                Proposal.passive(
                        row,
                        c.principalLost(row),
                        new Remedy.None(),
                        "The pool is below its functional number as well: making the mirror"
                                + " principal would not bring it back.",
                        new Rejected(
                                Remediation.MIRROR_FAILOVER,
                                "it cures a lost Back End partner, not lost Front End quorum: "
                                        + lost.footing(),
                                row)));
    }

    private static Optional<Proposal> automatic(StoreCase c) {
        StoreSituation s = c.store();
        boolean applies =
                s.principalLost()
                        && s.witnessAlive()
                        && s.mirrorAlive()
                        && c.replication().proof() == Replication.Proof.SYNCHRONIZED
                        && Replication.witnessBefore(s.sight(), s.store())
                                != WitnessState.DISCONNECTED;
        if (!applies) {
            return Optional.empty();
        }
        Instant deadline =
                s.principal()
                        .since()
                        .plus(s.sight().setting(Setting.MIRROR_FAILOVER_GRACE, s.store().id()));
        if (!s.sight().now().isBefore(deadline)) {
            return Optional.of(
                    MirrorFailover.propose(
                            c,
                            "B1",
                            "SQL Server should have failed over by itself by "
                                    + deadline
                                    + " and has not for "
                                    + c.typesToMove()
                                    + ": they are moved by command."));
        }
        return Optional.of(
                Proposal.passive(
                        "B1",
                        c.principalLost("B1"),
                        new Remedy.Wait(deadline),
                        "SQL Server fails over by itself: the mirror was SYNCHRONIZED and the witness is up.",
                        new Rejected(
                                Remediation.MIRROR_FAILOVER,
                                "a second command while SQL Server fails over by itself; its time ends at "
                                        + deadline,
                                "B1"),
                        MirrorFailover.noPool(s)));
    }

    private static Optional<Proposal> notInStep(StoreCase c) {
        StoreSituation s = c.store();
        if (!s.principalLost() || s.witness().isEmpty()) {
            return Optional.empty();
        }
        boolean heard = s.witnessAlive() && s.mirrorAlive();
        return Optional.of(
                Proposal.passive(
                        "B2",
                        c.principalLost("B2"),
                        new Remedy.Repair(
                                "bring the principal " + s.principalAt() + " back", s.budgetEnds()),
                        heard
                                ? "No automatic failover happens: "
                                        + c.replication().evidence()
                                        + "."
                                : "The mirror or the witness is not heard well enough to say what SQL Server does by itself.",
                        new Rejected(Remediation.MIRROR_FAILOVER, c.replication().evidence(), "B2"),
                        new Rejected(
                                Remediation.FORCED_MIRROR_FAILOVER,
                                "it would lose the unsent log; two people must weigh that against the repair",
                                "B2"),
                        c.poolLater()));
    }

    private static Optional<Proposal> manual(StoreCase c) {
        StoreSituation s = c.store();
        boolean applies =
                s.principalLost()
                        && s.witness().isEmpty()
                        && s.mirrorAlive()
                        && c.namedPool().isPresent()
                        && c.replication().proof() == Replication.Proof.SYNCHRONIZED;
        return applies
                ? Optional.of(
                        MirrorFailover.propose(
                                c,
                                "B3",
                                "The principal is down and no witness lets SQL Server fail over by itself; the mirror was"
                                        + " SYNCHRONIZED, so nothing is lost by making it principal."))
                : Optional.empty();
    }

    private static Optional<Proposal> unproven(StoreCase c) {
        StoreSituation s = c.store();
        if (!s.principalLost()) {
            return Optional.empty();
        }
        String why =
                s.mirrorAlive()
                        ? c.replication().evidence()
                        : "the mirror " + s.mirrorAt() + " is not heard";
        return Optional.of(
                Proposal.passive(
                        "B4",
                        c.principalLost("B4"),
                        new Remedy.Repair(
                                "bring the principal " + s.principalAt() + " back", s.budgetEnds()),
                        "Nothing proves that the mirror has all that was acknowledged: "
                                + why
                                + ".",
                        new Rejected(Remediation.MIRROR_FAILOVER, why, "B4"),
                        new Rejected(
                                Remediation.FORCED_MIRROR_FAILOVER,
                                "it may lose the unsent log; two people must weigh that against the repair",
                                "B4"),
                        c.poolLater()));
    }
}
