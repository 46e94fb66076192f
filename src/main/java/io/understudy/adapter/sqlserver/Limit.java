package io.understudy.adapter.sqlserver;

import java.time.Duration;

/**
 * How long a statement may take.
 *
 * @param answer until the server has answered, else it is cancelled
 * @param grace how long after that the server may take to own up to the cancellation; and after
 *     that once more, until the connection is given up
 */
record Limit(Duration answer, Duration grace) {

    /** The graces may take at most half of what little time there is. */
    private static final int SHARE = 4;

    /** What fits, with both graces, into the time that is left; nothing or less where none is. */
    static Limit within(Duration left, Duration usualGrace) {
        Duration share = left.dividedBy(SHARE);
        Duration grace = share.compareTo(usualGrace) < 0 ? share : usualGrace;
        return new Limit(left.minus(grace.multipliedBy(2)), grace);
    }

    /** Until the connection is given up. */
    Duration whole() {
        return answer.plus(grace.multipliedBy(2));
    }
}
