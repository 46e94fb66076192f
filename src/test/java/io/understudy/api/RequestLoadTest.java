package io.understudy.api;

import static io.understudy.api.RequestLoad.Admission.ADMITTED;
import static io.understudy.api.RequestLoad.Admission.TOO_MANY;
import static io.understudy.api.RequestLoad.Admission.TOO_MANY_OF_CALLER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestLoadTest {

    private final RequestLoad load = new RequestLoad(limits(5, 3, 1_000, 600));

    @Test
    void oneCallerMayHaveHisShareAndAnotherTheRest() {
        for (int i = 0; i < 3; i++) {
            assertEquals(ADMITTED, load.enter("a", 0));
        }
        assertEquals(TOO_MANY_OF_CALLER, load.enter("a", 0));
        assertEquals(ADMITTED, load.enter("b", 0));
        assertEquals(ADMITTED, load.enter("b", 0));
        assertEquals(TOO_MANY, load.enter("c", 0));
    }

    @Test
    void whoeverIsAnsweredMakesRoom() {
        for (int i = 0; i < 3; i++) {
            load.enter("a", 0);
        }
        load.leave("a", 0);
        assertEquals(ADMITTED, load.enter("a", 0));
        assertEquals(3, load.underWay());
    }

    @Test
    void bodiesCountByTheirLength() {
        assertEquals(ADMITTED, load.enter("a", 600));
        assertEquals(TOO_MANY_OF_CALLER, load.enter("a", 1));
        assertEquals(ADMITTED, load.enter("a", 0), "what brings no body");
        assertEquals(ADMITTED, load.enter("b", 400));
        assertEquals(TOO_MANY, load.enter("c", 1));
        load.leave("a", 600);
        assertEquals(ADMITTED, load.enter("c", 1));
    }

    @Test
    void oneBodyAloneMayBeLongerThanAllTogether() {
        assertEquals(ADMITTED, load.enter("a", 5_000));
        assertEquals(TOO_MANY, load.enter("b", 1));
    }

    @Test
    void aRefusalLeavesNothingBehind() {
        for (int i = 0; i < 9; i++) {
            load.enter("a", 0);
        }
        for (int i = 0; i < 3; i++) {
            load.leave("a", 0);
        }
        assertEquals(0, load.underWay());
        assertEquals(ADMITTED, load.enter("a", 600));
    }

    @Test
    void limitsThatLetNobodyInAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> limits(0, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> limits(1, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> limits(1, 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> limits(1, 1, 1, 0));
    }

    private static LoadLimits limits(int requests, int ofCaller, long bytes, long bytesOfCaller) {
        return new LoadLimits(
                requests,
                ofCaller,
                bytes,
                bytesOfCaller,
                1,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }
}
