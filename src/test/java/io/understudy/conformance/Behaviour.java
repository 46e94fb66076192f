package io.understudy.conformance;

/**
 * How the other side treats the next order. Looks it answers as the real one would then: whoever is
 * not reached is not reached by a look either.
 */
public enum Behaviour {
    /** Carries it out and says so. */
    WELL,
    /** Takes the order and is not heard of again; whether it acts is its own affair. */
    HANG,
    /**
     * Takes the order, says nothing, and carries it out five seconds later, unless it is stopped
     * before.
     */
    LATE,
    /** Carries it out, and the connection breaks before the answer. */
    DIE_AFTER_ACTING,
    /** Carries it out, and ends in the middle of its answer. */
    PARTIAL_OUTPUT,
    /** Carries it out, and its whole answer has at least 5 MB: that it is done is still told. */
    HUGE_OUTPUT,
    /** Carries it out, and some of its words are no UTF-8. */
    NOT_UTF8,
    /** Carries it out, and writes its answer in small pieces, but in time. */
    SLOW_DRIP,
    /** Writes small pieces without end. */
    ENDLESS_DRIP,
    /** Refuses it, as documented; no effect. */
    REFUSE,
    /** Cannot be reached; no effect. */
    UNREACHABLE
}
