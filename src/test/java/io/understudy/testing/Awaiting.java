package io.understudy.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Waits for what tells nobody that it has come: it is asked again until it is so. */
public final class Awaiting {

    /** What is waited for. */
    @FunctionalInterface
    public interface Condition {
        boolean met() throws Exception;
    }

    private Awaiting() {}

    /**
     * Returns once it is so; fails when it is not by then.
     *
     * @param patience in nanoseconds
     */
    public static void until(Condition condition, long patience) throws Exception {
        long end = System.nanoTime() + patience;
        while (!condition.met()) {
            assertTrue(System.nanoTime() < end, "it does not come true");
        }
    }
}
