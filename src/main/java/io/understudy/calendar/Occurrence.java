package io.understudy.calendar;

import java.time.Instant;

/**
 * One time that a window is open.
 *
 * @param from {@link Instant#MIN} where it was always open
 * @param until the first moment after it; {@link Instant#MAX} where somebody has to end it
 */
public record Occurrence(Instant from, Instant until) {

    public boolean covers(Instant at) {
        return !from.isAfter(at) && until.isAfter(at);
    }
}
