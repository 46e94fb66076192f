package io.understudy.proof;

/** What the evidence shows of one component; the last three are kinds of not knowing. */
enum Seen {
    UP,
    DEGRADED,
    /** Every observer who speaks says so, from at least two sites. */
    DOWN,
    /** Nobody says anything. */
    SILENT,
    /** Somebody at one other site says DOWN, and nobody else says anything. */
    ONE_SITE,
    /** Some say DOWN and one says UP: a partition explains it as well as a failure. */
    DISAGREED;

    /** It is proven to serve: overload is not death. */
    boolean isUp() {
        return this == UP || this == DEGRADED;
    }

    boolean isDown() {
        return this == DOWN;
    }

    boolean mayBeUp() {
        return this != DOWN;
    }

    boolean mayBeDown() {
        return !isUp();
    }
}
