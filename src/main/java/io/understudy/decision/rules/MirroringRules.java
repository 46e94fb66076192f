package io.understudy.decision.rules;

import static io.understudy.decision.rules.Rule.Basis.GUIDANCE;
import static io.understudy.decision.rules.Rule.Basis.INFERENCE;

import io.understudy.decision.DataLoss;
import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Interruption;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.estate.Position;
import io.understudy.health.Condition;
import io.understudy.health.Facts;
import io.understudy.health.WitnessState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Rows B1 to B11 and B14: a mirrored store (domain.md 8.2). The first row that applies decides;
 * together they cover the truth table of domain.md 4.6.
 */
final class MirroringRules {

    private static final Duration USUAL = Duration.ofSeconds(20);
    private static final Duration SWITCH = Duration.ofSeconds(5);
    private static final Duration TARGET = Duration.ofMinutes(5);

    static final List<Rule<StoreCase>> ROWS =
            List.of(
                    new Rule<>(
                            "B9",
                            GUIDANCE,
                            "principal and mirror down",
                            "no planned pool failover; no Front End restarts",
                            MirroringRules::bothDown),
                    new Rule<>(
                            "B10",
                            GUIDANCE,
                            "principal and witness down, mirror alive",
                            "no loop on forced service",
                            MirroringRules::principalAndWitnessDown),
                    new Rule<>(
                            "F9",
                            GUIDANCE,
                            "principal down and the pool below its number",
                            "mirror promotion is not enough",
                            MirroringRules::quorumLostToo),
                    new Rule<>(
                            "B1",
                            GUIDANCE,
                            "principal down, witness up, was SYNCHRONIZED",
                            "no pool failover; no second command while it fails over; the witness must not be lost now",
                            MirroringRules::automatic),
                    new Rule<>(
                            "B2",
                            GUIDANCE,
                            "principal down, witness up, not SYNCHRONIZED",
                            "no force while the principal may still serve",
                            MirroringRules::notInStep),
                    new Rule<>(
                            "B3",
                            GUIDANCE,
                            "principal down, no witness, mirror was SYNCHRONIZED",
                            "no pool failover first; CENTRAL_MGMT is not to be forgotten",
                            MirroringRules::manual),
                    new Rule<>(
                            "B4",
                            INFERENCE,
                            "principal down, no witness, mirror not proven SYNCHRONIZED",
                            "no automatic force",
                            MirroringRules::unproven),
                    new Rule<>(
                            "B11",
                            GUIDANCE,
                            "mirror and witness down, principal alive",
                            "the principal is not healthy because it answers",
                            MirroringRules::mirrorAndWitnessDown),
                    new Rule<>(
                            "B6",
                            GUIDANCE,
                            "mirror down, witness up",
                            "the witness and the principal must not stop",
                            c -> mirrorDown(c, "B6", c.store().witness().isPresent())),
                    new Rule<>(
                            "B7",
                            GUIDANCE,
                            "mirror down, no witness",
                            "the principal must not stop",
                            c -> mirrorDown(c, "B7", true)),
                    new Rule<>(
                            "B8",
                            GUIDANCE,
                            "witness down, both partners up",
                            "no counting on automatic failover; no restart of a partner",
                            MirroringRules::witnessDown),
                    new Rule<>(
                            "B14",
                            GUIDANCE,
                            "the configured mirror is principal",
                            "no failback while SYNCHRONIZING",
                            MirroringRules::onMirror));

