package io.understudy.decision.rules;

import io.understudy.decision.Policy;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Pool;
import io.understudy.estate.QuorumTable;
import io.understudy.estate.Server;
import io.understudy.health.ComponentFacts;
import io.understudy.health.Condition;
import io.understudy.health.Facts;
import io.understudy.health.PoolState;
import io.understudy.health.ServiceState;
import io.understudy.health.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a Front End pool stands (domain.md 3).
 *
 * @param required how many of the servers that count must run, one more where the primary store's vote is lost
 * @param withoutVote the same without that extra one
 * @param running servers that count, in service
 * @param stopped servers that count, reachable but not in service
 * @param down servers that count, seen down
 * @param unknown servers that count, of which nothing is known
 * @param hostsAlive servers of the whole pool that are reachable
 * @param lost conditions of all servers seen down
 * @param whole the condition of the pool itself
 * @param belowSince since when it has been below its functional number, where it provably is
 */
record PoolSituation(
        Sight sight,
        Pool pool,
        int required,
        int withoutVote,
        int running,
        int stopped,
        int down,
        int unknown,
        int hostsAlive,
        List<Condition> lost,
        Condition whole,
        Optional<StoreSituation> store,
        Optional<Instant> belowSince) {

    static PoolSituation of(Sight sight, Pool pool, Optional<StoreSituation> store) {
        QuorumTable.Functional table = QuorumTable.functional(pool.servers().size(), pool.release());
        int extra = voteLost(sight.policy(), pool, store) ? 1 : 0;
        int required = Math.min(table.required() + extra, Math.min(table.ofFirst(), pool.servers().size()));
        Count count = new Count();
        for (int i = 0; i < pool.servers().size(); i++) {
            count.add(sight, pool.servers().get(i), i < table.ofFirst());
        }
        Condition whole = sight.condition(pool.id());
        boolean below = count.running + count.unknown < required;
        boolean silentButDown = whole.status() == Status.DOWN && count.running == 0;
        Optional<Instant> since = below
                ? Optional.of(count.belowSince(required))
                : silentButDown ? Optional.of(whole.since()) : Optional.empty();
        return new PoolSituation(
                sight,
                pool,
                required,
                table.required(),
                count.running,
                count.stopped,
                count.down,
                count.unknown,
                count.hostsAlive,
                List.copyOf(count.lost),
                whole,
                store,
                since);
    }

    private static boolean voteLost(Policy policy, Pool pool, Optional<StoreSituation> store) {
        boolean votes = switch (policy.primaryStoreVotes()) {
            case ALL_POOLS -> true;
            case EVEN_SIZED_POOLS -> pool.servers().size() % 2 == 0;
        };
        return votes && store.filter(StoreSituation::primaryVoteLost).isPresent();
    }

    /** Provably below its functional number, or the whole pool seen down with no server known to run. */
    boolean below() {
        return belowSince.isPresent();
    }

    /** Provably functional. */
    boolean functional() {
        return !below() && running >= required;
    }

    boolean allDown() {
        return below() && running == 0 && stopped == 0;
    }

    /** It is below only because the primary store's vote is lost too (rows F9 and F10). */
    boolean belowForTheVote() {
        return below() && running + unknown >= withoutVote && !(whole.status() == Status.DOWN && running == 0);
    }

    /** Enough hosts are reachable for a first start, and the store serves, without which none can (domain.md 3.1, 3.5). */
    boolean restartable() {
        return hostsAlive >= QuorumTable.firstStart(pool.servers().size())
                && store.map(StoreSituation::serving).orElse(true);
    }

    Optional<PoolState> lastState() {
        return sight.lastFactsOfPool(pool.id()).flatMap(Facts.OfPool::poolState);
    }

    Optional<PoolState> freshState() {
        return sight.freshFactsOfPool(pool.id()).flatMap(Facts.OfPool::poolState);
    }

    /** How many run of how many needed, in words. */
    String footing() {
        return running + " of " + pool.servers().size() + " Front End Servers run, " + required + " are required"
                + (required > withoutVote ? " (one more, since the primary store's vote is lost)" : "");
    }

    /** What the servers of a pool come to. */
    private static final class Count {
        private int running;
        private int stopped;
        private int down;
        private int unknown;
        private int hostsAlive;
        private final List<Condition> lost = new ArrayList<>();
        private final List<Instant> losses = new ArrayList<>();

        void add(Sight sight, Server server, boolean counts) {
            ComponentId id = ComponentId.of(server.fqdn());
            Condition condition = sight.condition(id);
            ComponentFacts facts = sight.facts(id);
            switch (condition.status()) {
                case DOWN -> {
                    lost.add(condition);
                    down += counts ? 1 : 0;
                    if (counts) {
                        losses.add(condition.since());
                    }
                }
                case UNKNOWN -> unknown += counts ? 1 : 0;
                case UP, DEGRADED -> {
                    hostsAlive++;
                    boolean out = sight.isFresh(facts) && outOfService(facts);
                    running += counts && !out ? 1 : 0;
                    stopped += counts && out ? 1 : 0;
                    if (counts && out) {
                        losses.add(facts.since());
                    }
                }
            }
        }

        private static boolean outOfService(ComponentFacts facts) {
            return facts.facts() instanceof Facts.OfServer told
                    && switch (told.services().getOrDefault("RTCSRV", ServiceState.UNKNOWN)) {
                        case STOPPED, START_PENDING, STOP_PENDING, PAUSED -> true;
                        case RUNNING, UNKNOWN -> false;
                    };
        }

        /** The loss that took the pool below: with n servers that count, the one after which fewer than required ran. */
        Instant belowSince(int required) {
            int counted = running + stopped + down + unknown;
            List<Instant> ordered = losses.stream().sorted(Comparator.naturalOrder()).toList();
            return ordered.get(Math.clamp(counted - required, 0, ordered.size() - 1));
        }
    }
}
