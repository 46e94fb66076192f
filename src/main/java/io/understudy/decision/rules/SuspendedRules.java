package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.FORCED_MIRROR_FAILOVER;
import static io.understudy.decision.Remediation.MIRROR_FAILOVER;
import static io.understudy.decision.Remediation.POOL_FAILOVER;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.rules.Row.Basis.GUIDANCE;

import io.understudy.decision.DataLoss;
import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Remedy;
import io.understudy.decision.Setting;
import io.understudy.decision.Severity;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Position;
import io.understudy.health.Aspect;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Rows B12 and B16: both partners live, and mirroring stands still (domain.md 8.2). */
final class SuspendedRules {

    private static final Row B16 =
            new Row(
                    "B16",
                    GUIDANCE,
                    "the old principal is back after the mirror was forced",
                    "The mirror was forced to be principal and the old principal is back: mirroring stays suspended until somebody has decided what of the old one's unsent log is to be saved.",
                    "resuming discards what the old principal had not sent",
                    "no automatic RESUME",
                    REPAIR);
    private static final Row B12 =
            new Row(
                    "B12",
                    GUIDANCE,
                    "mirroring SUSPENDED, UNSYNCHRONIZED or DISCONNECTED while both partners live",
                    "Mirroring stands still although both partners live: the store is exposed and its log grows.",
                    "no redundancy; the log grows",
                    "no failover; after a forced switch a RESUME discards the old principal's unsent log",
                    REPAIR);
    static final List<Rule<StoreCase>> RULES =
            List.of(
                    new Rule<>(B16, SuspendedRules::returnedAfterForce),
                    new Rule<>(B12, SuspendedRules::suspended));

    private SuspendedRules() {}

    private static Optional<Proposal> returnedAfterForce(StoreCase c) {
        StoreSituation s = c.store();
        if (!c.store().bothAlive() || standingStill(c).isEmpty() || !forced(s)) {
            return Optional.empty();
        }
        Remedy.Repair repair =
                new Remedy.Repair(
                        "decide what to save of "
                                + s.mirrorAt()
                                + ", extract it with mirroring broken, then SET PARTNER RESUME on "
                                + s.principalAt(),
                        Optional.empty(),
                        suspendedBySide(s));
        Proposal proposal =
                Proposal.of(B16, still(c, B16), repair)
                        .rejecting(MIRROR_FAILOVER, "the partners do not have the same data");
        return Optional.of(
                repair.resumesMirroring()
                        ? proposal.acting(
                                proposal.gate(), new DataLoss.Unknown(), proposal.interruption())
                        : proposal);
    }

    private static boolean forced(StoreSituation s) {
        return s.told().flatMap(Facts.OfStore::forcedServiceAt).isPresent()
                || s.sight().ended(FORCED_MIRROR_FAILOVER, s.store().id());
    }

    private static Optional<Proposal> suspended(StoreCase c) {
        StoreSituation s = c.store();
        if (!c.store().bothAlive() || standingStill(c).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                Proposal.of(
                                B12,
                                still(c, B12),
                                new Remedy.Repair(
                                        "mend the cause (network, disk, SQL errors 1453, 1454, 1458), SET PARTNER RESUME on "
                                                + s.principalAt()
                                                + " and wait for SYNCHRONIZED; after error 1462 rebuild the mirror",
                                        Optional.empty(),
                                        suspendedBySide(s)))
                        .saying(String.join(", ", standingStill(c)) + ".")
                        .rejecting(MIRROR_FAILOVER, "the mirror is not in step")
                        .rejecting(POOL_FAILOVER, "the principal serves all users"));
    }

    /** The databases that a RESUME is for, by the side on which it is given. */
    private static List<Remedy.Repair.Suspended> suspendedBySide(StoreSituation s) {
        List<Facts.MirroringRow> rows = s.told().map(Facts.OfStore::mirroring).orElse(List.of());
        return Arrays.stream(Position.values())
                .map(side ->
                        new Remedy.Repair.Suspended(
                                side,
                                rows.stream()
                                        .filter(row -> row.state() == MirroringState.SUSPENDED)
                                        .filter(row -> row.principalOn().equals(Optional.of(side)))
                                        .map(Facts.MirroringRow::database)
                                        .toList()))
                .filter(suspended -> !suspended.databases().isEmpty())
                .toList();
    }

    /** What is told of databases whose mirroring does not move, fresh facts only. */
    private static List<String> standingStill(StoreCase c) {
        List<Facts.MirroringRow> rows =
                c.store().told().map(Facts.OfStore::mirroring).orElse(List.of());
        List<String> still = List.of();
        for (Facts.MirroringRow row : rows) {
            if (standsStill(c, row.state())) {
                still = still.isEmpty() ? new ArrayList<>() : still;
                still.add(row.database() + " is " + row.state());
            }
        }
        return still;
    }

    /**
     * DISCONNECTED is what a partner says first of a loss that is not settled yet: only where it
     * lasts is the link what is lost.
     */
    private static boolean standsStill(StoreCase c, MirroringState state) {
        return switch (state) {
            case SUSPENDED, UNSYNCHRONIZED -> true;
            case DISCONNECTED -> {
                ComponentId store = c.store().store().id();
                Instant lasts =
                        c.sight()
                                .facts(store)
                                .since(Aspect.MIRRORING)
                                .plus(c.sight().setting(Setting.LOSS_ALIGNMENT, store));
                yield !c.sight().now().isBefore(lasts);
            }
            case SYNCHRONIZED, SYNCHRONIZING, PENDING_FAILOVER, UNKNOWN -> false;
        };
    }

    private static Finding still(StoreCase c, Row row) {
        return c.finding(
                FindingCode.MIRRORING_SUSPENDED,
                row,
                Severity.WARNING,
                c.sight().facts(c.store().store().id()).since(Aspect.MIRRORING),
                c.store().principal());
    }
}
