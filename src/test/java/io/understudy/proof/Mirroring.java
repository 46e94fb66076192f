package io.understudy.proof;

import io.understudy.estate.Position;

/**
 * What is told of a store's mirroring, of all its databases alike.
 *
 * @param principalOn which side is principal; meaningless where the copy is untold
 * @param witnessLinked whether the partners say that their witness is connected
 */
record Mirroring(Copy copy, Position principalOn, boolean witnessLinked) {

    /** How well the mirror had kept up when its principal was lost. */
    enum Copy {
        /** Last told in step, at the moment of the loss or now. */
        SYNCHRONIZED,
        SYNCHRONIZING,
        SUSPENDED,
        /** The partners have lost each other just as the principal was lost: nothing is missing. */
        DISCONNECTED_IN_STEP,
        /** They had lost each other ten minutes before: the principal may have written alone. */
        DISCONNECTED_BEHIND,
        /** Last told in step ten minutes before the loss, and nothing since. */
        SYNCHRONIZED_LONG_AGO,
        UNTOLD
    }

    static final Mirroring WELL = new Mirroring(Copy.SYNCHRONIZED, Position.PRIMARY, true);

    /** Whether it is known now which side is principal, and in what state. */
    boolean isTold() {
        return copy != Copy.UNTOLD && copy != Copy.SYNCHRONIZED_LONG_AGO;
    }

    /** Whether the partners are told to be apart now. */
    boolean isApart() {
        return copy == Copy.DISCONNECTED_IN_STEP || copy == Copy.DISCONNECTED_BEHIND;
    }

    /** Whether the mirror held everything when the principal was lost. */
    boolean isComplete() {
        return copy == Copy.SYNCHRONIZED || copy == Copy.DISCONNECTED_IN_STEP;
    }
}
