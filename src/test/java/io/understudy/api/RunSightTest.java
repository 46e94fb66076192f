package io.understudy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunSightTest {

    /** Newest first. */
    private final List<Run> all =
            IntStream.rangeClosed(1, 1_000)
                    .mapToObj(i -> Samples.run(id(1_001 - i), 0, "ann", Credentials.BEFORE).run())
                    .toList();

    private final List<Integer> looks = new ArrayList<>();

    @Test
    void whoSeesLittleCostsFewLooks() {
        List<Run> found = RunSight.newest(this::page, run -> run.id().equals(id(1)), 1, 200);
        assertEquals(List.of(id(1)), found.stream().map(Run::id).toList());
        assertEquals(List.of(200, 200, 200, 200, 200), looks);
    }

    @Test
    void whoSeesAllIsReadNoMoreThanHeAsksFor() {
        assertEquals(all.subList(0, 3), RunSight.newest(this::page, _ -> true, 3, 1));
        assertEquals(List.of(3), looks);
    }

    @Test
    void noMoreIsShownThanWasAskedFor() {
        assertEquals(all.subList(0, 3), RunSight.newest(this::page, _ -> true, 3, 200));
        assertEquals(List.of(200), looks);
    }

    private List<Run> page(int limit, Optional<String> before) {
        looks.add(limit);
        return all.stream()
                .filter(run -> before.filter(id -> run.id().compareTo(id) >= 0).isEmpty())
                .limit(limit)
                .toList();
    }

    private static String id(int number) {
        return "r%04d".formatted(number);
    }
}
