package io.understudy.decision.rules;

import io.understudy.decision.Policy;
import io.understudy.estate.Places;
import io.understudy.estate.Pool;
import io.understudy.estate.QuorumTable;
import io.understudy.health.ComponentFacts;
import io.understudy.health.Condition;
import io.understudy.health.Facts;
import io.understudy.health.PoolState;
import io.understudy.health.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a Front End pool stands (domain.md 3).
 *
 * @param required how many of the servers that count must run, one more where the primary store's
 *     vote is lost
 * @param withoutVote the same without that extra one
 * @param members the servers in topology order
 * @param running servers that count, in service
 * @param unknown servers that count, of which nothing is known
 * @param down servers of the whole pool that are seen down
 * @param facts what was told of the pool last
 * @param whole the condition of the pool itself, or of its site where that is down
 * @param belowSince since when it provably is below its functional number: the loss that took it
 *     there
 */
record PoolSituation(
        Sight sight,
        Pool pool,
        int required,
        int withoutVote,
        List<Member> members,
        int running,
        int unknown,
        int down,
        Condition whole,
        ComponentFacts facts,
        Optional<StoreSituation> store,
        Optional<Instant> belowSince) {

    /** A pool with its store as it stands. */
    static PoolSituation of(Sight sight, Pool pool) {
        return of(
                sight,
                pool,
                sight.estate().places(pool),
                sight.estate().storeOf(pool).map(s -> StoreSituation.of(sight, s)));
    }

    static PoolSituation of(
            Sight sight, Pool pool, Places.OfPool places, Optional<StoreSituation> store) {
        int size = pool.servers().size();
        QuorumTable.Functional table = QuorumTable.functional(size, pool.release());
        int counted = Math.min(table.ofFirst(), size);
        int extra = voteLost(sight.policy(), pool, store) ? 1 : 0;
        int required = Math.min(table.required() + extra, counted);
        List<Member> members = new ArrayList<>(size);
        int running = 0;
        int unknown = 0;
        int down = 0;
        for (int i = 0; i < size; i++) {
            Member member = Member.of(sight, places.servers()[i], i < counted);
            members.add(member);
            running += member.runs() ? 1 : 0;
            unknown += member.doubtful() ? 1 : 0;
            down += member.agreedDown() ? 1 : 0;
        }
        Condition whole = whole(sight, places);
        return new PoolSituation(
                sight,
                pool,
                required,
                table.required(),
                members,
                running,
                unknown,
                down,
                whole,
                sight.facts(places.pool()),
                store,
                belowSince(members, running + unknown, required, counted, whole));
    }

    /** The pool's own condition, or its site's where that is down. */
    static Condition whole(Sight sight, Places.OfPool places) {
        Condition site = sight.condition(places.site());
        return site.status() == Status.DOWN ? site : sight.condition(places.pool());
    }

    private static boolean voteLost(Policy policy, Pool pool, Optional<StoreSituation> store) {
        return votes(policy, pool) && store.isPresent() && store.get().primaryVoteLost();
    }

    /** Whether the primary store counts as a voter of this pool. */
    private static boolean votes(Policy policy, Pool pool) {
        return switch (policy.primaryStoreVotes()) {
            case ALL_POOLS -> true;
            case EVEN_SIZED_POOLS -> pool.servers().size() % 2 == 0;
        };
    }

    private static Optional<Instant> belowSince(
            List<Member> members, int atBest, int required, int counted, Condition whole) {
        if (atBest >= required) {
            return whole.status() == Status.DOWN
                            && members.stream().noneMatch(Member::anySignOfLife)
                    ? Optional.of(whole.since())
                    : Optional.empty();
        }
        List<Instant> losses =
                members.stream()
                        .filter(m -> m.counts() && m.out())
                        .map(Member::since)
                        .sorted()
                        .toList();
        return Optional.of(losses.get(counted - required));
    }

    int size() {
        return members.size();
    }

    /** Whether nobody has said anything of any of its servers. */
    boolean unheard() {
        return members.stream().allMatch(m -> m.condition().evidence().isEmpty() && !m.out());
    }

    /** Whether any server that counts is known not to serve. */
    boolean anyOut() {
        return members.stream().anyMatch(m -> m.counts() && m.out());
    }

    /** Servers of the whole pool that are reachable. */
    int hostsAlive() {
        return (int) members.stream().filter(Member::reachable).count();
    }

    /** Servers that count and are reachable. */
    int countingReachable() {
        return (int) members.stream().filter(m -> m.counts() && m.reachable()).count();
    }

    /** Servers of the whole pool that run, those included that do not count. */
    int hostsRunning() {
        return (int) members.stream().filter(Member::running).count();
    }

    /** Servers of the whole pool that are starting. */
    int starting() {
        return (int) members.stream().filter(Member::starting).count();
    }

    /** Conditions of all servers seen down. */
    List<Condition> lost() {
        if (down == 0) {
            return List.of();
        }
        return members.stream().filter(Member::agreedDown).map(Member::condition).toList();
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
        return belowSince.isPresent();
    }

    /**
     * Whether it is below by what observers at enough sites agree upon, and not by a word about
     * services alone, which one observer may have given (product.md S3).
     */
    boolean belowByAgreement() {
        long counted = members.stream().filter(Member::counts).count();
        long down = members.stream().filter(m -> m.counts() && m.agreedDown()).count();
        return below() && (counted - down < required || whole.status() == Status.DOWN);
    }

    /** Provably functional. */
    boolean functional() {
        return !below() && running >= required;
    }

    /** Whether it would still be functional were the primary store no voter. */
    boolean functionalWithoutVote() {
        int voteless = withoutVote + (votes(sight.policy(), pool) ? 1 : 0);
        return !below() && running >= Math.min(voteless, size());
    }

    /** How many must run where what is not known of the primary store's vote is taken as lost. */
    int requiredAtWorst() {
        boolean lost =
                votes(sight.policy(), pool) && store.filter(s -> !s.primaryVoteHeld()).isPresent();
        return lost ? Math.min(withoutVote + 1, size()) : required;
    }

    /** Provably functional with nothing to spare. */
    boolean atMinimum() {
        return functional() && running == required && anyOut();
    }

    /** Every server that counts is seen down, or the pool as a whole is. */
    boolean allDown() {
        return below()
                && (members.stream().filter(Member::counts).allMatch(Member::isDown)
                        || silentButDown());
    }

    /** It is below only because the primary store's vote is lost too (rows F9 and F10). */
    boolean belowForTheVote() {
        return below() && running + unknown >= withoutVote && !silentButDown();
    }

    /**
     * Enough hosts are reachable for a first start, and the store serves, without which none can
     * (domain.md 3.1, 3.5).
     */
    boolean restartable() {
        return hostsAlive() >= QuorumTable.firstStart(size()) && storeServes();
    }

    boolean storeServes() {
        return store.map(StoreSituation::serving).orElse(true);
    }

    /** What was told of the pool, where it is fresh. */
    Optional<Facts.OfPool> told() {
        return facts.facts() instanceof Facts.OfPool of && sight.isFresh(facts)
                ? Optional.of(of)
                : Optional.empty();
    }

    Optional<PoolState> lastState() {
        return facts.facts() instanceof Facts.OfPool of ? of.poolState() : Optional.empty();
    }

    Optional<PoolState> freshState() {
        return sight.isFresh(facts) ? lastState() : Optional.empty();
    }

    /** How many run of how many needed, in words. */
    String footing() {
        int counted = 0;
        for (Member member : members) {
            counted += member.counts() ? 1 : 0;
        }
        return running
                + (counted < size() ? " of the first " + counted : " of " + size())
                + " Front End Servers run"
                + (unknown > 0 ? ", " + unknown + " are not known" : "")
                + ", "
                + required
                + " are required"
                + (required > withoutVote
                        ? " (one more, since the primary store's vote is lost)"
                        : "");
    }
}
