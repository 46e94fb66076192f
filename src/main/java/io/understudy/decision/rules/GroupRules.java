package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.AVAILABILITY_GROUP_FAILOVER;
import static io.understudy.decision.Remediation.FORCED_AVAILABILITY_GROUP_FAILOVER;
import static io.understudy.decision.Remediation.POOL_FAILOVER;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.Remediation.WAIT;
import static io.understudy.decision.rules.Row.Basis.GUIDANCE;
import static io.understudy.decision.rules.Row.Basis.INFERENCE;

import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Remedy;
import io.understudy.decision.Setting;
import io.understudy.decision.Severity;
import io.understudy.health.Aspect;
import io.understudy.health.ComponentFacts;
import io.understudy.health.Condition;
import io.understudy.health.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Rows G1 to G5: a store in an Availability Group (domain.md 8.3). */
final class GroupRules {

    private static final Row G4 =
            new Row(
                    "G4",
                    GUIDANCE,
                    "the cluster has lost quorum, both replicas RESOLVING",
                    "The cluster has lost quorum and no replica serves (error 983): quorum comes first, then the group.",
                    "the Back End is unavailable; its budget runs",
                    "no force: it needs the cluster's quorum",
                    REPAIR);
    private static final Row G1 =
            new Row(
                    "G1",
                    GUIDANCE,
                    "primary replica down, secondary SYNCHRONIZED, AUTOMATIC, cluster quorum held",
                    "The cluster fails the Availability Group over by itself.",
                    "seconds to minutes; no loss; the whole group moves",
                    "no pool failover; no second command",
                    WAIT);
    private static final Row G2 =
            new Row(
                    "G2",
                    GUIDANCE,
                    "primary replica down, secondary SYNCHRONIZED, MANUAL or no automatic failover seen",
                    "The secondary has everything and does not take over by itself: it is made primary by command, which is called forced since the primary is away.",
                    "seconds to minutes; no loss where the secondary is failover ready",
                    "no force while the primary serves",
                    FORCED_AVAILABILITY_GROUP_FAILOVER,
                    AVAILABILITY_GROUP_FAILOVER);
    private static final Row G3 =
            new Row(
                    "G3",
                    INFERENCE,
                    "primary replica down, secondary not SYNCHRONIZED",
                    "The secondary has not all that was committed: the primary is to be brought back, else people choose the smaller loss.",
                    "what was committed since the replicas were last in step, if forced",
                    "no force while the primary serves",
                    REPAIR,
                    FORCED_AVAILABILITY_GROUP_FAILOVER);
    private static final Row G5 =
            new Row(
                    "G5",
                    GUIDANCE,
                    "secondary replica down",
                    "The primary replica serves, exposed.",
                    "no redundancy",
                    "the primary must not stop",
                    REPAIR);

    static final List<Rule<StoreCase>> RULES =
            List.of(
                    LogRules.FULL.getFirst(),
                    new Rule<>(G4, GroupRules::quorumLost),
                    new Rule<>(G1, GroupRules::failsOver),
                    new Rule<>(G2, GroupRules::manual),
                    new Rule<>(G3, GroupRules::notInStep),
                    new Rule<>(G5, GroupRules::secondaryDown),
                    new Rule<>(G2, c -> GroupFailover.planned(c, G2)));

    private GroupRules() {}

    /**
     * What is told of the group, unless that is so old that it proves nothing of the time when the
     * primary was lost.
     */
    static Optional<Facts.AvailabilityGroup> group(StoreCase c) {
        ComponentFacts facts = c.sight().facts(c.store().store().id());
        Instant reference =
                c.store().principalLost() ? c.store().principal().since() : c.sight().now();
        boolean recent =
                !facts.at().isBefore(reference.minus(c.sight().policy().thresholds().maxAge()));
        return recent && facts.facts() instanceof Facts.OfStore told
                ? told.availabilityGroup()
                : Optional.empty();
    }

