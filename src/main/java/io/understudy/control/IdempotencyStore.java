package io.understudy.control;

import java.time.Instant;

/**
 * Remembers what a request that starts something was answered, so that sending it again starts
 * nothing.
 */
public interface IdempotencyStore {

    /** What is known of a key. */
    sealed interface Claim {
        /**
         * It is new, or nobody has answered it in time: the request is to be carried out, and its
         * {@link io.understudy.run.Receipt} to be kept with what is done.
         */
        record Granted(Instant claimedAt) implements Claim {}

        /** The same request was answered so. */
        record Answered(int status, String body) implements Claim {}

        /** The same request is being carried out. */
        record UnderWay() implements Claim {}

        /** The key was used for another request. */
        record Mismatch() implements Claim {}
    }

    Claim claim(String actor, String key, String requestHash, Instant at);

    /**
     * Forgets a claim whose request has failed. One that was answered all the same stays, and so
     * does one that was made anew.
     */
    void abandon(String actor, String key, Instant claimedAt);
}
