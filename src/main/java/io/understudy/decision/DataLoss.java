package io.understudy.decision;

import java.time.Duration;

/** What would be lost. */
public sealed interface DataLoss {

    /** Nothing that was acknowledged. */
    record None() implements DataLoss {}

    /** At most what was written in this time before the failure. */
    record Bounded(Duration atMost) implements DataLoss {}

    /** Not known, and so not bounded. */
    record Unknown() implements DataLoss {}
}
