package io.understudy.app;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A virtual thread that does one thing again and again until it is stopped. */
final class RepeatedTask implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(RepeatedTask.class.getName());

    /** Waits until the next turn is due. */
    @FunctionalInterface
    interface Pause {
        void await() throws InterruptedException;
    }

    private final Semaphore stop = new Semaphore(0);
    private final Thread thread;

    /**
     * @param least the shortest time between two turns
     * @param pause what is waited for beyond it
     */
    RepeatedTask(String name, Duration least, Pause pause, Runnable turn) {
        this.thread = Thread.ofVirtual().name(name).start(() -> go(name, least, pause, turn));
    }

    private void go(String name, Duration least, Pause pause, Runnable turn) {
        try {
            do {
                take(name, turn);
                pause.await();
            } while (!stop.tryAcquire(least.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void take(String name, Runnable turn) {
        try {
            turn.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "the " + name + " failed; it goes on with its next turn", e);
        }
    }

    /** Waits for the end of the turn that is under way. */
    @Override
    public void close() {
        stop.release();
        try {
            if (!thread.join(Duration.ofSeconds(10))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
