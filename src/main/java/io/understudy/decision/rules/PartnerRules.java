package io.understudy.decision.rules;

import static io.understudy.decision.rules.Rule.Basis.GUIDANCE;

import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.estate.Position;
import java.util.List;
import java.util.Optional;

/** Rows B6 to B8, B11 and B14: a mirrored store whose principal lives (domain.md 8.2). */
final class PartnerRules {

    static final List<Rule<StoreCase>> ROWS =
            List.of(
                    new Rule<>(
                            "B11",
                            GUIDANCE,
                            "mirror and witness down, principal alive",
                            "the principal is not healthy because it answers",
                            PartnerRules::mirrorAndWitnessDown),
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
                            PartnerRules::witnessDown),
                    new Rule<>(
                            "B14",
                            GUIDANCE,
                            "the configured mirror is principal",
                            "no failback while SYNCHRONIZING",
                            PartnerRules::onMirror));

    private PartnerRules() {}

    private static Optional<Proposal> mirrorAndWitnessDown(StoreCase c) {
        StoreSituation s = c.store();
        if (!s.mirrorLost() || !s.witnessLost()) {
            return Optional.empty();
        }
        return Optional.of(
                Proposal.passive(
                        "B11",
                        c.finding(
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
                        c.poolLater()));
    }

    private static Optional<Proposal> mirrorDown(StoreCase c, String row, boolean applies) {
        StoreSituation s = c.store();
        if (!applies || !s.mirrorLost()) {
            return Optional.empty();
        }
        Proposal exposed =
                Proposal.passive(
                        row,
                        c.finding(
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
        if (!s.witnessLost() || s.principalLost()) {
            return Optional.empty();
        }
        return Optional.of(
                Proposal.passive(
                        "B8",
                        c.finding(
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
                        "Nothing fails over by itself, and losing either partner takes the databases down.",
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
                        c.finding(
                                FindingCode.RUNNING_ON_MIRROR,
                                "B14",
                                Severity.INFO,
                                s.sight().facts(s.store().id()).since(),
                                s.principal()))
                : Optional.empty();
    }
}
