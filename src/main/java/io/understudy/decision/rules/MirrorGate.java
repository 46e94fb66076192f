package io.understudy.decision.rules;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.GateClause;
import io.understudy.decision.Remediation;
import io.understudy.estate.ComponentId;
import java.util.ArrayList;
import java.util.List;

/**
 * What must be proven before a mirror's copies are made principal (domain.md 4.5, 4.6; product.md
 * S6, S7).
 */
final class MirrorGate {

    private MirrorGate() {}

    static List<GateClause> of(StoreCase c) {
        StoreSituation store = c.store();
        List<GateClause> gate = new ArrayList<>();
        gate.add(
                Sight.clause(
                        Clause.PRINCIPAL_SEEN_DOWN,
                        store.principalLost(),
                        Sight.words(ComponentId.of(store.principalAt()), store.principal())));
        gate.add(
                Sight.clause(
                        Clause.MIRROR_REACHABLE,
                        store.mirrorAlive(),
                        Sight.words(
                                ComponentId.of(store.mirrorAt()), store.mirror().orElseThrow())));
        gate.add(synchronizedClause(c.replication()));
        gate.add(witness(store));
        gate.add(quorumKept(c));
        gate.add(store.sight().noOtherRun(Remediation.MIRROR_FAILOVER, store.store().id()));
        gate.add(store.sight().coolDownOver(Remediation.MIRROR_FAILOVER, store.store().id()));
        return gate;
    }

    private static GateClause synchronizedClause(Replication replication) {
        ClauseResult result =
                switch (replication.proof()) {
                    case SYNCHRONIZED -> ClauseResult.PASSED;
                    case NOT_SYNCHRONIZED -> ClauseResult.FAILED;
                    case UNKNOWN -> ClauseResult.UNKNOWN;
                };
        return new GateClause(Clause.MIRROR_SYNCHRONIZED, result, true, replication.evidence());
    }

    private static GateClause witness(StoreSituation store) {
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
    private static GateClause quorumKept(StoreCase c) {
        String footing =
                c.pools().stream()
                        .map(pool -> pool.pool().fqdn() + ": " + pool.footing())
                        .reduce((a, b) -> a + "; " + b)
                        .map(all -> all + "; the lost principal's vote is gone either way")
                        .orElse("no Front End pool uses this store");
        return Sight.clause(
                Clause.FRONT_END_QUORUM_KEPT,
                c.pools().stream().noneMatch(PoolSituation::below),
                footing);
    }
}
