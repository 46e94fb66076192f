package io.understudy.decision.rules;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.GateClause;
import io.understudy.estate.CentralManagement;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.health.ComponentFacts;
import io.understudy.health.Facts;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Which pool is the active master of the Central Management store: what was told last, however old,
 * else what the estate says. It moves only by command, so an old word is better than the document.
 *
 * @param host empty where neither tells
 */
record CentralManagementPlace(Optional<PoolFqdn> host) {

    static CentralManagementPlace of(Sight sight) {
        Optional<PoolFqdn> told = Optional.empty();
        Instant newest = Instant.MIN;
        for (Pool pool : sight.estate().pools()) {
            ComponentFacts facts = sight.facts(pool.id());
            Optional<PoolFqdn> master =
                    facts.facts() instanceof Facts.OfPool of
                            ? of.centralManagement()
                                    .flatMap(Facts.CentralManagementState::activeMaster)
                                    .map(PoolFqdn::new)
                            : Optional.empty();
            if (master.isPresent() && facts.at().isAfter(newest)) {
                told = master;
                newest = facts.at();
            }
        }
        return new CentralManagementPlace(
                told.or(() ->
                        sight.estate().pools().stream()
                                .filter(pool ->
                                        pool.centralManagement() == CentralManagement.ACTIVE)
                                .map(Pool::fqdn)
                                .findFirst()));
    }

    /** Whether configuration can be written, when no decision moves the store first. */
    GateClause writable(Map<PoolFqdn, PoolSituation> pools) {
        Optional<PoolSituation> at = host.map(pools::get);
        ClauseResult result =
                at.map(pool ->
                                pool.below()
                                                || pool.store()
                                                        .filter(StoreSituation::unavailable)
                                                        .isPresent()
                                        ? ClauseResult.FAILED
                                        : pool.functional()
                                                ? ClauseResult.PASSED
                                                : ClauseResult.UNKNOWN)
                        .orElse(ClauseResult.UNKNOWN);
        return new GateClause(
                Clause.CMS_WRITABLE,
                result,
                true,
                at.map(pool ->
                                "the Central Management store is on "
                                        + pool.pool().fqdn()
                                        + ": "
                                        + pool.footing())
                        .orElse("nobody tells where the Central Management store is active"));
    }
}
