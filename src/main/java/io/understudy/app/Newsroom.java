package io.understudy.app;

import io.understudy.api.Announcements;
import io.understudy.control.ControlLoop;
import io.understudy.control.LiveDocument;
import io.understudy.control.ObservationLog;
import io.understudy.control.Tail;
import io.understudy.control.Watch;
import io.understudy.decision.Policy;
import io.understudy.estate.Estate;
import io.understudy.health.Observation;
import io.understudy.intake.Mapping;
import io.understudy.routing.Routing;
import io.understudy.store.PgNews;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Where what other replicas do comes in. */
@Singleton
class Newsroom {

    private final PgNews news;
    private final Tail tail;
    private final Announcements announcements;
    private final Map<String, LiveDocument<?>> documents;
    private final ControlLoop loop;
    private final Watch watch;
    private final Wakeup wakeup;
    private final Settings.News times;

    Newsroom(
            PgNews news,
            ObservationLog observations,
            Announcements announcements,
            ControlLoop loop,
            Watch watch,
            Wakeup wakeup,
            InstantSource clock,
            Settings settings,
            LiveDocument<Estate> estate,
            LiveDocument<Policy> policy,
            LiveDocument<Mapping> mapping,
            LiveDocument<Routing> routing) {
        this.news = news;
        this.announcements = announcements;
        this.loop = loop;
        this.watch = watch;
        this.wakeup = wakeup;
        this.times = settings.news();
        this.documents =
                Map.of("estate", estate, "policy", policy, "mapping", mapping, "routing", routing);
        this.tail =
                new Tail(observations, this::accept, clock, times.overlap(), times.mostAtOnce());
    }

    /** Before the past is restored, so that nothing is missed between the two. */
    void begin() {
        tail.begin();
    }

    /**
     * Once it is.
     *
     * @param wake has a run looked at, if this replica carries it on
     */
    AutoCloseable open(Consumer<String> wake) {
        return new Hearing(news, tail, announcements, documents, wake, times);
    }

    private void accept(List<Observation> others) {
        loop.accept(others);
        watch.heard(others);
        wakeup.ring();
    }
}
