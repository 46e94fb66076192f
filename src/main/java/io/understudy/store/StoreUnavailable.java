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
    private final boolean inDoubt;

    StoreUnavailable(String message, Duration retryAfter, @Nullable Throwable cause) {
        this(message, retryAfter, cause, false);
    }

    StoreUnavailable(
            String message, Duration retryAfter, @Nullable Throwable cause, boolean inDoubt) {
        super(message, cause);
        this.retryAfter = retryAfter;
        this.inDoubt = inDoubt;
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }

    @Override
    public boolean inDoubt() {
        return inDoubt;
    }
}
