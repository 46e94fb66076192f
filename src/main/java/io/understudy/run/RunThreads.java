package io.understudy.run;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Keeps one virtual thread per open run, which ticks it until it has ended. A thread sleeps while
 * there is nothing to do, and wakes when it is told or its time has come.
 */
public final class RunThreads implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(RunThreads.class.getName());

    private final Function<String, Tick> tick;
    private final RunStore store;
    private final InstantSource clock;
    private final Duration patience;
    private final Duration farewell;
    private final Map<String, Hand> hands = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** The thread of one run, and what wakes it. */
    private record Hand(Thread thread, Semaphore bell) {}

    /**
     * @param tick {@link Runner#tick}
     * @param patience after how long a run that waits for a person, or is owned by another process,
     *     is looked at again although nobody told; also the pause after an error
     * @param farewell how long closing waits for steps that are under way
     */
    public RunThreads(
            Function<String, Tick> tick,
            RunStore store,
            InstantSource clock,
            Duration patience,
            Duration farewell) {
        this.tick = tick;
        this.store = store;
        this.clock = clock;
        this.patience = patience;
        this.farewell = farewell;
    }

    /** Takes up every open run that is not in hand yet. */
    public void takeUp() {
        store.open().forEach(run -> hand(run.id()));
    }

    /** Something about the run has changed: it is looked at now. A new run is taken up. */
    public void wake(String runId) {
        Hand hand = hand(runId);
        hand.bell().release();
    }

    private Hand hand(String runId) {
        return hands.computeIfAbsent(runId, this::engaged);
    }

    private Hand engaged(String runId) {
        Semaphore bell = new Semaphore(0);
        Thread thread =
                Thread.ofVirtual().name("run-" + runId).unstarted(() -> carryOut(runId, bell));
        if (!closed) {
            thread.start();
        }
        return new Hand(thread, bell);
    }

    private void carryOut(String runId, Semaphore bell) {
        try {
            while (!closed) {
                Tick next = ticked(runId);
                if (next instanceof Tick.Ended) {
                    return;
                }
                pause(next, bell);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            hands.remove(runId);
        }
    }

    private Tick ticked(String runId) {
        try {
            return tick.apply(runId);
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.ERROR,
                    "run " + runId + " could not go on; it is tried again in " + patience,
                    e);
            return new Tick.WaitUntil(clock.instant().plus(patience));
        }
    }

    private void pause(Tick next, Semaphore bell) throws InterruptedException {
        Duration pause =
                switch (next) {
                    case Tick.Continue _, Tick.Ended _ -> Duration.ZERO;
                    case Tick.WaitUntil wait -> Duration.between(clock.instant(), wait.instant());
                    case Tick.AwaitsPerson _, Tick.NotOurs _ -> patience;
                };
        if (pause.isPositive()) {
            bell.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
        }
        bell.drainPermits();
    }

    /** Lets no run begin another step, and waits a while for those that are under way. */
    @Override
    public void close() {
        closed = true;
        hands.values().forEach(hand -> hand.bell().release());
        try {
            long end = clock.millis() + farewell.toMillis();
            for (Hand hand : hands.values()) {
                hand.thread().join(Duration.ofMillis(Math.max(1, end - clock.millis())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
