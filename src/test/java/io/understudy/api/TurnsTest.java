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
        Turns.Turn first = turns.take();
        Turns.Turn second = turns.take();

        Problem problem = assertThrows(ProblemException.class, turns::take).problem();
        assertEquals(ProblemType.UNAVAILABLE, problem.type());
        assertEquals(Optional.of(Duration.ofSeconds(7)), problem.retryAfter());

        first.close();
        second.close();
    }

    @Test
    void aTurnThatIsOverIsAnothers() {
        Turns.Turn first = turns.take();
        turns.take();
        first.close();

        turns.take();
    }
}
