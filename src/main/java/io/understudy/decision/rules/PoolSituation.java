package io.understudy.decision.rules;

import io.understudy.decision.Policy;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Pool;
import io.understudy.estate.QuorumTable;
import io.understudy.health.Condition;
import io.understudy.health.Facts;
import io.understudy.health.PoolState;
import io.understudy.health.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How a Front End pool stands (domain.md 3).
 *
 * @param required how many of the servers that count must run, one more where the primary store's
 *     vote is lost
 * @param withoutVote the same without that extra one
 * @param members the servers in topology order
 * @param whole the condition of the pool itself, or of its site where that is down
 */
record PoolSituation(
        Sight sight,
        Pool pool,
        int required,
        int withoutVote,
        List<Member> members,
        Condition whole,
        Optional<StoreSituation> store) {

    static PoolSituation of(Sight sight, Pool pool, Optional<StoreSituation> store) {
        int size = pool.servers().size();
        QuorumTable.Functional table = QuorumTable.functional(size, pool.release());
        int counted = Math.min(table.ofFirst(), size);
        int extra = voteLost(sight.policy(), pool, store) ? 1 : 0;
        List<Member> members =
                IntStream.range(0, size)
                        .mapToObj(i -> Member.of(sight, pool.servers().get(i), i < counted))
                        .toList();
        return new PoolSituation(
                sight,
                pool,
                Math.min(table.required() + extra, counted),
                table.required(),
                members,
                whole(sight, pool),
                store);
    }

    /** The pool's own condition, or its site's where that is down. */
    private static Condition whole(Sight sight, Pool pool) {
        Condition site = sight.condition(ComponentId.of(pool.site()));
        return site.status() == Status.DOWN ? site : sight.condition(pool.id());
    }

    private static boolean voteLost(Policy policy, Pool pool, Optional<StoreSituation> store) {
        boolean votes =
                switch (policy.primaryStoreVotes()) {
                    case ALL_POOLS -> true;
                    case EVEN_SIZED_POOLS -> pool.servers().size() % 2 == 0;
                };
        return votes && store.filter(StoreSituation::primaryVoteLost).isPresent();
    }

    /** Servers that count, in service. */
    int running() {
        return counting(Member.Standing.RUNNING);
    }

    /** Servers that count, of which nothing is known. */
    int unknown() {
        return counting(Member.Standing.UNKNOWN);
    }

    private int counting(Member.Standing standing) {
        return (int) members.stream().filter(m -> m.counts() && m.standing() == standing).count();
    }

    /** Whether any server that counts is known not to serve. */
    boolean anyOut() {
        return members.stream().anyMatch(m -> m.counts() && m.out());
    }

    /** Servers of the whole pool that are reachable. */
    int hostsAlive() {
        return (int) members.stream().filter(Member::reachable).count();
    }

    /** Conditions of all servers seen down. */
    List<Condition> lost() {
        return members.stream().filter(Member::isDown).map(Member::condition).toList();
    }

    /**
     * Since when it has been below its functional number, where it provably is: the loss that took
     * it there.
     */
    Optional<Instant> belowSince() {
        if (running() + unknown() >= required) {
            return silentButDown() ? Optional.of(whole.since()) : Optional.empty();
        }
        List<Instant> losses =
                members.stream()
                        .filter(m -> m.counts() && m.out())
                        .map(Member::since)
                        .sorted()
                        .toList();
        int counted = (int) members.stream().filter(Member::counts).count();
        return Optional.of(losses.get(Math.min(counted - required, losses.size() - 1)));
    }

    /**
     * The pool as a whole, or its site, is seen down, and nobody says of any server that it serves.
     */
    private boolean silentButDown() {
        return whole.status() == Status.DOWN && members.stream().noneMatch(Member::anySignOfLife);
    }

    /**
     * Provably below its functional number, or the whole pool seen down with no server known to
     * run.
     */
    boolean below() {
        return belowSince().isPresent();
    }

    /** Provably functional. */
    boolean functional() {
        return !below() && running() >= required;
    }

    /** Every server that counts is seen down, or the pool as a whole is. */
    boolean allDown() {
        boolean everyone = members.stream().filter(Member::counts).allMatch(Member::isDown);
        return below() && (everyone || silentButDown());
    }

    /** It is below only because the primary store's vote is lost too (rows F9 and F10). */
    boolean belowForTheVote() {
        return below() && running() + unknown() >= withoutVote && !silentButDown();
    }

    /** The row for that: a pool of two has one of its own. */
    String voteRow() {
        return members.size() == 2 ? "F9" : "F10";
    }

    /**
     * Enough hosts are reachable for a first start, and the store serves, without which none can
     * (domain.md 3.1, 3.5).
     */
    boolean restartable() {
        return hostsAlive() >= QuorumTable.firstStart(pool.servers().size())
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
        String vote =
                required > withoutVote ? " (one more, since the primary store's vote is lost)" : "";
        String doubt = unknown() > 0 ? ", " + unknown() + " are not known" : "";
        return "%d of %d Front End Servers run%s, %d are required%s"
                .formatted(running(), pool.servers().size(), doubt, required, vote);
    }
}
