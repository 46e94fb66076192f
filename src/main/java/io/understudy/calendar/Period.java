package io.understudy.calendar;

import java.time.Instant;
import java.util.Optional;

/**
 * From one moment to another.
 *
 * @param from empty where it has always been open
 * @param until after {@code from}; empty where it stays open until somebody ends it
 */
public record Period(Optional<Instant> from, Optional<Instant> until) implements Schedule {

    public Period {
        if (from.isPresent() && until.isPresent() && !until.get().isAfter(from.get())) {
            throw new IllegalArgumentException("until is not after from");
        }
    }

    @Override
    public Optional<Occurrence> onOrAfter(Instant at) {
        Occurrence only = new Occurrence(from.orElse(Instant.MIN), until.orElse(Instant.MAX));
        return only.until().isAfter(at) ? Optional.of(only) : Optional.empty();
    }
}
