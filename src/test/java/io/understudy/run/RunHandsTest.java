package io.understudy.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RunHandsTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final LinkedBlockingQueue<String> ticked = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> givenBack = new LinkedBlockingQueue<>();

    @Test
    void aRunIsTickedToItsEnd() {
        AtomicInteger ticks = new AtomicInteger();
        try (RunHands hands =
                hands(_ -> ticks.incrementAndGet() < 5 ? new Tick.Continue() : new Tick.Ended())) {
            assertInstanceOf(RunHands.Next.Rest.class, hands.carryOn("r1"));
        }
        assertEquals(5, ticks.get());
    }

    @Test
    void aRunThatWaitsForAPersonRests() {
        try (RunHands hands = hands(_ -> new Tick.AwaitsPerson())) {
            assertInstanceOf(RunHands.Next.Rest.class, hands.carryOn("r1"));
            assertFalse(hands.wake("r1"));
        }
    }

    @Test
    void aLongWaitGivesTheRunBack() {
        Instant later = Instant.now().plus(LONG).plus(LONG);
        try (RunHands hands = hands(_ -> new Tick.WaitUntil(later))) {
            assertEquals(new RunHands.Next.Again(later), hands.carryOn("r1"));
        }
        assertEquals(List.of("r1"), List.copyOf(givenBack));
    }

    @Test
    void aShortWaitIsSleptThroughUntilSomebodyWakesIt() throws Exception {
        AtomicInteger ticks = new AtomicInteger();
        Instant later = Instant.now().plus(LONG.dividedBy(2));
        try (RunHands hands =
                hands(_ ->
                        ticks.incrementAndGet() == 1
                                ? tick("waits", new Tick.WaitUntil(later))
                                : tick("woken", new Tick.Ended()))) {
            Thread.ofVirtual().start(() -> hands.carryOn("r1"));
            assertEquals("waits", ticked.take());
            assertTrue(hands.wake("r1"));
            assertEquals("woken", ticked.take());
        }
    }

    @Test
    void aRunThatSomebodyElseOwnsIsTriedAgainLater() {
        Instant begin = Instant.now();
        try (RunHands hands = hands(_ -> new Tick.NotOurs())) {
            var again = assertInstanceOf(RunHands.Next.Again.class, hands.carryOn("r1"));
            assertTrue(again.at().isAfter(begin));
        }
    }

    @Test
    void anErrorIsNotTheEndOfARun() {
        AtomicInteger ticks = new AtomicInteger();
        try (RunHands hands =
                hands(_ -> {
                    if (ticks.incrementAndGet() == 1) {
                        throw new IllegalStateException("the database is away");
                    }
                    return new Tick.Ended();
                })) {
            assertInstanceOf(RunHands.Next.Rest.class, hands.carryOn("r1"));
        }
        assertEquals(2, ticks.get());
    }

    @Test
    void whatIsInHandIsNotTakenInHandAgain() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (RunHands hands =
                hands(_ -> {
                    tick("inside", new Tick.Ended());
                    await(go);
                    return new Tick.Ended();
                })) {
            Thread first = Thread.ofVirtual().start(() -> hands.carryOn("r1"));
            ticked.take();
            assertInstanceOf(RunHands.Next.Again.class, hands.carryOn("r1"));
            assertEquals(1, hands.held());
            assertEquals(List.of(), List.copyOf(givenBack), "whoever has it in hand acts");
            go.countDown();
            first.join();
        }
    }

    @Test
    void closingWaitsForTheStepThatIsUnderWayAndBeginsNoOther() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger ticks = new AtomicInteger();
        RunHands hands =
                hands(_ -> {
                    tick("inside", new Tick.Continue());
                    await(go);
                    ticks.incrementAndGet();
                    return new Tick.Continue();
                });
        Thread carrying = Thread.ofVirtual().start(() -> hands.carryOn("r1"));
        ticked.take();
        Thread closing = Thread.ofVirtual().start(hands::close);
        go.countDown();
        closing.join();
        carrying.join();

        int whenClosed = ticks.get();
        assertInstanceOf(RunHands.Next.Again.class, hands.carryOn("r2"));
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

    private Tick tick(String what, Tick next) {
        ticked.add(what);
        return next;
    }

    private RunHands hands(Function<String, Tick> tick) {
        return new RunHands(
                tick,
                givenBack::add,
                Clock.systemUTC(),
                Duration.ofMillis(1),
                LONG,
                Duration.ofSeconds(20));
    }
}
