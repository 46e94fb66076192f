package io.understudy.simulation;

/** What a simulation is for: a thousand seeds in which one of these never happened prove little. */
enum Happening {
    DEATH,
    STANDSTILL,
    PARTITION,
    OUTAGE,
    CLOCK_JUMP,
    /** A write of which its sender does not hear, and which is there. */
    LOST_ANSWER_OF_A_WRITE,
    LOST_WRITE,
    /** A transaction that the database ended since its sender said nothing. */
    ENDED_TRANSACTION,
    WAITED_FOR_A_ROW,
    TAKE_OVER,
    STALE_WRITE_REFUSED,
    STALE_ORDER_REFUSED,
    /** An order takes effect whose sender is dead or no longer the owner. */
    EFFECT_FOR_A_FORMER_OWNER,
    LOST_ORDER,
    LOST_ANSWER_OF_AN_ORDER,
    ORDER_DELIVERED_AGAIN,
    LOCK_REFUSED,
    ASKED,
    REPEATED_BY_WORD,
    REPEATED_AFTER_A_LOOK,
    SKIPPED,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    HANDED_OVER
}
