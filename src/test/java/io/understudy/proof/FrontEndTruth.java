package io.understudy.proof;

import java.util.List;

/** Whether a pool has the Front End Servers that it needs (domain.md 3.1, F9, F10). */
final class FrontEndTruth {

    /** Microsoft's table: how many must run to stay functional, by the number of servers. */
    private static final int[] FUNCTIONAL = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4, 5, 5, 5};

    private FrontEndTruth() {}

    /** How many are needed, with the primary SQL database as a voter or without it. */
    static int needed(int servers, boolean voter) {
        boolean even = servers % 2 == 0;
        return FUNCTIONAL[servers] + (even && !voter ? 1 : 0);
    }

    /**
     * How many are needed for certain. The voter counts only when it is proven to be there. B14 has
     * it that a primary server which has come back as mirror has no vote until it is principal
     * again, F10 only that one which is down has none: as both are inference, it is counted here.
     */
    static int neededAtMost(Side side) {
        return needed(side.frontEnds().size(), side.primary().isUp());
    }

    /** How many are needed at least, when the voter is given the benefit of the doubt. */
    static int neededAtLeast(Side side) {
        return needed(side.frontEnds().size(), side.primary().mayBeUp());
    }

    /** How many are proven to run; one whose Front End service is told to have stopped does not. */
    static int running(Side side) {
        List<Seen> servers = side.frontEnds();
        Told.Services services = side.told().services();
        if (services == Told.Services.FRONT_END_STOPPED_EVERYWHERE) {
            return 0;
        }
        int first = services == Told.Services.FRONT_END_STOPPED_ON_ONE ? 1 : 0;
        return (int) servers.subList(first, servers.size()).stream().filter(Seen::isUp).count();
    }

    /** How many may be running. */
    static int perhapsRunning(Side side) {
        return (int) side.frontEnds().stream().filter(Seen::mayBeUp).count();
    }

    /** Whether the pool has enough of them. */
    static Verdict functional(Side side) {
        if (running(side) >= neededAtMost(side)) {
            return Verdict.YES;
        }
        return perhapsRunning(side) < neededAtLeast(side) ? Verdict.NO : Verdict.OPEN;
    }

    /**
     * More run than must. A pool of one server has none to spare; it counts as fit when it runs
     * (P17: failing over a Standard Edition pair is no different).
     */
    static boolean isAboveMinimum(Side side) {
        int servers = side.frontEnds().size();
        return servers == 1 ? running(side) == 1 : running(side) > neededAtMost(side);
    }
}
