package io.understudy.run;

import io.understudy.adapter.spi.StepOutcome;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process knows of attempts whose intention is on disk, and the store does not: that one
 * has not begun, since the write of its intention, or of what followed, was lost or in doubt; or
 * what the executor answered, when that could not be written. With it a run that its store was away
 * from goes on as if nothing had been; without it, after a crash, it is first looked whether the
 * step took effect.
 *
 * <p>What is known holds for one token only: another owner may have acted meanwhile. Safe on any
 * thread.
 */
final class Attempts {

    /**
     * One attempt of a step.
     *
     * @param token the fencing token of the lease under which it was intended
     * @param number from 1
     */
    record Attempt(String run, long token, int step, int number) {}

    /** What is known of an attempt. */
    sealed interface Known {

        /** It was intended at most: its executor was not told to act. */
        record NotBegun() implements Known {}

        /** It has ended. */
        record Answered(StepOutcome outcome) implements Known {}
    }

    private record Entry(Attempt attempt, Known known) {}

    /** By run: one step of a run is in hand at a time. */
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    void notBegun(Attempt attempt) {
        entries.put(attempt.run(), new Entry(attempt, new Known.NotBegun()));
    }

    void answered(Attempt attempt, StepOutcome outcome) {
        entries.put(attempt.run(), new Entry(attempt, new Known.Answered(outcome)));
    }

    /** It begins, it is over, or it is another owner's. */
    void forget(String run) {
        entries.remove(run);
    }

    Optional<Known> of(Attempt attempt) {
        return Optional.ofNullable(entries.get(attempt.run()))
                .filter(entry -> entry.attempt().equals(attempt))
                .map(Entry::known);
    }
}
