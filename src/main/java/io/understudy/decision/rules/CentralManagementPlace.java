package io.understudy.decision.rules;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.GateClause;
import io.understudy.estate.ComponentId;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.PoolFqdn;
import io.understudy.health.ComponentFacts;
import io.understudy.health.Facts;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which pool is the active master of the Central Management store: what was told last, however old,
 * else what the estate says. It moves only by command, so an old word is better than the document.
 *
 * @param host empty where neither tells
 * @param halfMoved whether the file transfer agents are told to be elsewhere than the active master
 *     (domain.md 5.1 step 5c)
 * @param blank whether the newest word names no active master at all (domain.md 5.4)
 */
record CentralManagementPlace(Optional<PoolFqdn> host, boolean halfMoved, boolean blank) {

    /**
     * @param tellers the pools that tell of it, in the order in which the first of two equally old
     *     words counts
     */
    static CentralManagementPlace of(Sight sight, Set<ComponentId> tellers) {
        Optional<Facts.CentralManagementState> named = Optional.empty();
        Instant namedAt = Instant.MIN;
        Instant blankAt = Instant.MIN;
        for (ComponentId pool : tellers) {
            Optional<Facts.CentralManagementState> state = toldBy(sight, pool);
            if (state.isEmpty()) {
                continue;
            }
            ComponentFacts facts = sight.facts(pool);
            if (state.get().activeMaster().isEmpty()) {
                blankAt =
                        facts.at().isAfter(blankAt) && sight.isFresh(facts) ? facts.at() : blankAt;
            } else if (facts.at().isAfter(namedAt)) {
                named = state;
                namedAt = facts.at();
            }
        }
        boolean blank = blankAt.isAfter(namedAt);
        return named.map(state -> told(state, blank))
                .orElseGet(() -> new CentralManagementPlace(documented(sight), false, blank));
    }

    /** What this component says of it, however long ago; empty for all but pools. */
    static Optional<Facts.CentralManagementState> toldBy(Sight sight, ComponentId component) {
        return sight.lastFactsOfPool(component).flatMap(Facts.OfPool::centralManagement);
    }

    private static CentralManagementPlace told(Facts.CentralManagementState state, boolean blank) {
        Optional<PoolFqdn> master = state.activeMaster().map(PoolFqdn::new);
        boolean apart =
                !state.fileTransferAgents().isEmpty()
                        && master.filter(m -> state.fileTransferAgents().contains(m.value()))
                                .isEmpty();
        return new CentralManagementPlace(master, apart, blank);
    }

    private static Optional<PoolFqdn> documented(Sight sight) {
        return sight.estate().centralManagementHost();
    }

    /** How the pool that hosts it stands. */
    Optional<PoolSituation> standing(Sight sight) {
        return host.flatMap(sight.estate()::pool).map(pool -> PoolSituation.of(sight, pool));
    }

    /** Whether configuration can be written, when no decision moves the store first. */
    GateClause writable(Sight sight) {
        Optional<PoolSituation> at = standing(sight);
        return new GateClause(
                Clause.CMS_WRITABLE,
                at.map(pool -> result(sight, pool)).orElse(ClauseResult.UNKNOWN),
                true,
                at.map(this::words)
                        .orElse("nobody tells where the Central Management store is active"));
    }

    private ClauseResult result(Sight sight, PoolSituation at) {
        if (halfMoved
                || at.below()
                || at.store().filter(StoreSituation::unavailable).isPresent()
                || ownStoreLost(sight, at)) {
            return ClauseResult.FAILED;
        }
        return at.functional() && !blank ? ClauseResult.PASSED : ClauseResult.UNKNOWN;
    }

    /** It may have a store of its own beside the pool's Back End (row P3). */
    private static boolean ownStoreLost(Sight sight, PoolSituation at) {
        return at.pool().otherStores().stream()
                .flatMap(name -> sight.estate().store(name).stream())
                .filter(store -> store.databaseTypes().contains(DatabaseType.CENTRAL_MGMT))
                .anyMatch(store -> StoreSituation.of(sight, store).unavailable());
    }

    private String words(PoolSituation at) {
        return "the Central Management store is on "
                + at.pool().fqdn()
                + (halfMoved ? ", and its file transfer agents are not: " : ": ")
                + at.footing();
    }
}
