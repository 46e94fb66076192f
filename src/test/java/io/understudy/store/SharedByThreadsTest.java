package io.understudy.store;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * What several threads do at once with what they share comes to what they would have done one after
 * the other: Lincheck tries interleavings of every read and write in it. What happens within
 * collections of the JDK it takes for one step, so that it shows nothing of classes that only guard
 * those.
 */
class SharedByThreadsTest {

    private static final int SCENARIOS = 3;
    private static final int INTERLEAVINGS = 100;

    @Test
    void aGroupCommitWritesEachOnceAndOneGroupAtATime() {
        check(Grouped.class);
    }

    @Test
    void aCounterWithoutAnyCareIsCaught() {
        AssertionError found =
                assertThrows(LincheckAssertionError.class, () -> check(Careless.class));
        assertTrue(found.getMessage().contains("Invalid execution results"), found.getMessage());
    }

    private static void check(Class<?> shared) {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(2)
                .iterations(SCENARIOS)
                .invocationsPerIteration(INTERLEAVINGS)
                .check(shared);
    }

    /** The work itself takes no care of threads: there must be one at a time in it. */
    public static class Grouped {
        private int written;
        private final GroupCommit<Integer, Integer> commit =
                new GroupCommit<>(_ -> 1, this::all, 100, 2, Duration.ofSeconds(1));

        private List<Integer> all(List<Integer> items) {
            return items.stream().map(_ -> ++written).toList();
        }

        /** Its place among all that were written. */
        @Operation
        public int write() {
            return commit.write(1);
        }
    }

    /** What {@link Grouped} would be without its guard. */
    public static class Careless {
        private int written;

        @Operation
        public int write() {
            return ++written;
        }
    }
}
