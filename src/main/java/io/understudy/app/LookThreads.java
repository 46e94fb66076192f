package io.understudy.app;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A virtual thread for each look that may block; a type of its own, apart from Quarkus' executor. */
final class LookThreads implements AutoCloseable {

    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("look-", 0).factory());

    void execute(Runnable look) {
        threads.execute(look);
    }

    /** Looks that are under way are interrupted: nobody waits for what they see. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
