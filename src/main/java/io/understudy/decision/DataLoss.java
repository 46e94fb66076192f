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

    /** Whether more would be lost than by the other; what is not known is more than any bound. */
    default boolean exceeds(DataLoss other) {
        return switch (this) {
            case None _ -> false;
            case Bounded mine ->
                    switch (other) {
                        case None _ -> mine.atMost().isPositive();
                        case Bounded theirs -> mine.atMost().compareTo(theirs.atMost()) > 0;
                        case Unknown _ -> false;
                    };
            case Unknown _ -> !(other instanceof Unknown);
        };
    }

    /** The greater of the two. */
    default DataLoss worse(DataLoss other) {
        return exceeds(other) ? this : other;
    }
}
