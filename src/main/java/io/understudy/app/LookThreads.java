package io.understudy.app;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A virtual thread for each look that may block, of which only so many look at once; a type of its
 * own, apart from Quarkus' executor. How many wait is bounded by those who ask: one look at a time
 * per observer and component, one per step that is rehearsed.
 */
final class LookThreads implements AutoCloseable {

    private final Semaphore free;
    private final Duration farewell;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("look-", 0).factory());

    /**
     * @param most how many look at once, at least 1
     * @param farewell how long closing waits for looks that are under way
     */
    LookThreads(int most, Duration farewell) {
        if (most < 1) {
            throw new IllegalArgumentException("understudy.load.looks is at least 1");
        }
        this.free = new Semaphore(most, true);
        this.farewell = farewell;
    }

    void execute(Runnable look) {
        threads.execute(() -> looked(look));
    }

    /** Whoever is interrupted while it waits looks all the same: its probe gives up at once. */
    private void looked(Runnable look) {
        boolean taken = false;
        try {
            free.acquire();
            taken = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            look.run();
        } finally {
            if (taken) {
                free.release();
            }
        }
    }

    /**
     * Waits for looks that are under way, so that what they saw is kept while the database is still
     * there; those that take too long are interrupted.
     */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(farewell.toNanos(), TimeUnit.NANOSECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
