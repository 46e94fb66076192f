package io.understudy.store;

import java.time.Duration;

/** More is waiting to be saved than may wait; this was refused at once, and nothing was saved. */
public final class StoreBusy extends StoreUnavailable {

    private static final long serialVersionUID = 1;

    StoreBusy(String message, Duration retryAfter) {
        super(message, retryAfter, null);
    }
}