    private static boolean is(StoreCase c, Predicate<Facts.AvailabilityGroup> state) {
        return group(c).filter(state).isPresent();
    }

    private static boolean primaryLost(StoreCase c) {
        return c.store().principalLost()
                && c.store().mirrorAlive()
                && c.pools().stream().noneMatch(PoolSituation::below);
    }

    private static Optional<Proposal> quorumLost(StoreCase c) {
        StoreSituation s = c.store();
        boolean lost =
                c.sight().isFresh(c.sight().facts(s.store().id())) && is(c, GroupState::quorumLost);
        if (!lost) {
            return Optional.empty();
        }
        Instant since =
                s.unavailableSince()
                        .orElse(c.sight().facts(s.store().id()).since(Aspect.CLUSTER_QUORUM));
        Finding finding =
                c.finding(
                        FindingCode.SQL_QUORUM_LOST,
                        G4,
                        Severity.CRITICAL,
                        since,
                        c.sight().condition(s.store().id()),
                        s.principal());
        return Optional.of(
                Proposal.of(
                                G4,
                                finding,
                                new Remedy.Repair(
                                        "restore the cluster's quorum: the witness share or a node",
                                        Optional.of(
                                                since.plus(
                                                        c.sight()
                                                                .setting(
                                                                        Setting.BACK_END_BUDGET,
                                                                        s.store().id())))))
                        .rejecting(
                                FORCED_AVAILABILITY_GROUP_FAILOVER,
                                "refused without the cluster's quorum")
                        .rejecting(c.poolLater()));
    }

    private static Optional<Proposal> failsOver(StoreCase c) {
        StoreSituation s = c.store();
        if (!primaryLost(c) || !is(c, GroupState::automatic) || !is(c, GroupState::ready)) {
            return Optional.empty();
        }
        Instant deadline =
                s.principal()
                        .since()
                        .plus(c.sight().setting(Setting.MIRROR_FAILOVER_GRACE, s.store().id()));
        if (!c.sight().now().isBefore(deadline)) {
            return Optional.empty();
        }
        return Optional.of(
                Proposal.of(
                                G1,
                                replicaLost(c, G1, Severity.CRITICAL, s.principal()),
                                new Remedy.Wait(deadline))
                        .rejecting(
                                AVAILABILITY_GROUP_FAILOVER,
                                "it happens by itself until " + deadline)
                        .rejecting(MirrorFailover.noPool(c)));
    }

    private static Optional<Proposal> manual(StoreCase c) {
        return primaryLost(c) && is(c, GroupState::ready)
                ? Optional.of(GroupFailover.force(c, G2, lost(c, G2)))
                : Optional.empty();
    }

    private static Optional<Proposal> notInStep(StoreCase c) {
        return primaryLost(c)
                ? Optional.of(GroupFailover.forceOrRepair(c, G3, lost(c, G3)))
                : Optional.empty();
    }

    private static Finding lost(StoreCase c, Row row) {
        return replicaLost(c, row, Severity.CRITICAL, c.store().principal());
    }

    private static Optional<Proposal> secondaryDown(StoreCase c) {
        StoreSituation s = c.store();
        if (!s.mirrorLost() || s.principalLost()) {
            return Optional.empty();
        }
        return Optional.of(
                Proposal.of(
                                G5,
                                replicaLost(c, G5, Severity.WARNING, s.mirror().orElseThrow()),
                                new Remedy.Repair(
                                        "repair the replica " + s.mirrorAt(), Optional.empty()))
                        .rejecting(AVAILABILITY_GROUP_FAILOVER, "the other replica is down")
                        .rejecting(POOL_FAILOVER, "users notice nothing"));
    }

    private static Finding replicaLost(StoreCase c, Row row, Severity severity, Condition replica) {
        return c.finding(FindingCode.REPLICA_LOST, row, severity, replica.since(), replica);
    }
}