    private MirroringRules() {}

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
                        finding(
                                c,
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
                        poolLater(s)));
    }

    /** The pool's rows propose what to do; here only the store's trouble is named. */
    private static Optional<Proposal> quorumLostToo(StoreCase c) {
        StoreSituation s = c.store();
        if (!s.principalLost() || c.pools().stream().noneMatch(PoolSituation::below)) {
            return Optional.empty();
        }
        return Optional.of(
                Proposal.passive(
                        "F9",
                        principalLost(c, "F9"),
                        new Remedy.None(),
                        "The pool is below its functional number as well: making the mirror principal would not bring it back.",
                        new Rejected(
                                Remediation.MIRROR_FAILOVER,
                                "it cures a lost Back End partner, not lost Front End quorum: "
                                        + c.pools().stream()
                                                .map(PoolSituation::footing)
                                                .findFirst()
                                                .orElse(""),
                                "F9")));
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
        Instant deadline = s.principal().since().plus(s.sight().policy().mirrorFailoverGrace());
        if (!s.sight().now().isBefore(deadline)) {
            return Optional.of(
                    failover(
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
                        principalLost(c, "B1"),
                        new Remedy.Wait(deadline),
                        "SQL Server fails over by itself: the mirror was SYNCHRONIZED and the witness is up.",
                        new Rejected(
                                Remediation.MIRROR_FAILOVER,
                                "a second command while SQL Server fails over by itself; its time ends at "
                                        + deadline,
                                "B1"),
                        noPool(s)));
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
                        principalLost(c, "B2"),
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
                        poolLater(s)));
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
                        failover(
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
                        principalLost(c, "B4"),
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
                        poolLater(s)));
    }

    private static Optional<Proposal> mirrorAndWitnessDown(StoreCase c) {
        StoreSituation s = c.store();
        if (!s.mirrorLost() || !s.witnessLost()) {
            return Optional.empty();
        }
        return Optional.of(
                Proposal.passive(
                        "B11",
                        finding(
                                c,
                                FindingCode.SQL_QUORUM_LOST,
                                "B11",
                                Severity.CRITICAL,
                                s.unavailableSince().orElse(s.sight().now()),
                                s.mirror().orElseThrow(),
                                s.witness().orElseThrow()),
                        new Remedy.Repair(
                                "bring the witness "
                                        + s.store().witness().orElseThrow()
                                        + " back, which is quickest, or the mirror "
                                        + s.mirrorAt(),
                                s.budgetEnds()),
                        "The databases are offline although the principal answers: it has lost both partners and so quorum.",
                        new Rejected(Remediation.MIRROR_FAILOVER, "the mirror is down", "B11"),
                        poolLater(s)));
    }

    private static Optional<Proposal> mirrorDown(StoreCase c, String row, boolean applies) {
        StoreSituation s = c.store();
        if (!applies || !s.mirrorLost()) {
            return Optional.empty();
        }
        Proposal exposed =
                Proposal.passive(
                        row,
                        finding(
                                c,
                                FindingCode.MIRROR_LOST,
                                row,
                                Severity.WARNING,
                                s.mirror().orElseThrow().since(),
                                s.mirror().orElseThrow()),
                        new Remedy.Repair(
                                "repair or rebuild the mirror on "
                                        + s.mirrorAt()
                                        + " and watch the log's growth",
                                Optional.empty()),
                        "The principal serves, exposed: one more loss takes the store down.",
                        new Rejected(
                                Remediation.MIRROR_FAILOVER,
                                "the principal serves, and the mirror is down",
                                row),
                        new Rejected(
                                Remediation.POOL_FAILOVER,
                                "users notice nothing; a pool failover signs them all out",
                                row));
        return Optional.of(onMirrorFinding(c).map(exposed::with).orElse(exposed));
    }

    private static Optional<Proposal> witnessDown(StoreCase c) {
        StoreSituation s = c.store();
        if (!s.witnessLost() || !StoreSituation.alive(s.principal())) {
            return Optional.empty();
        }
        return Optional.of(
                Proposal.passive(
                        "B8",
                        finding(
                                c,
                                FindingCode.WITNESS_LOST,
                                "B8",
                                Severity.WARNING,
                                s.witness().orElseThrow().since(),
                                s.witness().orElseThrow()),
                        new Remedy.Repair(
                                "restore the witness "
                                        + s.store().witness().orElseThrow()
                                        + "; if that takes long, take it out of the topology and SET WITNESS OFF per database,"
                                        + " ignoring the advice to run Uninstall-CsMirrorDatabase",
                                Optional.empty()),
                        "Both partners serve, but nothing fails over by itself, and losing either takes the databases down.",
                        new Rejected(
                                Remediation.MIRROR_FAILOVER,
                                "the principal serves; neither partner may restart now",
                                "B8")));
    }

    private static Optional<Proposal> onMirror(StoreCase c) {
        return onMirrorFinding(c)
                .map(finding ->
                        Proposal.passive(
                                "B14",
                                finding,
                                new Remedy.None(),
                                "The old principal becomes the mirror by itself; once SYNCHRONIZED it can be made principal again"
                                        + " in a quiet hour, which restores the primary store's vote.",
                                new Rejected(
                                        Remediation.MIRROR_FAILBACK,
                                        "not urgent, and never while SYNCHRONIZING",
                                        "B14")));
    }

    private static Optional<Finding> onMirrorFinding(StoreCase c) {
        StoreSituation s = c.store();
        boolean moved =
                StoreSituation.alive(s.principal())
                        && s.principalSide() == Position.MIRROR
                        && !s.split();
        return moved
                ? Optional.of(
                        finding(
                                c,
                                FindingCode.RUNNING_ON_MIRROR,
                                "B14",
                                Severity.INFO,
                                s.sight().facts(s.store().id()).since(),
                                s.principal()))
                : Optional.empty();
    }

    private static Proposal failover(StoreCase c, String row, String reason) {
        StoreSituation s = c.store();
        return new Proposal(
                row,
                List.of(principalLost(c, row)),
                s.store().id(),
                new Remedy.MirrorFailover(
                        s.store().name(),
                        c.namedPool().orElseThrow().fqdn(),
                        s.mirrorAt(),
                        s.principalSide().other(),
                        c.typesToMove(),
                        true),
                reason,
                MirrorGate.of(c),
                new DataLoss.None(),
                new Interruption(
                        "users of the pool hardly notice; open transactions roll back",
                        expected(c),
                        TARGET),
                List.of(
                        noPool(s),
                        new Rejected(
                                Remediation.FORCED_MIRROR_FAILOVER,
                                "nothing needs to be given up: the mirror was SYNCHRONIZED",
                                row),
                        new Rejected(
                                Remediation.REPAIR,
                                "restoring the principal takes longer than making the mirror principal",
                                row)),
                List.of());
    }

    /** Redo queue by redo rate, where both are told (domain.md 4.5); else what is usual. */
    private static Duration expected(StoreCase c) {
        Facts facts = c.store().sight().facts(c.store().store().id()).facts();
        if (facts instanceof Facts.OfStore told
                && told.redoQueueKb().isPresent()
                && told.redoRateKbPerSecond().orElse(0) > 0) {
            return SWITCH.plusSeconds(
                    told.redoQueueKb().getAsLong() / told.redoRateKbPerSecond().getAsLong());
        }
        return USUAL;
    }

    private static Rejected noPool(StoreSituation s) {
        return new Rejected(
                Remediation.POOL_FAILOVER,
                "the store alone restores service; users work normally until "
                        + s.budgetEnds().map(Instant::toString).orElse("its budget is spent")
                        + ", and a pool failover would sign all of them out",
                "P1");
    }

    private static Rejected poolLater(StoreSituation s) {
        return new Rejected(
                Remediation.POOL_FAILOVER,
                "users work normally without the store until "
                        + s.budgetEnds().map(Instant::toString).orElse("its budget is spent"),
                "B9");
    }

    private static Finding principalLost(StoreCase c, String row) {
        return finding(
                c,
                FindingCode.PRINCIPAL_LOST,
                row,
                Severity.CRITICAL,
                c.store().principal().since(),
                c.store().principal());
    }

    private static Finding finding(
            StoreCase c,
            FindingCode code,
            String row,
            Severity severity,
            Instant since,
            Condition... on) {
        return c.store().sight().finding(code, c.store().store().id(), row, severity, since, on);
    }
}
