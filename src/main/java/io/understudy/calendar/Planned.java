package io.understudy.calendar;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * A schedule as a policy asks for it, with why it is there. Equal ones give equal policies.
 *
 * @param reason why, for people
 * @param by who has made it, where it was made by itself and not written into the policy
 */
public record Planned(Schedule schedule, Optional<String> reason, Optional<String> by)
        implements Function<Instant, Optional<Instant>> {

    /** Until when the occurrence that covers a time lasts; empty where none does. */
    @Override
    public Optional<Instant> apply(Instant at) {
        return schedule.onOrAfter(at).filter(o -> o.covers(at)).map(Occurrence::until);
    }
}
