package io.understudy.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.Rehearsal;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.ThrowingSupplier;

/**
 * What every executor must keep. Inherit it, and say in {@link #bench()} what is tested.
 *
 * <p>Nothing is demanded of how an executor does it: only that an order takes effect at most once,
 * that its answer is true, and that it comes in time.
 */
public abstract class ExecutorConformance {

    /** How much later than its limit an answer may come. */
    protected static final Duration GRACE = Duration.ofSeconds(10);

    /** A limit that a well-behaved order keeps easily. */
    protected static final Duration AMPLE = Duration.ofSeconds(30);

    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final int LONGEST_MESSAGE = 64 * 1024;

    private Bench bench;

    /** The executor and its other side, made anew. */
    protected abstract Bench bench() throws Exception;

    @BeforeEach
    void prepare() throws Exception {
        bench = bench();
    }

    @AfterEach
    void tidy() throws Exception {
        bench.close();
    }

    private StepCall call(int step, int attempt, long token, Action action, Duration limit) {
        return new StepCall("run-1", step, attempt, token, action, bench.managementServer(), limit);
    }

    private StepCall order(Duration limit) {
        return call(2, 1, 5, bench.action(), limit);
    }

    private static StepOutcome act(StepExecutor executor, StepCall call) {
        return inTime(call, () -> executor.act(call, Progress.UNHEARD));
    }

    private static Presence look(StepExecutor executor, StepCall call) {
        return inTime(call, () -> executor.check(call));
    }

    private static <T> T inTime(StepCall call, ThrowingSupplier<T> asked) {
        return assertTimeoutPreemptively(
                call.timeLimit().plus(GRACE), asked, "it answers within its time limit");
    }

    private void behaves(Behaviour behaviour) {
        assumeTrue(bench.behave(behaviour), "the other side cannot " + behaviour);
    }

    @Test
    void carriesAnOrderOutOnceAndSaysSo() {
        StepOutcome outcome = act(bench.executor(), order(AMPLE));

        assertInstanceOf(StepOutcome.Done.class, outcome, outcome.message());
        assertEquals(1, bench.effects());
        assertNotEquals(0, bench.orders(), "the bench counts what reaches the other side");
        assertNotEquals(Presence.NOT_DONE, bench.executor().check(order(AMPLE)));
    }

    @Test
    void looksAndRehearsesWithoutChangingAnything() {
        assertNotEquals(Presence.DONE, bench.executor().check(order(AMPLE)));
        bench.executor().rehearse(order(AMPLE));

        assertEquals(0, bench.effects());
    }

    @Test
    void looksInTimeAndFindsNothingWhereTheOtherSideIsNotReached() {
        behaves(Behaviour.UNREACHABLE);

        Presence seen = look(bench.executor(), order(SHORT));

        assertNotEquals(Presence.DONE, seen, "it has not been done");
        assertNotEquals(
                Rehearsal.Verdict.ALREADY_DONE,
                inTime(order(SHORT), () -> bench.executor().rehearse(order(SHORT))).verdict());
        assertEquals(0, bench.effects());
    }

    /** What is denied is ordered anew: then it would take effect twice. */
    @Test
    void deniesNothingThatTakesEffectLater() throws Exception {
        behaves(Behaviour.LATE);
        StepOutcome outcome = act(bench.executor(), order(SHORT));

        Presence seen = look(bench.restarted(), call(2, 1, 6, bench.action(), AMPLE));
        boolean before = bench.effects() > 0;
        await(() -> bench.effects() > 0);

        if (bench.effects() > 0) {
            assertInstanceOf(StepOutcome.Uncertain.class, outcome, outcome.message());
            assertNotEquals(Presence.NOT_DONE, seen, "it was under way, or could not be told");
            assertTrue(before || seen != Presence.DONE, "it was not done yet");
        }
    }

    @Test
    void answersInTimeWhereTheOtherSideHangsAndDoesNotKnow() {
        behaves(Behaviour.HANG);

        StepOutcome outcome = act(bench.executor(), order(SHORT));

        assertInstanceOf(StepOutcome.Uncertain.class, outcome, outcome.message());
    }

    @Test
    void stopsWaitingWhenInterrupted() throws Exception {
        behaves(Behaviour.HANG);
        AtomicReference<StepOutcome> outcome = new AtomicReference<>();
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        Thread owner =
                Thread.ofPlatform()
                        .start(() -> {
                            outcome.set(bench.executor().act(order(AMPLE), Progress.UNHEARD));
                            stillInterrupted.set(Thread.currentThread().isInterrupted());
                        });
        await(() -> bench.orders() > 0);
        assertNotEquals(0, bench.orders(), "the order reaches the other side");

        owner.interrupt();

        assertTrue(owner.join(GRACE), "it answers soon after");
        assertInstanceOf(
                StepOutcome.Uncertain.class, outcome.get(), () -> "it answered " + outcome.get());
        assertTrue(stillInterrupted.get(), "the thread is still interrupted");
    }

    /** Waits for it, at most as long as the grace. */
    private static void await(BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + GRACE.toNanos();
        while (!holds.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(10);
        }
    }

