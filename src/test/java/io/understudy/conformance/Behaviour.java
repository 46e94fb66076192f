package io.understudy.conformance;

/** How the other side treats the next order. */
public enum Behaviour {
    /** Carries it out and says so. */
    WELL,
    /** Takes the order and is not heard of again; whether it acts is its own affair. */
    HANG,
    /** Carries it out, and the connection breaks before the answer. */
    DIE_AFTER_ACTING,
    /** Carries it out, and ends in the middle of its answer. */
    PARTIAL_OUTPUT,
    /** Carries it out and writes at least 5 MB. */
    HUGE_OUTPUT,
    /** Carries it out and writes bytes that are no UTF-8. */
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
