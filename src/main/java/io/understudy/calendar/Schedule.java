package io.understudy.calendar;

import java.time.Instant;
import java.util.Optional;

/** When a window is open. */
public sealed interface Schedule permits Period, Recurring {

    /**
     * The occurrence that covers a time, or else the next one after it; empty when there is none
     * any more.
     */
    Optional<Occurrence> onOrAfter(Instant at);
}
