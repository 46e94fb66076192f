package io.understudy.app;

import io.understudy.control.Unavailable;
import io.understudy.run.Renewal;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Renews on a thread of its own, which no request's computing can hold up, for as long as somebody
 * is busy.
 */
final class ThreadRenewal implements Renewal {

    private static final System.Logger LOGGER = System.getLogger(ThreadRenewal.class.getName());

    @Override
    public Ticket every(Duration pause, Runnable renew) {
        Semaphore stop = new Semaphore(0);
        Thread.ofPlatform().daemon().name("renewal").start(() -> repeat(pause, renew, stop));
        return stop::release;
    }

    private static void repeat(Duration pause, Runnable renew, Semaphore stop) {
        try {
            while (!stop.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                renewed(renew);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * One that fails is followed by another; if all do, the lease is lost, which its owner notices.
     */
    private static void renewed(Runnable renew) {
        try {
            renew.run();
        } catch (RuntimeException | Error e) {
            String what = "a lease could not be renewed; it is tried again";
            if (e instanceof Unavailable) {
                LOGGER.log(Level.WARNING, what + ": " + e.getMessage());
            } else {
                LOGGER.log(Level.WARNING, what, e);
            }
        }
    }
}
