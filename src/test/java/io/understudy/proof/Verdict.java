package io.understudy.proof;

/**
 * Whether something is so in every world that the evidence allows (YES), in none (NO), or in some
 * (OPEN).
 */
enum Verdict {
    YES,
    NO,
    OPEN;

    /** What is left when either may be the case. */
    Verdict or(Verdict other) {
        return this == other ? this : OPEN;
    }
}
