package io.understudy.decision.rules;

import static io.understudy.decision.rules.Rule.Basis.GUIDANCE;
import static io.understudy.decision.rules.Rule.Basis.INFERENCE;

import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.Setting;
import io.understudy.decision.Severity;
import io.understudy.estate.StoreTechnology;
import io.understudy.health.Condition;
import io.understudy.health.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Row B9 for every store, and the rows of stores that are not mirrored: an Availability Group G1 to
 * G5 (domain.md 8.3).
 */
final class StoreRules {

    static final List<Rule<StoreCase>> ROWS =
            List.of(
                    new Rule<>(
                            "G1",
                            GUIDANCE,
                            "primary replica down, secondary SYNCHRONIZED, AUTOMATIC, cluster quorum",
                            "no pool failover",
                            StoreRules::groupFailsOver),
                    new Rule<>(
                            "G3",
                            INFERENCE,
                            "primary replica down, no automatic failover proven",
                            "no force while the primary serves",
                            StoreRules::groupStays),
                    new Rule<>(
                            "G5",
                            GUIDANCE,
                            "secondary replica down",
                            "the primary must not stop",
                            StoreRules::replicaDown),
                    new Rule<>(
                            "B9",
                            GUIDANCE,
                            "the store is down",
                            "no planned pool failover; no Front End restarts",
                            StoreRules::down));

    private StoreRules() {}

    /** What applies to a store, by its technology. */
    static Optional<Proposal> propose(StoreCase c) {
        boolean mirrored =
                c.store().store().technology() == StoreTechnology.MIRRORING
                        && c.store().store().mirror().isPresent();
        return mirrored
                ? Rule.first(MirroringRules.ROWS, c).or(() -> down(c))
                : Rule.first(ROWS, c);
    }

    private static Optional<Proposal> down(StoreCase c) {
        return c.store().unavailable()
                ? Optional.of(lost(c, "restore the store on " + c.store().store().primary()))
                : Optional.empty();
    }

    /**
     * Row B9 inside the budget: SQL is restored by a person; what follows after it is the pool's
     * row.
     */
    static Proposal lost(StoreCase c, String first) {
        StoreSituation s = c.store();
        Condition[] on =
                Stream.of(
                                Optional.of(s.principal()),
                                s.mirror(),
                                Optional.of(s.sight().condition(s.store().id())))
                        .flatMap(Optional::stream)
                        .filter(StoreSituation::lost)
                        .toArray(Condition[]::new);
        Instant since = s.unavailableSince().orElse(s.sight().now());
        Finding finding =
                s.sight()
                        .finding(
                                FindingCode.STORE_LOST,
                                s.store().id(),
                                "B9",
                                Severity.CRITICAL,
                                since,
                                on);
        return Proposal.passive(
                "B9",
                finding,
                new Remedy.Repair(
                        first + "; do not restart Front End Servers, which cannot start without it",
                        s.budgetEnds()),
                "No copy of the databases serves. Users work normally until "
                        + s.budgetEnds().map(Instant::toString).orElse("the budget is spent")
                        + "; after that the pool fails over with -DisasterMode.",
                new Rejected(
                        Remediation.MIRROR_FAILOVER, "there is no mirror that could serve", "B9"),
                new Rejected(
                        Remediation.POOL_FAILOVER,
                        "justified only once the budget of "
                                + s.sight().setting(Setting.BACK_END_BUDGET, s.store().id())
                                + " is spent: it signs everybody out",
                        "B9"));
    }

    private static Optional<Facts.AvailabilityGroup> group(StoreCase c) {
        return c.store().sight().facts(c.store().store().id()).facts() instanceof Facts.OfStore told
                ? told.availabilityGroup()
                : Optional.empty();
    }

    private static boolean isGroup(StoreCase c) {
        return c.store().store().technology() == StoreTechnology.AVAILABILITY_GROUP;
    }

    private static Optional<Proposal> groupFailsOver(StoreCase c) {
        StoreSituation s = c.store();
        boolean byItself =
                isGroup(c)
                        && s.principalLost()
                        && s.mirrorAlive()
                        && group(c).filter(g ->
                                        g.failoverMode().filter("AUTOMATIC"::equals).isPresent()
                                                && g.failoverReady().orElse(false))
                                .isPresent();
        Instant deadline =
                s.principal()
                        .since()
                        .plus(s.sight().setting(Setting.MIRROR_FAILOVER_GRACE, s.store().id()));
        if (!byItself || !s.sight().now().isBefore(deadline)) {
            return Optional.empty();
        }
        return Optional.of(
                Proposal.passive(
                        "G1",
                        replicaLost(c, "G1", Severity.CRITICAL, s.principal()),
                        new Remedy.Wait(deadline),
                        "The cluster fails the Availability Group over by itself.",
                        new Rejected(
                                Remediation.AVAILABILITY_GROUP_FAILOVER,
                                "it happens by itself until " + deadline,
                                "G1")));
    }

    private static Optional<Proposal> groupStays(StoreCase c) {
        StoreSituation s = c.store();
        if (!isGroup(c) || !s.principalLost() || !s.mirrorAlive()) {
            return Optional.empty();
        }
        return Optional.of(
                Proposal.passive(
                        "G3",
                        replicaLost(c, "G3", Severity.CRITICAL, s.principal()),
                        new Remedy.Repair(
                                "bring "
                                        + s.principalAt()
                                        + " back, or let two people decide to fail the group over to "
                                        + s.mirrorAt(),
                                s.budgetEnds()),
                        "The Availability Group has not failed over by itself.",
                        new Rejected(
                                Remediation.FORCED_AVAILABILITY_GROUP_FAILOVER,
                                "it may lose what was committed since the replicas were last in step",
                                "G3")));
    }

    private static Optional<Proposal> replicaDown(StoreCase c) {
        StoreSituation s = c.store();
        if (!isGroup(c) || !s.mirrorLost() || s.principalLost()) {
            return Optional.empty();
        }
        return Optional.of(
                Proposal.passive(
                        "G5",
                        replicaLost(c, "G5", Severity.WARNING, s.mirror().orElseThrow()),
                        new Remedy.Repair("repair the replica " + s.mirrorAt(), Optional.empty()),
                        "The primary replica serves, exposed."));
    }

    private static Finding replicaLost(
            StoreCase c, String row, Severity severity, Condition replica) {
        return c.store()
                .sight()
                .finding(
                        FindingCode.REPLICA_LOST,
                        c.store().store().id(),
                        row,
                        severity,
                        replica.since(),
                        replica);
    }
}
