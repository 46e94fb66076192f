package io.understudy.simulation;

/** What is built wrongly on purpose, to see that the simulation finds it. */
enum Defect {
    NONE,
    /** The database takes every owner's write, whatever its token. */
    STORE_WITHOUT_TOKENS,
    /** What a step is about to do reaches the disk only with its outcome. */
    INTENT_AFTER_ACT,
    /** The other side does what a replaced owner orders. */
    EXECUTOR_WITHOUT_FENCE,
    /** The other side carries an order out as often as it is delivered. */
    EXECUTOR_WITHOUT_MEMORY,
    /** Whether a lease has run out is judged by the wall clock of whoever asks. */
    LEASE_BY_WALL_CLOCK,
    /** Runs are opened without taking their locks. */
    LOCKS_NOT_TAKEN,
    /** Whether a step took effect is guessed, not looked at. */
    REPEAT_WITHOUT_LOOK,
    /** An answer does not say which question it is about. */
    WORD_WITHOUT_ITS_QUESTION,
    /** A process that is given a run again does not notice that it has it in hand already. */
    TWO_HANDS_IN_ONE_PROCESS,
    /** A process takes its wall clock for the time. */
    ENGINE_BY_WALL_CLOCK,
    /** An owner that dies keeps its run for ever. */
    LEASE_WITHOUT_END
}
