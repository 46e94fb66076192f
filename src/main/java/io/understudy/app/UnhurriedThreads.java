package io.understudy.app;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A thread for each piece of work, which is never interrupted: a step may be under way. */
final class UnhurriedThreads extends AbstractExecutorService {

    private final ExecutorService threads;

    UnhurriedThreads(String name) {
        this.threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofPlatform().daemon().name(name, 0).factory());
    }

    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    @Override
    public void shutdown() {
        threads.shutdown();
    }

    /** Begins nothing more, and leaves what is under way alone. */
    @Override
    public List<Runnable> shutdownNow() {
        threads.shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
