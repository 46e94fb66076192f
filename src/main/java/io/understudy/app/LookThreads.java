package io.understudy.app;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A virtual thread for each look that may block; a type of its own, apart from Quarkus' executor.
 */
final class LookThreads implements AutoCloseable {

    private final Duration farewell;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("look-", 0).factory());

    /**
     * @param farewell how long closing waits for looks that are under way
     */
    LookThreads(Duration farewell) {
        this.farewell = farewell;
    }

    void execute(Runnable look) {
        threads.execute(look);
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
