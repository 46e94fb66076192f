package io.understudy.app;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Rung when there is something to evaluate; rings that come together are one. */
final class Wakeup {

    private final Semaphore rings = new Semaphore(0);

    void ring() {
        rings.release();
    }

    /** Waits for a ring, at most this long; forgets all others. */
    void await(Duration most) throws InterruptedException {
        rings.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS);
        rings.drainPermits();
    }
}
