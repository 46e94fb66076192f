package io.understudy.replay;

import io.understudy.decision.Decider;
import io.understudy.decision.Policy;
import io.understudy.estate.Estate;
import io.understudy.health.Observation;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Scenes one after the other, each seen by every observer, from noon on. */
final class Film {

    private final Estate estate;
    private final List<Heard> heard = new ArrayList<>();

    Film(Estate estate) {
        this.estate = estate;
    }

    /** The scene is seen once. */
    Film at(long second, Scene scene) {
        Duration later = Duration.ofSeconds(second);
        scene.observations().stream()
                .map(o -> Heard.atOnce(at(o, o.observedAt().plus(later))))
                .forEach(heard::add);
        return this;
    }

    /** The scene is seen every ten seconds, the first and the last included. */
    Film from(long first, long last, Scene scene) {
        for (long second = first; second <= last; second += 10) {
            at(second, scene);
        }
        return this;
    }

    List<Heard> heard() {
        return List.copyOf(heard);
    }

    Series series(long from, long to, Policy policy, RecordedRun... runs) {
        return new Series(estate, policy, heard, List.of(runs), second(from), second(to));
    }

    List<Moment> moments(long from, long to) {
        return series(from, to, Policy.DEFAULT).moments(Decider::decide);
    }

    static Instant second(long second) {
        return Scene.NOON.plusSeconds(second);
    }

    private static Observation at(Observation o, Instant at) {
        return new Observation(
                o.id() + " " + at, o.component(), o.status(), o.observer(), at, o.facts());
    }
}
