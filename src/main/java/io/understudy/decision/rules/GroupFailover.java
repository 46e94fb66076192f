package io.understudy.decision.rules;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.DataLoss;
import io.understudy.decision.Finding;
import io.understudy.decision.GateClause;
import io.understudy.decision.Interruption;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.estate.ComponentId;
import io.understudy.health.Facts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The proposals that move an Availability Group as a whole (domain.md 4.10, rows G2 and G3). */
final class GroupFailover {

    private static final Duration USUAL = Duration.ofSeconds(30);

    private GroupFailover() {}

    /** The primary is away: failing over to the secondary is called forced, even without loss. */
    static Proposal force(StoreCase c, Row row, Finding finding) {
        StoreSituation s = c.store();
        return Proposal.of(
                        row,
                        finding,
                        new Remedy.ForcedAvailabilityGroupFailover(s.store().name(), s.mirrorAt()))
                .acting(
                        gate(c, Remediation.FORCED_AVAILABILITY_GROUP_FAILOVER, true),
                        loss(c),
                        interruption())
                .rejecting(
                        new Rejected(
                                Remediation.REPAIR,
                                "better while the primary replica can be back before the budget is spent",
                                row.id(),
                                Optional.of(new DataLoss.None()),
                                Optional.empty()))
                .rejecting(
                        Remediation.AVAILABILITY_GROUP_FAILOVER,
                        "it needs the primary replica, which is down")
                .rejecting(c.poolLater());
    }

    /** The smaller loss: forcing the group, or bringing the primary back before the pool moves. */
    static Proposal forceOrRepair(StoreCase c, Row row, Finding finding) {
        DataLoss loss = loss(c);
        Optional<String> why =
                GroupRules.group(c).filter(GroupState::forcible).isEmpty()
                        ? Optional.of(
                                "the state of the secondary is not told, or it is being initialized")
                        : c.poolLoss()
                                .filter(loss::exceeds)
                                .map(_ ->
                                        "it may lose more than the pool failover that follows when the budget is spent");
        if (why.isEmpty()) {
            return force(c, row, finding);
        }
        StoreSituation s = c.store();
        return Proposal.of(
                        row,
                        finding,
                        new Remedy.Repair("bring " + s.principalAt() + " back", s.budgetEnds()))
                .rejecting(
                        new Rejected(
                                Remediation.FORCED_AVAILABILITY_GROUP_FAILOVER,
                                why.get(),
                                row.id(),
                                Optional.of(loss),
                                Optional.of(interruption())))
                .rejecting(c.poolLater());
    }

    /** The primary is to be serviced, and somebody has asked for the switch. */
    static Optional<Proposal> planned(StoreCase c, Row row) {
        StoreSituation s = c.store();
        boolean asked =
                s.sight().planned(Remediation.AVAILABILITY_GROUP_FAILOVER, s.store().id())
                        && StoreSituation.alive(s.principal())
                        && s.mirror().isPresent();
        return asked
                ? Optional.of(
                        Proposal.of(
                                        row,
                                        s.store().id(),
                                        new Remedy.AvailabilityGroupFailover(
                                                s.store().name(), s.mirrorAt()))
                                .saying("The switch was asked for as planned work.")
                                .acting(
                                        gate(c, Remediation.AVAILABILITY_GROUP_FAILOVER, false),
                                        new DataLoss.None(),
                                        interruption()))
                : Optional.empty();
    }

    private static DataLoss loss(StoreCase c) {
        Optional<Facts.AvailabilityGroup> group = GroupRules.group(c);
        if (group.filter(GroupState::ready).isPresent()) {
            return new DataLoss.None();
        }
        return group.flatMap(Facts.AvailabilityGroup::commitGap)
                .<DataLoss>map(DataLoss.Bounded::new)
                .orElseGet(DataLoss.Unknown::new);
    }

    private static Interruption interruption() {
        return new Interruption(
                "users of the store hardly notice; open transactions roll back",
                USUAL,
                MirrorFailover.TARGET);
    }

    private static List<GateClause> gate(StoreCase c, Remediation remediation, boolean forced) {
        StoreSituation s = c.store();
        List<GateClause> gate = new ArrayList<>();
        if (forced) {
            gate.add(
                    Sight.clause(
                            Clause.PRIMARY_REPLICA_SEEN_DOWN,
                            s.principalLost(),
                            Sight.words(ComponentId.of(s.principalAt()), s.principal())));
            gate.add(quorumHeld(c));
        }
        gate.add(MirrorGate.mirrorReachable(s));
        gate.add(ready(c, !forced));
        gate.add(MirrorGate.quorumKept(c));
        gate.addAll(new StartGate(s.sight()).clauses(remediation, s.store().id()));
        return gate;
    }

    /** Forcing needs the cluster's quorum; that it is not told holds nobody back, two decide. */
    private static GateClause quorumHeld(StoreCase c) {
        boolean held = GroupRules.group(c).filter(GroupState::quorumHeld).isPresent();
        boolean lost = GroupRules.group(c).filter(GroupState::quorumLost).isPresent();
        return new GateClause(
                Clause.CLUSTER_QUORUM_HELD,
                held ? ClauseResult.PASSED : lost ? ClauseResult.FAILED : ClauseResult.UNKNOWN,
                lost,
                held
                        ? "the cluster has quorum"
                        : lost
                                ? "the cluster has lost quorum"
                                : "nobody has told whether the cluster has quorum: see to it before you approve");
    }

    private static GateClause ready(StoreCase c, boolean required) {
        boolean ready = GroupRules.group(c).filter(GroupState::ready).isPresent();
        return new GateClause(
                Clause.SECONDARY_REPLICA_READY,
                ready ? ClauseResult.PASSED : ClauseResult.FAILED,
                required,
                ready
                        ? "the secondary is ready for failover"
                        : "the secondary has not all that was committed");
    }
}
