package io.understudy.testing;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/** Time that passes here as it does on a clock of a test. */
public final class Passing {

    private Passing() {}

    /** In nanoseconds, as {@link System#nanoTime}. */
    public static LongSupplier by(InstantSource clock) {
        return () -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
    }
}
