package io.understudy.simulation;

import java.util.concurrent.locks.LockSupport;

/**
 * A piece of a process that runs for as long as it likes, then waits for something to happen. Only
 * the one that has the baton runs.
 */
final class Fiber {

    private final Thread thread;
    private volatile boolean baton;
    private boolean begun;

    /** Counts its waits, so that what wakes it late wakes it for nothing. */
    private long waits;

    private boolean killed;
    private boolean over;

    /** The thread that plays the simulation. */
    Fiber() {
        thread = Thread.currentThread();
        begun = true;
    }

    Fiber(String name, Runnable body) {
        thread =
                Thread.ofVirtual()
                        .name(name)
                        .unstarted(() -> {
                            awaitBaton();
                            body.run();
                        });
    }

    /** Lets it run; whoever calls this must then wait or end. */
    void handBaton() {
        baton = true;
        if (begun) {
            LockSupport.unpark(thread);
        } else {
            begun = true;
            thread.start();
        }
    }

    void awaitBaton() {
        while (!baton) {
            LockSupport.park(this);
        }
        baton = false;
    }

    long nextWait() {
        return ++waits;
    }

    boolean waitsFor(long wait) {
        return !over && waits == wait;
    }

    void kill() {
        killed = true;
    }

    boolean isKilled() {
        return killed;
    }

    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }
}
