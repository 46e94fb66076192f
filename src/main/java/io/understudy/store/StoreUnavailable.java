package io.understudy.store;

import io.understudy.control.Unavailable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The database cannot be reached, is overloaded, or takes too long. What was asked was not done,
 * unless the message says that this is not known: repeating it is safe where ids make it count
 * once.
 */
public class StoreUnavailable extends RuntimeException implements Unavailable {

    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    StoreUnavailable(String message, Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }
}
