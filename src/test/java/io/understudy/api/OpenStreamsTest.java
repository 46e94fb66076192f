package io.understudy.api;

import static io.understudy.api.OpenStreams.Room.FREE;
import static io.understudy.api.OpenStreams.Room.TAKEN;
import static io.understudy.api.OpenStreams.Room.TAKEN_BY_CALLER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OpenStreamsTest {

    private final OpenStreams open = new OpenStreams(3, 2);

    @Test
    void oneCallerMayHaveHisShareAndAnotherTheRest() {
        assertTrue(open.enter("a"));
        assertTrue(open.enter("a"));
        assertEquals(TAKEN_BY_CALLER, open.room("a"));
        assertFalse(open.enter("a"));
        assertTrue(open.enter("b"));
        assertEquals(TAKEN, open.room("c"));
        assertFalse(open.enter("c"));
    }

    @Test
    void whatIsToldNoLongerMakesRoom() {
        open.enter("a");
        open.enter("a");
        open.enter("b");
        open.leave("a");
        assertEquals(FREE, open.room("a"));
        assertTrue(open.enter("c"));
        assertEquals(TAKEN, open.room("a"));
    }

    @Test
    void toAskWhetherThereIsRoomTakesNone() {
        for (int i = 0; i < 9; i++) {
            assertEquals(FREE, open.room("a"));
        }
    }
}
