package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.MIRROR_FAILOVER;
import static io.understudy.decision.Remediation.POOL_FAILOVER;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.rules.Row.Basis.GUIDANCE;

import io.understudy.decision.FindingCode;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import java.util.List;
import java.util.Optional;

/** Rows B6, B7 and B11: a mirrored store that has lost its mirror (domain.md 8.2). */
final class PartnerRules {

    private static final Row B11 =
            new Row(
                    "B11",
                    GUIDANCE,
                    "mirror and witness down, principal alive",
                    "The databases are offline although the principal answers: it has lost both partners and so quorum.",
                    "the Back End is unavailable; its budget runs",
                    "the principal is not healthy because it answers",
                    REPAIR);
    private static final Row B6 =
            new Row(
                    "B6",
                    GUIDANCE,
                    "mirror down, witness up",
                    "The principal serves, exposed: one more loss takes the store down.",
                    "no redundancy",
                    "the witness and the principal must not stop; no failover of any kind",
                    REPAIR);
    private static final Row B7 =
            new Row(
                    "B7",
                    GUIDANCE,
                    "mirror down, no witness",
                    "The principal serves, exposed: its loss takes the store down.",
                    "no redundancy",
                    "the principal must not stop",
                    REPAIR);

    static final List<Rule<StoreCase>> RULES =
            List.of(
                    new Rule<>(B11, PartnerRules::mirrorAndWitnessDown),
                    new Rule<>(B6, c -> mirrorDown(c, B6, c.store().witness().isPresent())),
                    new Rule<>(B7, c -> mirrorDown(c, B7, true)));

    private PartnerRules() {}

    private static Optional<Proposal> mirrorAndWitnessDown(StoreCase c) {
        StoreSituation s = c.store();
        if (!s.mirrorLost() || !s.witnessLost()) {
            return Optional.empty();
        }
        var finding =
                c.finding(
                        FindingCode.SQL_QUORUM_LOST,
                        B11,
                        Severity.CRITICAL,
                        s.unavailableSince().orElse(s.sight().now()),
                        s.mirror().orElseThrow(),
                        s.witness().orElseThrow());
        String first =
                "bring the witness "
                        + s.store().witness().orElseThrow()
                        + " back, which is quickest, or the mirror "
                        + s.mirrorAt();
        return Optional.of(
                Proposal.of(B11, finding, new Remedy.Repair(first, s.budgetEnds()))
                        .rejecting(MIRROR_FAILOVER, "the mirror is down")
                        .rejecting(c.poolLater()));
    }

    private static Optional<Proposal> mirrorDown(StoreCase c, Row row, boolean applies) {
        StoreSituation s = c.store();
        if (!applies || !s.mirrorLost()) {
            return Optional.empty();
        }
        var finding =
                c.finding(
                        FindingCode.MIRROR_LOST,
                        row,
                        Severity.WARNING,
                        s.mirror().orElseThrow().since(),
                        s.mirror().orElseThrow());
        String first =
                "repair or rebuild the mirror on " + s.mirrorAt() + " and watch the log's growth";
        Proposal exposed =
                Proposal.of(row, finding, new Remedy.Repair(first, Optional.empty()))
                        .rejecting(MIRROR_FAILOVER, "the principal serves, and the mirror is down")
                        .rejecting(
                                POOL_FAILOVER,
                                "users notice nothing; a pool failover signs them all out");
        return Optional.of(SessionRules.onMirrorFinding(c).map(exposed::with).orElse(exposed));
    }
}