    @Test
    void actsNoSecondTimeAfterTheAnswerWasLost() {
        behaves(Behaviour.DIE_AFTER_ACTING);
        StepOutcome lost = act(bench.executor(), order(AMPLE));
        assertTrue(
                lost instanceof StepOutcome.Uncertain || lost instanceof StepOutcome.Done,
                "an order whose answer is lost is uncertain, not " + lost);
        bench.behave(Behaviour.WELL);

        Presence seen = bench.restarted().check(call(2, 1, 6, bench.action(), AMPLE));

        assertNotEquals(Presence.NOT_DONE, seen, "what took effect is not denied");
        assertEquals(1, bench.effects());
    }

    @Test
    void givenTheSameOrderAgainActsOnce() {
        act(bench.executor(), order(AMPLE));
        StepOutcome again = act(bench.executor(), order(AMPLE));

        assertInstanceOf(StepOutcome.Done.class, again, again.message());
        assertEquals(1, bench.effects());
    }

    @Test
    @Timeout(60)
    void givenTheSameOrderTwiceAtOnceActsOnce() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Callable<StepOutcome> together =
                () -> {
                    both.countDown();
                    both.await();
                    return bench.executor().act(order(AMPLE), Progress.UNHEARD);
                };
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Future<StepOutcome> call : threads.invokeAll(List.of(together, together))) {
                StepOutcome outcome = call.get();
                assertTrue(
                        outcome instanceof StepOutcome.Done
                                || outcome instanceof StepOutcome.Uncertain,
                        "of what may take effect it is not said that it has none: " + outcome);
            }
        }

        assertEquals(1, bench.effects());
    }

    @Test
    void refusesAnOlderToken() {
        if (!bench.behave(Behaviour.REFUSE)) {
            bench.behave(Behaviour.WELL); // it acts, and must not act again
        }
        act(bench.executor(), call(2, 1, 7, bench.action(), AMPLE));
        bench.behave(Behaviour.WELL);
        int effects = bench.effects();

        StepOutcome stale = act(bench.executor(), call(2, 2, 6, bench.action(), AMPLE));

        assertInstanceOf(StepOutcome.Refused.class, stale, stale.message());
        assertEquals(effects, bench.effects());
    }

    @Test
    void tellsARefusalFromAFailureAndSaysWhatToDo() {
        behaves(Behaviour.REFUSE);

        StepOutcome outcome = act(bench.executor(), order(AMPLE));

        assertInstanceOf(StepOutcome.Refused.class, outcome, outcome.message());
        assertFalse(((StepOutcome.Refused) outcome).whatToDo().isBlank());
        assertEquals(0, bench.effects());
    }

    @Test
    void mayBeTriedAgainWhereTheOtherSideWasNotReached() {
        behaves(Behaviour.UNREACHABLE);

        StepOutcome outcome = act(bench.executor(), order(AMPLE));

        assertInstanceOf(StepOutcome.Retryable.class, outcome, outcome.message());
        assertEquals(0, bench.effects());
    }

    @Test
    void doesNotTakeHalfAnAnswerForAWholeOne() {
        behaves(Behaviour.PARTIAL_OUTPUT);

        StepOutcome outcome = act(bench.executor(), order(SHORT));

        assertTrue(
                outcome instanceof StepOutcome.Uncertain || outcome instanceof StepOutcome.Done,
                "it took effect: " + outcome);
        assertEquals(1, bench.effects());
    }

    @Test
    void keepsHugeAnswersSmall() {
        behaves(Behaviour.HUGE_OUTPUT);

        StepOutcome outcome = act(bench.executor(), order(AMPLE));

        assertInstanceOf(StepOutcome.Done.class, outcome, shortened(outcome));
        assertTrue(outcome.message().length() <= LONGEST_MESSAGE, "a message for people");
    }

    @Test
    void survivesWhatIsNoUtf8() {
        behaves(Behaviour.NOT_UTF8);

        StepOutcome outcome = act(bench.executor(), order(AMPLE));

        assertInstanceOf(StepOutcome.Done.class, outcome, outcome.message());
    }

    @Test
    void waitsForASlowAnswerWithinItsLimit() {
        behaves(Behaviour.SLOW_DRIP);

        StepOutcome outcome = act(bench.executor(), order(AMPLE));

        assertInstanceOf(StepOutcome.Done.class, outcome, outcome.message());
    }

    @Test
    void isNotKeptWaitingByAnEndlessAnswer() {
        behaves(Behaviour.ENDLESS_DRIP);

        StepOutcome outcome = act(bench.executor(), order(SHORT));

        assertInstanceOf(StepOutcome.Uncertain.class, outcome, outcome.message());
    }

    @Test
    void neverHandsOnAHostileName() {
        assumeTrue(bench.hostile().isPresent(), "it takes no names");
        Action hostile = bench.hostile().orElseThrow();

        StepOutcome outcome = act(bench.executor(), call(3, 1, 5, hostile, AMPLE));

        assertTrue(
                Set.of(StepOutcome.Fatal.class, StepOutcome.Refused.class)
                        .contains(outcome.getClass()),
                outcome.toString());
        assertEquals(0, bench.orders(), "nothing reached the other side");
    }

    @Test
    void supportsNothingThatIsNotForExecutors() {
        assertFalse(bench.executor().supports(new Action.Reassess()));
        assertFalse(bench.executor().supports(new Action.ByHand()));
        assertFalse(bench.executor().name().isBlank());
    }

    private static String shortened(StepOutcome outcome) {
        String text = outcome.toString();
        return text.length() <= 500 ? text : text.substring(0, 500) + "…";
    }
}
