package io.understudy.control;

import java.time.Duration;

/**
 * Borne by exceptions of what is behind a port and cannot be used now, a database that does not
 * answer for instance: nothing was done, unless it is {@link #inDoubt}, and the same request may
 * work later.
 */
public interface Unavailable {

    /** When trying again may be of use; at least one second. */
    Duration retryAfter();

    /** Whether it may have been done all the same. */
    boolean inDoubt();
}
