package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of two losses is the greater one. */
class DataLossTest {

    private static final DataLoss NONE = new DataLoss.None();
    private static final DataLoss NOTHING = new DataLoss.Bounded(Duration.ZERO);
    private static final DataLoss MINUTE = new DataLoss.Bounded(Duration.ofMinutes(1));
    private static final DataLoss MORE = new DataLoss.Bounded(Duration.ofMinutes(1).plusMillis(1));
    private static final DataLoss UNKNOWN = new DataLoss.Unknown();

    @Test
    void whatIsNotKnownIsMoreThanAnyBoundAndABoundMoreThanNothing() {
        List<DataLoss> rising = List.of(NONE, MINUTE, MORE, UNKNOWN);
        for (DataLoss smaller : rising) {
            for (DataLoss greater : rising) {
                assertEquals(
                        rising.indexOf(greater) > rising.indexOf(smaller),
                        greater.exceeds(smaller),
                        greater + " and " + smaller);
            }
        }
    }

    @Test
    void aBoundOfNoTimeIsNoLoss() {
        assertFalse(NOTHING.exceeds(NONE));
        assertFalse(NONE.exceeds(NOTHING));
        assertTrue(MINUTE.exceeds(NOTHING));
    }

    @Test
    void theWorseOfTwoIsTheGreaterOne() {
        assertEquals(MORE, MINUTE.worse(MORE));
        assertEquals(MORE, MORE.worse(MINUTE));
        assertEquals(UNKNOWN, UNKNOWN.worse(MORE));
    }
}
