package io.understudy.decision.rules;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.GateClause;
import io.understudy.decision.Remediation;
import io.understudy.estate.ComponentId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What must be proven before a mirror's copies are made principal (domain.md 4.5, 4.6; product.md
 * S6, S7).
 */
final class MirrorGate {

    private MirrorGate() {}

    static List<GateClause> of(StoreCase c) {
        StoreSituation store = c.store();
        List<GateClause> gate = new ArrayList<>(partners(store));
        gate.add(synchronizedClause(c.replication()));
        gate.add(quorumKept(c));
        gate.addAll(
                new StartGate(store.sight())
                        .clauses(Remediation.MIRROR_FAILOVER, store.store().id()));
        return gate;
    }

    /**
     * The principal is proven down, the mirror alive, and the witness does not stand in its way.
     */
    static List<GateClause> partners(StoreSituation store) {
        return List.of(
                Sight.clause(
                        Clause.PRINCIPAL_SEEN_DOWN,
                        store.principalLost(),
                        Sight.words(ComponentId.of(store.principalAt()), store.principal())),
                mirrorReachable(store),
                witness(store));
    }

    static GateClause mirrorReachable(StoreSituation store) {
        return Sight.clause(
                Clause.MIRROR_REACHABLE,
                store.mirrorAlive(),
                Sight.words(ComponentId.of(store.mirrorAt()), store.mirror().orElseThrow()));
    }

    private static GateClause synchronizedClause(Replication replication) {
        return new GateClause(
                Clause.MIRROR_SYNCHRONIZED, result(replication), true, replication.evidence());
    }

    static ClauseResult result(Replication replication) {
        return switch (replication.proof()) {
            case SYNCHRONIZED -> ClauseResult.PASSED;
            case NOT_SYNCHRONIZED -> ClauseResult.FAILED;
            case UNKNOWN -> ClauseResult.UNKNOWN;
        };
    }

    static GateClause witness(StoreSituation store) {
        return store.witness()
                .map(condition ->
                        Sight.clause(
                                Clause.WITNESS_ALLOWS,
                                StoreSituation.alive(condition),
                                Sight.words(
                                        ComponentId.of(store.store().witness().orElseThrow()),
                                        condition)))
                .orElseGet(() ->
                        Sight.clause(Clause.WITNESS_ALLOWS, true, "no witness is configured"));
    }

    /**
     * The principal's vote is gone already; what counts is that no pool is below its number, which
     * SQL cannot cure.
     */
    static GateClause quorumKept(StoreCase c) {
        return quorum(
                c, PoolSituation::functional, "; the lost principal's vote is gone either way");
    }

    /**
     * Away from the configured primary its vote counts no more: no pool may be left below its
     * number by that (product.md S7).
     */
    static GateClause quorumKeptWithoutVote(StoreCase c) {
        return quorum(
                c,
                PoolSituation::functionalWithoutVote,
                "; counted without the primary store's vote");
    }

    /** Of a pool of which nobody has said anything at all nothing is required. */
    private static GateClause quorum(StoreCase c, Predicate<PoolSituation> functional, String how) {
        boolean kept = true;
        boolean open = true;
        boolean unheard = true;
        for (PoolSituation pool : c.pools()) {
            if (!functional.test(pool)) {
                kept = false;
                open &= !pool.below() && pool.unknown() > 0;
                unheard &= pool.unheard();
            }
        }
        return new GateClause(
                Clause.FRONT_END_QUORUM_KEPT,
                kept ? ClauseResult.PASSED : open ? ClauseResult.UNKNOWN : ClauseResult.FAILED,
                kept || !unheard,
                c.pools().isEmpty() ? "no Front End pool uses this store" : footing(c) + how);
    }

    private static String footing(StoreCase c) {
        String all = "";
        for (PoolSituation pool : c.pools()) {
            String one = pool.pool().fqdn() + ": " + pool.footing();
            all = all.isEmpty() ? one : all + "; " + one;
        }
        return all;
    }
}
