package io.understudy.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RunThreadsTest {

    private static final Duration NEVER = Duration.ofDays(1);

    private final MemoryRunStore store = new MemoryRunStore(Clock.systemUTC());
    private final LinkedBlockingQueue<String> ticked = new LinkedBlockingQueue<>();

    @Test
    void everyOpenRunIsTakenUpAndTickedToItsEnd() throws Exception {
        store.open(SampleRuns.opened("r1", 0), Set.of("a"), List.of());
        store.open(SampleRuns.opened("r2", 1), Set.of("b"), List.of());
        CountDownLatch ends = new CountDownLatch(2);
        AtomicInteger ticks = new AtomicInteger();
        try (RunThreads crew =
                crew(id -> {
                    if (ticks.incrementAndGet() < 5) {
                        return new Tick.Continue();
                    }
                    ends.countDown();
                    return new Tick.Ended();
                })) {
            crew.takeUp();
            ends.await();
        }
        assertTrue(ticks.get() >= 6);
    }

    @Test
    void aRunThatWaitsForAPersonIsLookedAtWhenSomebodySpeaks() throws Exception {
        try (RunThreads crew = crew(id -> tick(id, new Tick.AwaitsPerson()))) {
            crew.wake("r1");
            assertEquals("r1", ticked.take());
            crew.wake("r1");
            assertEquals("r1", ticked.take());
        }
    }

    @Test
    void anErrorIsNotTheEndOfARun() throws Exception {
        AtomicInteger ticks = new AtomicInteger();
        try (RunThreads crew =
                new RunThreads(
                        id -> {
                            if (ticks.incrementAndGet() == 1) {
                                throw new IllegalStateException("the database is away");
                            }
                            return tick(id, new Tick.Ended());
                        },
                        store,
                        Clock.systemUTC(),
                        Duration.ofMillis(1),
                        NEVER)) {
            crew.wake("r1");
            assertEquals("r1", ticked.take());
        }
    }

    @Test
    void aTimeToWaitForIsKept() throws Exception {
        Instant begin = Instant.now();
        AtomicInteger ticks = new AtomicInteger();
        try (RunThreads crew =
                crew(id ->
                        ticks.incrementAndGet() == 1
                                ? new Tick.WaitUntil(begin.plusMillis(60))
                                : tick(id, new Tick.Ended()))) {
            crew.takeUp();
            crew.wake("r1");
            ticked.poll(10, TimeUnit.SECONDS);
        }
        assertEquals(Optional.empty(), store.find("r1"));
        assertTrue(ticks.get() >= 2);
    }

    @Test
    void closingWaitsForTheStepThatIsUnderWayAndBeginsNoOther() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger ticks = new AtomicInteger();
        RunThreads crew =
                crew(id -> {
                    inside.countDown();
                    await(go);
                    ticks.incrementAndGet();
                    return new Tick.Continue();
                });
        crew.wake("r1");
        inside.await();
        Thread closing = Thread.ofVirtual().start(crew::close);
        go.countDown();
        closing.join();

        int whenClosed = ticks.get();
        crew.wake("r2");
        assertTrue(whenClosed >= 1);
        assertEquals(whenClosed, ticks.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Tick tick(String id, Tick next) {
        ticked.add(id);
        return next;
    }

    private RunThreads crew(Function<String, Tick> tick) {
        return new RunThreads(tick, store, Clock.systemUTC(), NEVER, NEVER);
    }
}
