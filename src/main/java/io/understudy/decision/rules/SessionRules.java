package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.MIRROR_FAILBACK;
import static io.understudy.decision.Remediation.MIRROR_FAILOVER;
import static io.understudy.decision.Remediation.NONE;
import static io.understudy.decision.Remediation.PRINCIPAL_ALIGNMENT;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.rules.Row.Basis.GUIDANCE;
import static io.understudy.decision.rules.Row.Basis.INFERENCE;

import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.estate.Position;
import io.understudy.health.Aspect;
import io.understudy.health.Status;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rows B5, B8, B13 and B14, after B12 and B16: both partners live (domain.md 8.2). */
final class SessionRules {

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
            Stream.of(
                            SuspendedRules.RULES,
                            List.<Rule<StoreCase>>of(
                                    new Rule<>(B8, SessionRules::witnessDown),
                                    new Rule<>(B13, SessionRules::split),
                                    new Rule<>(B5, c -> PlannedMirrorFailover.of(c, B5)),
                                    new Rule<>(B14, SessionRules::onMirror),
                                    new Rule<>(B5, SessionRules::slow)))
                    .flatMap(List::stream)
                    .toList();

    private SessionRules() {}

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
        return c.store().split() && c.store().bothAlive()
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
}
