package io.understudy.run;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Carries runs on that this process was given, each on the thread that gives it. A short wait is
 * slept through, from which {@link #wake} wakes; a long one gives the run back.
 */
public final class RunHands implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(RunHands.class.getName());

    /** What is to become of a run that is given back. */
    public sealed interface Next {

        /** Somebody is to carry it on, not before this time. */
        record Again(Instant at) implements Next {}

        /** Nobody needs to before a person has spoken: it waits for one, or has ended. */
        record Rest() implements Next {}
    }

    private final Function<String, Tick> tick;
    private final Consumer<String> giveBack;
    private final InstantSource clock;
    private final Duration patience;
    private final Duration longestSleep;
    private final Duration farewell;
    private final Map<String, Hand> hands = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** What wakes whoever carries a run on, and when that has ended. */
    private record Hand(Semaphore bell, CountDownLatch done) {}

    /**
     * @param tick {@link Runner#tick}
     * @param giveBack {@link Runner#giveBack}
     * @param patience after how long a run that is owned by another process is tried again; also
     *     the pause after an error
     * @param longestSleep a wait beyond it gives the run back
     * @param farewell how long closing waits for steps that are under way
     */
    public RunHands(
            Function<String, Tick> tick,
            Consumer<String> giveBack,
            InstantSource clock,
            Duration patience,
            Duration longestSleep,
            Duration farewell) {
        this.tick = tick;
        this.giveBack = giveBack;
        this.clock = clock;
        this.patience = patience;
        this.longestSleep = longestSleep;
        this.farewell = farewell;
    }

    /** Carries a run on for as long as there is something to do; blocks that long. */
    public Next carryOn(String runId) {
        Hand hand = new Hand(new Semaphore(0), new CountDownLatch(1));
        if (hands.putIfAbsent(runId, hand) != null) {
            // this process was given it before, and has not noticed yet that it was taken away
            return new Next.Again(clock.instant().plus(patience));
        }
        try {
            return untilNothingIsLeft(runId, hand.bell());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Next.Again(clock.instant());
        } finally {
            hands.remove(runId, hand);
            hand.done().countDown();
        }
    }

    /** Something about the run has changed: it is looked at now, if it is in hand here. */
    public boolean wake(String runId) {
        Hand hand = hands.get(runId);
        if (hand != null) {
            hand.bell().release();
        }
        return hand != null;
    }

    /** How many runs are in hand here. */
    public int held() {
        return hands.size();
    }

    private Next untilNothingIsLeft(String runId, Semaphore bell) throws InterruptedException {
        AtomicBoolean troubled = new AtomicBoolean();
        while (!closed) {
            Instant until;
            switch (ticked(runId, troubled)) {
                case Tick.Continue _ -> until = clock.instant();
                case Tick.WaitUntil wait -> until = wait.instant();
                case Tick.NotOurs _ -> {
                    return new Next.Again(clock.instant().plus(patience));
                }
                case Tick.AwaitsPerson _, Tick.Ended _ -> {
                    return new Next.Rest();
                }
            }
            Duration pause = Duration.between(clock.instant(), until);
            if (pause.compareTo(longestSleep) > 0 && bell.availablePermits() == 0) {
                giveBack.accept(runId);
                return new Next.Again(until);
            }
            sleep(pause, bell);
        }
        giveBack.accept(runId);
        return new Next.Again(clock.instant());
    }

    private static void sleep(Duration pause, Semaphore bell) throws InterruptedException {
        if (pause.isPositive()) {
            bell.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
        }
        bell.drainPermits();
    }

    private Tick ticked(String runId, AtomicBoolean troubled) {
        try {
            Tick ticked = tick.apply(runId);
            if (troubled.getAndSet(false)) {
                LOGGER.log(Level.INFO, "run " + runId + " goes on");
            }
            return ticked;
        } catch (RuntimeException e) {
            // told once: a database that is away for an hour would be told of by every run each
            // second
            Level level = troubled.getAndSet(true) ? Level.DEBUG : Level.ERROR;
            LOGGER.log(
                    level,
                    "run " + runId + " could not go on; it is tried again every " + patience,
                    e);
            return new Tick.WaitUntil(clock.instant().plus(patience));
        }
    }

    /** Lets no run begin another step, and waits a while for those that are under way. */
    @Override
    public void close() {
        closed = true;
        hands.values().forEach(hand -> hand.bell().release());
        long end = clock.millis() + farewell.toMillis();
        try {
            for (Hand hand : hands.values()) {
                hand.done().await(Math.max(1, end - clock.millis()), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
