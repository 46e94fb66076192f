package io.understudy.adapter.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an executor remembers of its orders. */
class OrdersTest {

    private static final StepOutcome DONE = new StepOutcome.Done("done");

    private final Orders orders = new Orders();

    private static StepCall call(String run, int step, int attempt, long token) {
        return new StepCall(
                run,
                step,
                attempt,
                token,
                new Action.ByHand(),
                Optional.empty(),
                Duration.ofSeconds(1));
    }

    private static StepOutcome never() {
        throw new AssertionError("it must not act");
    }

    @Test
    void anOrderGivenAgainIsAnsweredAsItEndedByWhomeverItIsGiven() {
        assertEquals(DONE, orders.once(call("r", 1, 1, 4), () -> DONE));
        assertEquals(DONE, orders.once(call("r", 1, 1, 4), OrdersTest::never));
        assertEquals(DONE, orders.once(call("r", 1, 1, 5), OrdersTest::never));
        assertInstanceOf(
                StepOutcome.Refused.class, orders.once(call("r", 1, 2, 4), OrdersTest::never));
    }

    @Test
    void anotherAttemptStepOrRunIsAnotherOrder() {
        StepOutcome other = new StepOutcome.Retryable("later");
        orders.once(call("r", 1, 1, 4), () -> DONE);
        assertEquals(other, orders.once(call("r", 1, 2, 4), () -> other));
        assertEquals(other, orders.once(call("r", 2, 1, 4), () -> other));
        assertEquals(other, orders.once(call("s", 1, 1, 1), () -> other));
    }

    @Test
    void whatIsUnderWayOrBrokeOffIsUncertain() {
        StepCall call = call("r", 1, 1, 4);
        orders.once(
                call,
                () -> {
                    assertInstanceOf(
                            StepOutcome.Uncertain.class, orders.once(call, OrdersTest::never));
                    return DONE;
                });
        StepCall broken = call("r", 2, 1, 4);
        assertThrows(
                IllegalStateException.class,
                () ->
                        orders.once(
                                broken,
                                () -> {
                                    throw new IllegalStateException("a defect");
                                }));
        assertInstanceOf(StepOutcome.Uncertain.class, orders.once(broken, OrdersTest::never));
    }

    @Test
    void theOldestRunsAreForgottenFirst() {
        for (int i = 0; i <= Orders.MOST; i++) {
            orders.once(call("r" + i, 1, 1, 9), () -> DONE);
        }
        StepOutcome again = new StepOutcome.Fatal("again", "");
        assertEquals(again, orders.once(call("r0", 1, 1, 1), () -> again));
        assertEquals(DONE, orders.once(call("r2", 1, 1, 9), () -> again));
    }
}
