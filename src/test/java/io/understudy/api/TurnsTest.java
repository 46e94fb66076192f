package io.understudy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Turns turns =
            new Turns(new LoadLimits(1, 1, 1, 1, 2, Duration.ofMillis(1), Duration.ofSeconds(7)));

    @Test
    void whoeverFindsNoTurnInTimeIsToldWhenToComeAgain() {
        Problem problem = turns.compute(() -> turns.compute(this::refused));

        assertEquals(ProblemType.UNAVAILABLE, problem.type());
        assertEquals(Optional.of(Duration.ofSeconds(7)), problem.retryAfter());
    }

    @Test
    void aTurnThatIsOverIsAnothers() {
        for (int i = 0; i < 3; i++) {
            assertEquals("done", turns.compute(() -> "done"));
        }
    }

    @Test
    void aTurnWhoseWorkFailsIsAnothers() {
        for (int i = 0; i < 3; i++) {
            assertThrows(IllegalStateException.class, () -> turns.compute(TurnsTest::broken));
        }
        assertEquals("done", turns.compute(() -> "done"));
    }

    private static String broken() {
        throw new IllegalStateException("broken");
    }

    private Problem refused() {
        return assertThrows(ProblemException.class, () -> turns.compute(() -> "done")).problem();
    }
}
