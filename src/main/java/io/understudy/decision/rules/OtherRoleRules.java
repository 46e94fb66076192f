package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.EDGE_NEXT_HOP_CHANGE;
import static io.understudy.decision.Remediation.POOL_FAILOVER;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.rules.Row.Basis.GUIDANCE;

import io.understudy.decision.FindingCode;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.health.Aspect;
import io.understudy.health.Facts;
import java.util.List;
import java.util.Optional;

/** Rows O2, O3 and O5 to O7: Edge, Mediation and Director pools (domain.md 8.7). */
final class OtherRoleRules {

    private static final Row O3 =
            new Row(
                    "O3",
                    GUIDANCE,
                    "Edge pool down, Front End pools alive",
                    "Remote users reach another site's Edge by DNS; media, federation and XMPP of this one are to be moved by an administrator.",
                    "remote media by the far site; federation until it is moved",
                    "no Front End pool failover",
                    REPAIR);
    private static final Row O2 =
            new Row(
                    "O2",
                    GUIDANCE,
                    "one Edge server down",
                    "The other Edge servers of the pool carry on.",
                    "its sessions drop",
                    "no failover of anything",
                    REPAIR);
    private static final Row O5 =
            new Row(
                    "O5",
                    GUIDANCE,
                    "Mediation server or pool down",
                    "Calls take other members or other trunks.",
                    "calls in progress on it drop",
                    "no Front End pool failover",
                    REPAIR);
    private static final Row O6 =
            new Row(
                    "O6",
                    GUIDANCE,
                    "all gateways of a Mediation pool down (event 46046)",
                    "No gateway of the Mediation pool answers: calls need a failover route or another trunk.",
                    "telephony by these trunks",
                    "no Front End pool failover",
                    REPAIR);
    private static final Row O7 =
            new Row(
                    "O7",
                    GUIDANCE,
                    "Director or Director pool down",
                    "Nobody is homed on a Director, and a Front End pool can do its work.",
                    "the first sign-in's redirect; external web access by it",
                    "no Front End pool failover",
                    REPAIR);

    static final List<Rule<RoleCase>> EDGE =
            List.of(
                    new Rule<>(O3, OtherRoleRules::edgePool),
                    new Rule<>(O2, c -> some(c, O2, "repair the Edge server")));
    static final List<Rule<RoleCase>> MEDIATION =
            List.of(
                    new Rule<>(O5, OtherRoleRules::mediationPool),
                    new Rule<>(O6, OtherRoleRules::gateways),
                    new Rule<>(
                            O5,
                            c -> some(c, O5, "repair the Mediation server; look for event 46046")));
    static final List<Rule<RoleCase>> DIRECTOR =
            List.of(
                    new Rule<>(O7, OtherRoleRules::directorPool),
                    new Rule<>(O7, c -> some(c, O7, "repair the Director")));

    private OtherRoleRules() {}

    private static Optional<Proposal> some(RoleCase c, Row row, String first) {
        return c.someLost()
                ? Optional.of(
                        Proposal.of(row, c.pool().id(), new Remedy.Repair(first, Optional.empty()))
                                .saying(
                                        c.lost().size()
                                                + " of "
                                                + c.pool().servers().size()
                                                + " servers are down.")
                                .rejecting(POOL_FAILOVER, "the rest of the pool carries on"))
                : Optional.empty();
    }

    private static Optional<Proposal> edgePool(RoleCase c) {
        String federation =
                c.pool().federationRoute()
                        ? "it carries federation: untick it on this Edge pool, tick it on another, publish; "
                        : "";
        return c.down()
                ? Optional.of(
                        Proposal.of(
                                        O3,
                                        c.finding(
                                                FindingCode.EDGE_POOL_DOWN, O3, Severity.CRITICAL),
                                        new Remedy.Repair(
                                                federation
                                                        + "associate the site's pools with another Edge pool for media; then repair the pool",
                                                Optional.empty()))
                                .rejecting(POOL_FAILOVER, "the Front End pools serve")
                                .rejecting(
                                        EDGE_NEXT_HOP_CHANGE, "its next hop is not what is wrong"))
                : Optional.empty();
    }

    private static Optional<Proposal> mediationPool(RoleCase c) {
        return c.down()
                ? Optional.of(
                        Proposal.of(
                                        O5,
                                        c.finding(
                                                FindingCode.MEDIATION_POOL_DOWN,
                                                O5,
                                                Severity.CRITICAL),
                                        new Remedy.Repair(
                                                "see that routes name another trunk, then repair the pool",
                                                Optional.empty()))
                                .rejecting(POOL_FAILOVER, "the Front End pools serve"))
                : Optional.empty();
    }

    private static Optional<Proposal> gateways(RoleCase c) {
        boolean down =
                c.sight()
                        .freshFactsOfPool(c.pool().id())
                        .flatMap(Facts.OfPool::gatewaysDown)
                        .orElse(false);
        return down
                ? Optional.of(
                        Proposal.of(
                                        O6,
                                        c.sight()
                                                .finding(
                                                        FindingCode.MEDIATION_POOL_DOWN,
                                                        c.pool().id(),
                                                        O6.id(),
                                                        Severity.CRITICAL,
                                                        c.sight()
                                                                .facts(c.pool().id())
                                                                .since(Aspect.GATEWAYS)),
                                        new Remedy.Repair(
                                                "use a failover route or another trunk; look at the gateways and the carrier",
                                                Optional.empty()))
                                .rejecting(POOL_FAILOVER, "the Front End pools serve"))
                : Optional.empty();
    }

    private static Optional<Proposal> directorPool(RoleCase c) {
        return c.down()
                ? Optional.of(
                        Proposal.of(
                                        O7,
                                        c.finding(
                                                FindingCode.DIRECTOR_POOL_DOWN,
                                                O7,
                                                Severity.WARNING),
                                        new Remedy.Repair(
                                                "point SIP DNS records and the reverse proxy at a Front End pool, then restore it",
                                                Optional.empty()))
                                .rejecting(POOL_FAILOVER, "the Front End pools serve"))
                : Optional.empty();
    }
}
