package io.understudy.simulation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes from one event to the next, and whose turn it is. Of events that are due at the
 * same time chance says which comes first; so one seed is one order of everything.
 *
 * <p>There is no scheduler thread: whoever waits plays events until one of them hands the baton on.
 */
final class VirtualTime implements InstantSource {

    static final Instant BEGIN = Instant.parse("2026-11-21T10:00:00Z");
    static final long MILLISECOND = 1_000;
    static final long SECOND = 1_000 * MILLISECOND;

    private record Event(long at, long tie, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(tie, other.tie);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final SplittableRandom ties;
    private final Fiber main = new Fiber();
    private final Set<Fiber> waiting = new LinkedHashSet<>();
    private Fiber running = main;
    private @Nullable Fiber next;
    private @Nullable Throwable failure;
    private boolean closing;
    private long now;

    VirtualTime(SplittableRandom ties) {
        this.ties = ties;
    }

    /** Microseconds since the beginning. */
    long now() {
        return now;
    }

    @Override
    public Instant instant() {
        return BEGIN.plusNanos(now * 1_000);
    }

    /** Lets something happen this many microseconds from now. It must not wait. */
    void after(long micros, Runnable what) {
        events.add(new Event(now + Math.max(0, micros), ties.nextLong(), what));
    }

    /** Plays until {@link #stop}, or the first failure, which it throws. */
    void play() throws Throwable {
        pump(main);
        closing = true;
        while (!waiting.isEmpty()) {
            Fiber left = waiting.iterator().next();
            waiting.remove(left);
            left.kill();
            handTo(left);
            main.awaitBaton();
        }
        if (failure != null) {
            throw failure;
        }
    }

    void stop() {
        next = main;
    }

    /** Begins something that may wait. */
    Fiber begin(String name, Runnable body) {
        Fiber[] self = new Fiber[1];
        self[0] = new Fiber(name, () -> carryOut(self[0], body));
        after(0, () -> next = self[0]);
        return self[0];
    }

    private void carryOut(Fiber self, Runnable body) {
        try {
            if (!self.isKilled()) {
                body.run();
            }
        } catch (Killed dead) {
            // so it is
        } catch (Throwable t) {
            fail(t);
        }
        self.end();
        if (closing) {
            main.handBaton();
        } else {
            pump(self);
        }
    }

    /** What wakes the fiber that runs now out of its next {@link #await}, and nothing after it. */
    Runnable alarm() {
        Fiber self = running;
        long wait = self.nextWait();
        return () -> {
            if (self.waitsFor(wait)) {
                next = self;
            }
        };
    }

    /** Waits for the last {@link #alarm}. */
    void await() {
        Fiber self = running;
        if (!self.isKilled()) {
            waiting.add(self);
            pump(self);
        }
        if (self.isKilled()) {
            throw new Killed();
        }
    }

    /** The process dies that this fiber belongs to. */
    void kill(Fiber fiber) {
        fiber.kill();
        after(
                0,
                () -> {
                    if (!fiber.isOver() && waiting.contains(fiber)) {
                        next = fiber;
                    }
                });
    }

    Fiber running() {
        return running;
    }

    private void pump(Fiber self) {
        while (true) {
            Fiber to = next;
            next = null;
            if (to == self && !self.isOver()) {
                waiting.remove(self);
                running = self;
                return;
            }
            if (to != null) {
                handTo(to);
                if (!self.isOver()) {
                    self.awaitBaton();
                }
                return;
            }
            playOne();
        }
    }

    private void handTo(Fiber to) {
        waiting.remove(to);
        running = to;
        to.handBaton();
    }

    private void playOne() {
        Event event = events.remove();
        now = event.at();
        try {
            event.what().run();
        } catch (Throwable t) {
            fail(t);
        }
    }

    private void fail(Throwable t) {
        if (failure == null) {
            failure = t;
        }
        stop();
    }
}
