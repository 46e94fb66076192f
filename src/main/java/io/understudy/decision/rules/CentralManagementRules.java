package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.CMS_FAILOVER;
import static io.understudy.decision.Remediation.MIRROR_FAILOVER;
import static io.understudy.decision.Remediation.POOL_FAILOVER;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.Remediation.WAIT;
import static io.understudy.decision.rules.Row.Basis.GUIDANCE;

import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.health.Aspect;
import java.util.List;
import java.util.Optional;

/** Rows P3 and P4: the Central Management store is lost or stuck while its pool lives. */
final class CentralManagementRules {

    static final Row P3 =
            new Row(
                    "P3",
                    GUIDANCE,
                    "the Central Management database is down, its pool otherwise fine",
                    "Only the Central Management store is lost: users notice nothing, and no configuration can be changed.",
                    "no user; no configuration change, no publishing, no planned failover meanwhile",
                    "no pool failover",
                    MIRROR_FAILOVER,
                    WAIT,
                    CMS_FAILOVER);
    private static final Row P4 =
            new Row(
                    "P4",
                    GUIDANCE,
                    "no active master is named, or file transfer agents are elsewhere, while the pool lives",
                    "The Central Management store is stuck between two pools.",
                    "no configuration change until it is repaired",
                    "no second forced failover",
                    REPAIR);

    static final List<Rule<HomeCase>> RULES =
            List.of(
                    new Rule<>(P3, CentralManagementRules::storeLost),
                    new Rule<>(P4, CentralManagementRules::stuck));

    private CentralManagementRules() {}

    /** What the store's own rows do not restore: they come first where a mirror can serve. */
    private static Optional<Proposal> storeLost(HomeCase c) {
        if (!c.hostsCms() || c.other().isEmpty() || c.home().below()) {
            return Optional.empty();
        }
        return c.home().pool().otherStores().stream()
                .flatMap(name -> c.sight().estate().store(name).stream())
                .map(store -> new StoreCase(StoreSituation.of(c.sight(), store), List.of()))
                .filter(store -> store.onlyCentralManagement() && store.store().unavailable())
                .filter(store ->
                        StoreRules.propose(store)
                                .filter(p -> p.remedy() instanceof Remedy.Repair)
                                .isPresent())
                .findFirst()
                .map(store -> propose(c, store));
    }

    private static Proposal propose(HomeCase c, StoreCase store) {
        Finding finding =
                store.finding(
                        FindingCode.CMS_LOST,
                        P3,
                        Severity.WARNING,
                        store.store().unavailableSince().orElseThrow(),
                        store.store().principal());
        return CentralManagementFailover.forLostStore(c, P3, finding, store.store());
    }

    private static Optional<Proposal> stuck(HomeCase c) {
        boolean stuck =
                c.hostsCms()
                        && (c.cms().blank() || c.cms().halfMoved())
                        && c.home().functional()
                        && c.home().storeServes()
                        && c.home().store().filter(StoreSituation::partnerMissed).isEmpty();
        if (!stuck) {
            return Optional.empty();
        }
        Finding finding =
                c.finding(
                        FindingCode.CMS_STUCK,
                        P4,
                        Severity.WARNING,
                        c.sight().facts(c.id()).since(Aspect.CENTRAL_MANAGEMENT));
        return Optional.of(
                Proposal.of(
                                P4,
                                finding,
                                new Remedy.Repair(
                                        "see that LYNCBACKUP, MASTER, REPLICA and FTA run in both pools, then on the pool that"
                                                + " Get-CsManagementConnection names run Invoke-CsManagementServerFailover -Restore,"
                                                + " export and import the configuration on its servers and force a replication",
                                        Optional.empty()))
                        .rejecting(CMS_FAILOVER, "a second forced failover makes it worse")
                        .rejecting(POOL_FAILOVER, "the pool serves its users"));
    }
}
