package io.understudy.store;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.access.FailedLogins;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * What several threads do at once with what they share comes to what they would have done one after
 * the other: Lincheck tries interleavings of every read and write in it.
 */
class SharedByThreadsTest {

    private static final int SCENARIOS = 3;
    private static final int INTERLEAVINGS = 100;

    @Test
    void aGroupCommitWritesEachOnceAndOneGroupAtATime() {
        check(Grouped.class);
    }

    @Test
    void failedLogInsAreCountedEach() {
        check(LogIns.class);
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

    /** Two failures are allowed from an address, and the clock stands still. */
    public static class LogIns {
        private final FailedLogins logins =
                new FailedLogins(
                        new FailedLogins.Limits(2, 3, Duration.ofMinutes(6), 2),
                        () -> Instant.EPOCH);

        @Operation
        public void fail() {
            logins.failed("here", "guess");
        }

        @Operation
        public void enter() {
            logins.succeeded("guess");
        }

        @Operation
        public long toWait() {
            return logins.toWait("here", "guess").map(Duration::toSeconds).orElse(0L);
        }
    }
}
