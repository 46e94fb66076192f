package io.understudy.app;

import io.understudy.control.Unavailable;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A thread that does one thing again and again until it is stopped. It is none of the virtual ones,
 * which share as many carriers as there are cores: what computes for long would hold it up.
 */
final class RepeatedTask implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(RepeatedTask.class.getName());

    /** Waits until the next turn is due. */
    @FunctionalInterface
    interface Pause {
        void await() throws InterruptedException;
    }

    private final String name;
    private final Runnable turn;
    private final Semaphore stop = new Semaphore(0);
    private final Thread thread;
    private boolean waits;

    /**
     * @param least the shortest time between two turns
     * @param pause what is waited for beyond it
     */
    RepeatedTask(String name, Duration least, Pause pause, Runnable turn) {
        this.name = name;
        this.turn = turn;
        this.thread = Thread.ofPlatform().daemon().name(name).start(() -> go(least, pause));
    }

    private void go(Duration least, Pause pause) {
        try {
            do {
                take();
                pause.await();
            } while (!stop.tryAcquire(least.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take() {
        try {
            turn.run();
            if (waits) {
                waits = false;
                LOGGER.log(Level.INFO, "the " + name + " goes on");
            }
        } catch (RuntimeException | Error e) {
            if (!(e instanceof Unavailable)) {
                LOGGER.log(
                        Level.ERROR, "the " + name + " failed; it goes on with its next turn", e);
            } else if (!waits) {
                // once, however long it lasts: it is tried again at every turn
                waits = true;
                LOGGER.log(Level.WARNING, "the " + name + " waits: " + e.getMessage());
            }
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
