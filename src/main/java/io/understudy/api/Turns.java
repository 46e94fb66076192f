package io.understudy.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * So many may compute much at once: a failure elsewhere must be decided on in time whatever people
 * ask meanwhile. A turn is held while something is computed and no longer: neither while a body
 * comes in nor while an answer is read, which the other side could draw out.
 *
 * <p>Classes whose requests take turns are {@code @Blocking}: virtual threads share as many
 * carriers as there are cores, and whoever computes on one gives it to nobody else.
 */
@Singleton
final class Turns {

    private final Semaphore free;
    private final LoadLimits limits;

    @Inject
    Turns(LoadLimits limits) {
        this.free = new Semaphore(limits.heavyRequests(), true);
        this.limits = limits;
    }

    /** Computes when it is its turn; a problem when that does not come in time. */
    <T> T compute(Supplier<T> work) {
        if (!waited()) {
            throw Problem.of(
                            ProblemType.UNAVAILABLE,
                            limits.heavyRequests()
                                    + " requests that take much computing are worked on, which is"
                                    + " the limit.")
                    .after(limits.retryAfter())
                    .exception();
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
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
