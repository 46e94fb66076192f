package io.understudy.adapter.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What came of one request. */
sealed interface Reply {

    /**
     * An answer.
     *
     * @param body as UTF-8; what is none is replaced
     * @param location where the answer says how it stands, made absolute
     * @param retryAfter how long the answer asks to wait
     */
    record Answered(int status, String body, Optional<URI> location, Optional<Duration> retryAfter)
            implements Reply {}

    /** Certainly nothing was sent; it may be possible later. */
    record NotSent(String why) implements Reply {}

    /** It may not be sent, or cannot be, until a setting or a secret changes. */
    record Forbidden(String why, String whatToDo) implements Reply {}

    /** It was sent, and what became of it is not known. */
    record Lost(String why) implements Reply {}
}
