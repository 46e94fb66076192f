package io.understudy.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.understudy.estate.ComponentId;
import io.understudy.estate.ObserverName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTrackerTest {

    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final Thresholds THREE_OF_FIVE =
            new Thresholds(3, 3, 5, Duration.ofMinutes(2), 2);

    private static Observation at(int second, Status status) {
        return new Observation(
                "o" + second + status,
                ComponentId.parse("server:fe1.contoso.com"),
                status,
                new ObserverName("o-dublin"),
                START.plusSeconds(second),
                new Facts.None());
    }

    private static ObserverView after(Thresholds thresholds, Status... said) {
        Optional<ObserverView> view = Optional.empty();
        for (int i = 0; i < said.length; i++) {
            view = Optional.of(HealthTracker.next(view, at(i, said[i]), thresholds));
        }
        return view.orElseThrow();
    }

    @Test
    void aStatusIsSettledByAsManyInARowAsAreRequiredAndNotByOneLess() {
        assertEquals(
                Status.UP, after(THREE_OF_FIVE, Status.UP, Status.DOWN, Status.DOWN).settled());
        ObserverView view = after(THREE_OF_FIVE, Status.UP, Status.DOWN, Status.DOWN, Status.DOWN);
        assertEquals(Status.DOWN, view.settled());
        assertEquals(START.plusSeconds(1), view.since());
    }

    @Test
    void aStatusIsSettledByEnoughOfTheLastThoughNotInARow() {
        Thresholds inARow = new Thresholds(4, 3, 5, Duration.ofMinutes(2), 2);
        assertEquals(
                Status.DOWN,
                after(inARow, Status.UP, Status.DOWN, Status.UP, Status.DOWN, Status.DOWN)
                        .settled());
        assertEquals(
                Status.UP,
                after(
                                inARow,
                                Status.DOWN,
                                Status.UP,
                                Status.UP,
                                Status.UP,
                                Status.DOWN,
                                Status.DOWN)
                        .settled());
    }

    @Test
    void theFirstWordOfDeathIsNotSettled() {
        assertEquals(Status.UNKNOWN, after(THREE_OF_FIVE, Status.DOWN).settled());
        assertEquals(Status.UP, after(THREE_OF_FIVE, Status.UP).settled());
    }

    @Test
    void aStatementThatSumsUpSeveralProbesCountsAsMany() {
        Observation three =
                new Observation(
                        "a",
                        ComponentId.parse("server:fe1.contoso.com"),
                        Status.DOWN,
                        new ObserverName("prometheus"),
                        START,
                        new Facts.None(),
                        "fingerprint",
                        3,
                        Optional.empty());
        assertEquals(
                Status.DOWN, HealthTracker.next(Optional.empty(), three, THREE_OF_FIVE).settled());
    }

    @Test
    void aStatementOlderThanTheLatestChangesNothing() {
        ObserverView view = after(THREE_OF_FIVE, Status.UP, Status.UP, Status.DOWN);
        assertSame(view, HealthTracker.next(Optional.of(view), at(1, Status.DOWN), THREE_OF_FIVE));
    }

    @Test
    void theSameTimeCountsOnceAndItsGraverStatementWins() {
        ObserverView view = after(THREE_OF_FIVE, Status.UP, Status.DOWN);
        assertEquals(
                1,
                HealthTracker.next(Optional.of(view), at(1, Status.DOWN), THREE_OF_FIVE).streak());
        assertEquals(
                Status.DOWN,
                HealthTracker.next(Optional.of(view), at(1, Status.UP), THREE_OF_FIVE).latest());
    }

    @Test
    void aViewIsStaleOnlyAfterItsGreatestAge() {
        ObserverView view = after(THREE_OF_FIVE, Status.UP);
        assertEquals(true, view.isFresh(THREE_OF_FIVE, START.plus(THREE_OF_FIVE.maxAge())));
        assertEquals(
                false,
                view.isFresh(THREE_OF_FIVE, START.plus(THREE_OF_FIVE.maxAge()).plusNanos(1)));
    }
}
