package io.understudy.decision;

import io.understudy.estate.ComponentId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A time, mostly a recurring one, in which runs do or do not start.
 *
 * @param name what people call it
 * @param scope a site, pool or store; empty means the whole estate
 * @param end until when an occurrence that covers the given time lasts, {@link Instant#MAX} where
 *     somebody has to end it; empty where none covers it
 */
public record Window(
        String name,
        Kind kind,
        Optional<ComponentId> scope,
        Function<Instant, Optional<Instant>> end) {

    /** What a window is for. */
    public enum Kind {
        /** Nothing starts. */
        FREEZE,
        /** People work there: nothing starts. */
        MAINTENANCE,
        /** Few users are signed in: failing back belongs here, and only here where one is named. */
        QUIET_HOURS
    }

    /** Whether it is about something that belongs to the given scopes. */
    public boolean concerns(List<ComponentId> scopes) {
        return scope.map(scopes::contains).orElse(true);
    }
}
