package io.understudy.run;

import java.time.Instant;

/**
 * One line of a run's journal, never changed once written.
 *
 * @param step its number; 0 for what concerns the whole run
 * @param token the fencing token under which it was written; 0 for what people did
 */
public record JournalEntry(
        Instant at, int step, Kind kind, long token, String actor, String message) {

    /** What happened. */
    public enum Kind {
        OPENED,
        APPROVED,
        STARTED,
        /** The step is about to act: written before the executor is called. */
        INTENT,
        /** The executor found the effect there already and nothing was done. */
        ALREADY_DONE,
        /** The executor has answered. */
        ACTED,
        VERIFIED,
        /** What the executor's tool said while it worked. */
        PROGRESS,
        /** An optional step is left out, and the run goes on without it. */
        SKIPPED,
        STEP_FAILED,
        /** A new owner found the step unfinished. */
        RESUMED,
        ASKED,
        CANCEL_REQUESTED,
        CANCELLED,
        HANDED_OVER,
        SUCCEEDED,
        FAILED
    }
}
