package io.understudy.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * So many may compute much at once: a failure elsewhere must be decided on in time whatever people
 * ask meanwhile.
 */
@Singleton
final class Turns {

    private final Semaphore free;
    private final LoadLimits limits;

    /** The right to compute, until closed. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    @Inject
    Turns(LoadLimits limits) {
        this.free = new Semaphore(limits.heavyRequests(), true);
        this.limits = limits;
    }

    /** Waits for a turn; a problem when it does not come in time. */
    Turn take() {
        if (!waited()) {
            throw Problem.of(
                            ProblemType.UNAVAILABLE,
                            limits.heavyRequests()
                                    + " requests that take much computing are worked on, which is"
                                    + " the limit.")
                    .after(limits.retryAfter())
                    .exception();
        }
        return free::release;
    }

    private boolean waited() {
        try {
            return free.tryAcquire(limits.heavyPatience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
