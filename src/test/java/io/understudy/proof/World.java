package io.understudy.proof;

import java.time.Duration;

/**
 * One state of an estate as far as it can be seen; the oracle judges by this, never by what the
 * engine made of it.
 *
 * @param first pool 1 at redmond
 * @param second pool 2 at dublin
 * @param age for how long everything that is not up has been so
 */
record World(Shape shape, Side first, Side second, Around around, Duration age) {

    /** Who is told to be the active master of the Central Management store. */
    enum CmsTold {
        UNTOLD,
        POOL_1,
        POOL_2,
        BLANK
    }

    /**
     * What is not part of a pool.
     *
     * @param edge the Edge pool and its server
     * @param edgeToldHop which pool the Edge pool says it sends sign-ins to; 0 for untold
     * @param store1 what is said of pool 1's store as a whole; the truth is in its SQL instances
     * @param watched whether redmond's own observer speaks of redmond
     */
    record Around(
            Seen edge,
            int edgeToldHop,
            CmsTold cms,
            Seen site1,
            Seen site2,
            Seen store1,
            boolean watched) {

        static final Around WELL =
                new Around(Seen.UP, 0, CmsTold.UNTOLD, Seen.SILENT, Seen.SILENT, Seen.SILENT, true);
    }

    static World of(Shape shape, Side first, Side second, Duration age) {
        return new World(shape, first, second, Around.WELL, age);
    }

    World around(Around other) {
        return new World(shape, first, second, other, age);
    }

    Side side(int pool) {
        return pool == 1 ? first : second;
    }

    /** What is said of the site at which a pool stands. */
    Seen site(int pool) {
        return pool == 1 ? around.site1() : around.site2();
    }

    static int other(int pool) {
        return 3 - pool;
    }

    /** Which pool hosts the Central Management store now; 0 where it says itself that none does. */
    int cmsAt() {
        return switch (around.cms()) {
            case UNTOLD -> shape.cmsAt();
            case POOL_1 -> 1;
            case POOL_2 -> 2;
            case BLANK -> 0;
        };
    }

    /** Which pool the Edge pool sends sign-ins to now; 0 for no Edge pool. */
    int edgeHop() {
        return shape.edgeHop() == 0 || around.edgeToldHop() == 0
                ? shape.edgeHop()
                : around.edgeToldHop();
    }

    /** How much is not as it should be: of many worlds the one that shows most is the smallest. */
    long weight() {
        return count(first) + count(second) + age.toMinutes() / 10;
    }

    private long count(Side side) {
        return side.everything(shape.witness()).filter(s -> s != Seen.UP).count()
                + (side.mirroring().equals(Mirroring.WELL) ? 0 : 1)
                + (side.told().equals(Told.WELL) ? 0 : 1);
    }
}
