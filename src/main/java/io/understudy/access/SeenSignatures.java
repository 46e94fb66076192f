package io.understudy.access;

import java.time.Instant;

/** Remembers signatures, on behalf of all replicas, for as long as they would be valid. */
public interface SeenSignatures {

    /**
     * Notes a valid signature; durable when this returns.
     *
     * @param signature who signed and with what result, which is no secret
     * @param until when it would be too old anyway
     * @return whether it comes for the first time; of two at once, on any two replicas, one does
     */
    boolean first(String signature, Instant until, Instant now);
}
