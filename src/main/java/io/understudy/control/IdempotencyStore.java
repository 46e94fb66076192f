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
         * It is new: the request is to be carried out, and {@link IdempotencyStore#complete}
         * called.
         */
        record Granted() implements Claim {}

        /** The same request was answered so. */
        record Answered(int status, String body) implements Claim {}

        /** The same request is being carried out. */
        record UnderWay() implements Claim {}

        /** The key was used for another request. */
        record Mismatch() implements Claim {}
    }

    Claim claim(String actor, String key, String requestHash, Instant at);

    void complete(String actor, String key, int status, String body);

    /** Forgets a claim whose request failed before it started anything. */
    void abandon(String actor, String key);
}
