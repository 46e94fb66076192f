package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.FORCED_MIRROR_FAILOVER;
import static io.understudy.decision.Remediation.MIRROR_FAILBACK;
import static io.understudy.decision.Remediation.MIRROR_FAILOVER;
import static io.understudy.decision.Remediation.NONE;
import static io.understudy.decision.Remediation.POOL_FAILOVER;
import static io.understudy.decision.Remediation.PRINCIPAL_ALIGNMENT;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.rules.Row.Basis.GUIDANCE;
import static io.understudy.decision.rules.Row.Basis.INFERENCE;

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
import io.understudy.health.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows B5, B8, B12, B13, B14 and B16: both partners live (domain.md 8.2). */
final class SessionRules {

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
    private static final Row B8 =
            new Row(
                    "B8",
                    GUIDANCE,
                    "witness down, both partners up",
                    "Nothing fails over by itself without the witness, and losing either partner takes the databases down.",
                    "no automatic failover meanwhile",
                    "no counting on automatic failover; no restart of a partner",
                    REPAIR);
    private static final Row B13 =
            new Row(
                    "B13",
                    INFERENCE,
                    "principals split over both partners",
                    "Some databases have their principal on the other partner: they are brought to one side.",
                    "seconds for each type",
                    "not while any database is not SYNCHRONIZED",
                    PRINCIPAL_ALIGNMENT);
    private static final Row B14 =
            new Row(
                    "B14",
                    GUIDANCE,
                    "the configured mirror is principal, both partners up",
                    "The old principal becomes the mirror by itself; once SYNCHRONIZED it can be made principal again in a quiet hour, which restores the primary store's vote.",
                    "seconds",
                    "no failback while SYNCHRONIZING",
                    NONE,
                    MIRROR_FAILBACK);
    private static final Row B5 =
            new Row(
                    "B5",
                    GUIDANCE,
                    "principal alive but slow, or to be serviced",
                    "The principal serves slowly: overload is not death, and a failover would move the load, not lift it.",
                    "seconds; open transactions roll back, if it is switched as planned work",
                    "no switch unless SYNCHRONIZED, nor with Front End Servers at their minimum",
                    REPAIR,
                    MIRROR_FAILOVER);

    static final List<Rule<StoreCase>> RULES =
            List.of(
                    new Rule<>(B16, SessionRules::returnedAfterForce),
                    new Rule<>(B12, SessionRules::suspended),
                    new Rule<>(B8, SessionRules::witnessDown),
                    new Rule<>(B13, SessionRules::split),
                    new Rule<>(B5, c -> PlannedMirrorFailover.of(c, B5)),
                    new Rule<>(B14, SessionRules::onMirror),
                    new Rule<>(B5, SessionRules::slow));

    private SessionRules() {}

    private static boolean bothAlive(StoreCase c) {
        return StoreSituation.alive(c.store().principal()) && c.store().mirrorAlive();
    }

    private static Optional<Proposal> returnedAfterForce(StoreCase c) {
        StoreSituation s = c.store();
        if (!bothAlive(c) || standingStill(c).isEmpty() || !forced(s)) {
            return Optional.empty();
        }
        return Optional.of(
                Proposal.of(
                                B16,
                                still(c, B16),
                                new Remedy.Repair(
                                        "decide what to save of "
                                                + s.mirrorAt()
                                                + ", extract it with mirroring broken, then SET PARTNER RESUME on "
                                                + s.principalAt(),
                                        Optional.empty()))
                        .rejecting(MIRROR_FAILOVER, "the partners do not have the same data"));
    }

    private static boolean forced(StoreSituation s) {
        return s.told().flatMap(Facts.OfStore::forcedServiceAt).isPresent()
                || s.sight().ended(FORCED_MIRROR_FAILOVER, s.store().id());
    }

    private static Optional<Proposal> suspended(StoreCase c) {
        StoreSituation s = c.store();
        if (!bothAlive(c) || standingStill(c).isEmpty()) {
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
                                        Optional.empty()))
                        .saying(String.join(", ", standingStill(c)) + ".")
                        .rejecting(MIRROR_FAILOVER, "the mirror is not in step")
                        .rejecting(POOL_FAILOVER, "the principal serves all users"));
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

    private static Optional<Proposal> witnessDown(StoreCase c) {
        StoreSituation s = c.store();
        if (!s.witnessLost()) {
            return Optional.empty();
        }
        var finding =
                c.finding(
                        FindingCode.WITNESS_LOST,
                        B8,
                        Severity.WARNING,
                        s.witness().orElseThrow().since(),
                        s.witness().orElseThrow());
        String first =
                "restore the witness "
                        + s.store().witness().orElseThrow()
                        + "; if that takes long, take it out of the topology and SET WITNESS OFF per database,"
                        + " ignoring the advice to run Uninstall-CsMirrorDatabase";
        Proposal proposal =
                Proposal.of(B8, finding, new Remedy.Repair(first, Optional.empty()))
                        .rejecting(
                                MIRROR_FAILOVER,
                                "the principal serves; neither partner may restart now");
        return Optional.of(onMirrorFinding(c).map(proposal::with).orElse(proposal));
    }

    private static Optional<Proposal> split(StoreCase c) {
        return c.store().split() && bothAlive(c)
                ? c.namedPool().map(pool -> PrincipalAlignment.propose(c, B13, pool))
                : Optional.empty();
    }

    private static Optional<Proposal> onMirror(StoreCase c) {
        if (!c.store().mirrorAlive()) {
            return onMirrorFinding(c).map(f -> Proposal.of(B14, f, new Remedy.None()));
        }
        return onMirrorFinding(c).map(finding -> MirrorFailback.propose(c, B14, finding));
    }

    static Optional<Finding> onMirrorFinding(StoreCase c) {
        StoreSituation s = c.store();
        boolean moved =
                StoreSituation.alive(s.principal())
                        && s.principalSide() == Position.MIRROR
                        && !s.split();
        return moved
                ? Optional.of(
                        c.finding(
                                FindingCode.RUNNING_ON_MIRROR,
                                B14,
                                Severity.INFO,
                                s.sight().facts(s.store().id()).since(Aspect.MIRRORING),
                                s.principal()))
                : Optional.empty();
    }

    private static Optional<Proposal> slow(StoreCase c) {
        StoreSituation s = c.store();
        if (s.principal().status() != Status.DEGRADED) {
            return Optional.empty();
        }
        return Optional.of(
                Proposal.of(
                                B5,
                                s.store().id(),
                                new Remedy.Repair(
                                        "find what loads "
                                                + s.principalAt()
                                                + "; to service it, ask for a planned mirror failover",
                                        Optional.empty()))
                        .rejecting(
                                MIRROR_FAILOVER,
                                "a slow principal is not a lost one, and its load would follow"));
    }

    /** Whether every database of the store is freshly told to be SYNCHRONIZED. */
    static boolean allSynchronized(StoreCase c) {
        List<Facts.MirroringRow> rows =
                c.store().told().map(Facts.OfStore::mirroring).orElse(List.of());
        return c.store().store().databases().stream()
                        .allMatch(database ->
                                rows.stream()
                                        .anyMatch(row ->
                                                row.database().equals(database.name())
                                                        && row.state()
                                                                == MirroringState.SYNCHRONIZED))
                && !rows.isEmpty();
    }
}
