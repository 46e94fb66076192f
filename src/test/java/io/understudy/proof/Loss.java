package io.understudy.proof;

import java.time.Duration;

/** What is lost, and whether that is proven. */
final class Loss {

    /** Users work normally for this long without their store (domain.md 8.0 no. 3). */
    static final Duration BUDGET = Duration.ofMinutes(30);

    private Loss() {}

    /**
     * The pool serves nobody: too few Front End Servers, or it or its site is seen down (P1, P5)
     * and not enough servers are proven to be alive.
     */
    static boolean ofPool(World world, int pool) {
        Side side = world.side(pool);
        return FrontEndTruth.functional(side) == Verdict.NO
                || ((side.pool().isDown() || world.site(pool).isDown())
                        && FrontEndTruth.running(side) < FrontEndTruth.neededAtLeast(side));
    }

    /**
     * The database service of the pool is gone: by its SQL instances, or because the store itself
     * is seen not to serve although they answer (B11: a living instance proves no service).
     */
    static boolean ofStore(World world, int pool) {
        return StoreTruth.serves(world.side(pool), world.shape().witness()) == Verdict.NO
                || (pool == 1 && world.around().store1().isDown());
    }

    /**
     * What justifies that another pool takes the users: the pool is lost, or its store has been for
     * the whole budget and no mirror is known to stand ready (domain.md 8.4, fourth column).
     */
    static boolean thatMovesUsers(World world, int pool) {
        return ofPool(world, pool) || ofStoreBeyondBudget(world, pool);
    }

    static boolean ofStoreBeyondBudget(World world, int pool) {
        Side side = world.side(pool);
        boolean sqlImminent =
                StoreTruth.promotable(side, world.shape().witness())
                        && StoreTruth.isFresh(world, side);
        return ofStore(world, pool) && world.age().compareTo(BUDGET) >= 0 && !sqlImminent;
    }

    /** Which property an act breaks that nothing proven justifies. */
    static String brokenWithout(World world, int pool) {
        Side side = world.side(pool);
        boolean witness = world.shape().witness();
        if (side.everything(witness).anyMatch(s -> s == Seen.DISAGREED)) {
            return "S4";
        }
        boolean unknown =
                side.everything(witness).anyMatch(s -> s.mayBeUp() && s.mayBeDown())
                        || !side.mirroring().isTold();
        return unknown ? "S3" : "S2";
    }
}
