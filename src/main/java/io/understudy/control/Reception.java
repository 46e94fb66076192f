package io.understudy.control;

import io.understudy.health.Observation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Takes in what others have observed. */
public final class Reception {

    private final ObservationLog log;
    private final ControlLoop loop;
    private final ControlListener listener;
    private final InstantSource clock;
    private final Runnable wake;

    /**
     * @param wake lets the loop tick soon
     */
    public Reception(
            ObservationLog log,
            ControlLoop loop,
            ControlListener listener,
            InstantSource clock,
            Runnable wake) {
        this.log = log;
        this.loop = loop;
        this.listener = listener;
        this.clock = clock;
        this.wake = wake;
    }

    /**
     * Saves a batch, all or nothing, and takes what is new of it into account. Durable on return.
     */
    public ObservationLog.Appended receive(List<Observation> observations) {
        Instant now = clock.instant();
        ObservationLog.Appended appended = log.append(observations, now);
        List<Observation> news =
                Stream.concat(appended.fresh().stream(), appended.renewed().stream())
                        .sorted(Comparator.comparing(Observation::observedAt))
                        .toList();
        if (!news.isEmpty()) {
            loop.accept(news);
            wake.run();
        }
        Duration oldest =
                observations.stream()
                        .map(o -> Duration.between(o.observedAt(), now))
                        .max(Comparator.naturalOrder())
                        .filter(Duration::isPositive)
                        .orElse(Duration.ZERO);
        listener.observed(appended.fresh().size(), appended.repeated(), oldest);
        return appended;
    }
}
