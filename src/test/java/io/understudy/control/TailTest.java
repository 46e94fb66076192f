package io.understudy.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.ComponentId;
import io.understudy.health.Observation;
import io.understudy.replay.Heard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TailTest {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private Instant now = START;
    private final List<Long> readFrom = new ArrayList<>();
    private long newest = 100;
    private int parts = 1;
    private int forgotten;

    /** A log that notes where it was read. */
    private final class Places implements ObservationLog {
        @Override
        public Place place() {
            return new Place(newest, Set.of());
        }

        @Override
        public Others others(Place from, int most) {
            readFrom.add(from.end());
            parts--;
            return new Others(List.of(), place(), parts > 0);
        }

        @Override
        public void forgetOwn() {
            forgotten++;
        }

        @Override
        public Appended append(List<Observation> observations, Instant receivedAt) {
            throw new AssertionError("a tail only reads");
        }

        @Override
        public void since(Instant since, Consumer<List<Observation>> take) {
            throw new AssertionError("a tail reads on from its place");
        }

        @Override
        public List<Heard> heard(Instant from, Instant to, int limit) {
            return List.of();
        }

        @Override
        public List<Observation> newest(Optional<ComponentId> component, int limit) {
            return List.of();
        }

        @Override
        public List<Observation> newest(Set<ComponentId> components, int limit) {
            return List.of();
        }
    }

    private final Tail tail =
            new Tail(new Places(), _ -> {}, () -> now, Duration.ofSeconds(60), 10);

    private void follow() {
        parts = 1;
        tail.follow();
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            now = now.plusSeconds(1);
            newest += 10;
            follow();
        }
    }

    @Test
    void readsOnWhereItHasGotTo() {
        tail.begin();
        newest = 110;
        follow();
        newest = 120;
        follow();
        assertEquals(List.of(100L, 110L), readFrom);
    }

    @Test
    void readsUntilThereIsNoMore() {
        tail.begin();
        parts = 3;
        tail.follow();
        assertEquals(3, readFrom.size());
    }

    @Test
    void stepsBackByTheOverlapAndNotToTheBeginning() {
        tail.begin();
        pass(1_000);
        tail.stepBack();
        readFrom.clear();
        follow();
        long behind = (newest - readFrom.getFirst()) / 10;
        assertTrue(behind >= 60 && behind <= 70, behind + " seconds");
    }

    @Test
    void stepsBackByTheOverlapFromWhereAnOutageBeganThoughItHasReadSince() {
        tail.begin();
        pass(100);
        long lost = newest;
        now = now.plusSeconds(600);
        pass(10);
        tail.stepBack();
        readFrom.clear();
        follow();
        long behind = (lost - readFrom.getFirst()) / 10;
        assertTrue(behind >= 40 && behind <= 60, behind + " seconds");
    }

    @Test
    void readsItsOwnTooWhereItHasSteppedBack() {
        tail.begin();
        pass(10);
        assertEquals(0, forgotten);
        tail.stepBack();
        assertEquals(1, forgotten);
    }

    @Test
    void stepsBackToTheBeginningWhenThatIsNearer() {
        tail.begin();
        pass(20);
        tail.stepBack();
        readFrom.clear();
        follow();
        assertEquals(List.of(100L), readFrom);
    }

    @Test
    void goesOnFromTheEndOnceItHasReadAgain() {
        tail.begin();
        pass(100);
        tail.stepBack();
        follow();
        readFrom.clear();
        follow();
        assertEquals(List.of(newest), readFrom);
    }
}
