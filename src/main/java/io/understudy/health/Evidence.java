package io.understudy.health;

import io.understudy.estate.ObserverName;
import io.understudy.estate.SiteName;
import java.time.Instant;
import java.util.Optional;

/**
 * One observer's part in a condition.
 *
 * @param site where the observer sits; empty when the estate does not know it
 * @param status what this observer is believed to say
 * @param since first statement of the row that it rests on
 * @param at time of its last statement
 */
public record Evidence(
        ObserverName observer,
        Optional<SiteName> site,
        Status status,
        Instant since,
        Instant at,
        String observationId) {

    /** A sentence for people: who said what, when. */
    public String sentence() {
        return observer
                + site.map(s -> " at " + s).orElse("")
                + " says "
                + status
                + " since "
                + since
                + ", last at "
                + at;
    }
}
