package io.understudy.api;

import java.util.HashMap;
import java.util.Map;

/**
 * How many event streams are told, in all and to one caller. One counts while it is told and no
 * longer: what is never told, since its reader went away while it was opened, never counts. Safe on
 * any thread.
 */
final class OpenStreams {

    /** Whether there is room for one more. */
    enum Room {
        FREE,
        /** The caller who asks has too many open. */
        TAKEN_BY_CALLER,
        /** All callers together have. */
        TAKEN
    }

    private final int most;
    private final int mostOfCaller;

    /** Of those who have any open. */
    private final Map<String, Integer> callers = new HashMap<>();

    private int all;

    /**
     * @param most at least 1
     * @param mostOfCaller at least 1
     */
    OpenStreams(int most, int mostOfCaller) {
        this.most = most;
        this.mostOfCaller = mostOfCaller;
    }

    synchronized Room room(String caller) {
        if (all >= most) {
            return Room.TAKEN;
        }
        return callers.getOrDefault(caller, 0) >= mostOfCaller ? Room.TAKEN_BY_CALLER : Room.FREE;
    }

    /** Counts one more; false when there is no room for it. */
    synchronized boolean enter(String caller) {
        if (room(caller) != Room.FREE) {
            return false;
        }
        callers.merge(caller, 1, Integer::sum);
        all++;
        return true;
    }

    /** One that was counted is told no longer. */
    synchronized void leave(String caller) {
        callers.computeIfPresent(caller, (_, open) -> open > 1 ? open - 1 : null);
        all--;
    }
}
