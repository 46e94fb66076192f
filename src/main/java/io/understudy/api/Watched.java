package io.understudy.api;

import io.understudy.control.ControlLoop;
import io.understudy.control.DocumentStore.Version;
import io.understudy.control.LiveDocument;
import io.understudy.control.Present;
import io.understudy.estate.Estate;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The estate in force and what is believed of it just now. */
@Singleton
final class Watched {

    /** Within this time the first look at an estate is over. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

    private final LiveDocument<Estate> estates;
    private final ControlLoop loop;

    @Inject
    Watched(LiveDocument<Estate> estates, ControlLoop loop) {
        this.estates = estates;
        this.loop = loop;
    }

    /** The estate in force; 404 when none was ever saved. */
    Estate estate() {
        return estates.current()
                .map(Version::body)
                .orElseThrow(() ->
                        Problem.of(ProblemType.NOT_FOUND, "There is no estate yet.")
                                .advising("Put one at /api/v1/estate.")
                                .exception());
    }

    /** What was believed by the last evaluation; 503 before the first. */
    Present present() {
        Estate known = estate();
        return loop.present()
                .orElseThrow(() ->
                        Problem.of(
                                        ProblemType.UNAVAILABLE,
                                        "The estate " + known.name() + " was not judged yet.")
                                .after(FIRST_LOOK)
                                .exception());
    }

    Components components() {
        return new Components(present());
    }
}
