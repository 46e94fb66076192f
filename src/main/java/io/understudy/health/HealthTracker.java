package io.understudy.health;

import java.time.Instant;
import java.util.Optional;

/**
 * Hysteresis of one observer's statements about one component by one signal.
 *
 * <p>A new status is settled by {@code consecutive} probes in a row, or by {@code required} of the
 * last {@code ofLast}. A statement older than the latest changes nothing. Silence does not break a
 * row: an observer that said DOWN before and after a pause has never said anything else.
 */
public final class HealthTracker {

    private static final int MOST = 32;

    private HealthTracker() {}

    /**
     * The view after {@code observation}, which is the same view when the observation comes late.
     */
    public static ObserverView next(
            Optional<ObserverView> before, Observation observation, Thresholds thresholds) {
        if (before.isEmpty()) {
            return first(observation, thresholds);
        }
        ObserverView view = before.get();
        if (observation.observedAt().isBefore(view.latestAt())) {
            return view;
        }
        if (observation.observedAt().equals(view.latestAt())
                && gravity(observation.status()) <= gravity(view.latest())) {
            return refreshed(view, observation);
        }
        return advance(view, observation, thresholds);
    }

    /**
     * A second statement of one time adds no probe; of two that differ the graver counts. It may be
     * fresh for longer.
     */
    private static ObserverView refreshed(ObserverView view, Observation o) {
        boolean longer =
                o.validUntil().isPresent()
                        && view.validUntil().map(o.validUntil().get()::isAfter).orElse(false);
        return longer ? view.validFor(o.validUntil().get()) : view;
    }

    private static int gravity(Status status) {
        return switch (status) {
            case UP -> 0;
            case DEGRADED -> 1;
            case DOWN -> 2;
            case UNKNOWN -> 3;
        };
    }

    private static ObserverView first(Observation o, Thresholds thresholds) {
        int streak = Math.min(o.samples(), MOST);
        boolean settled = o.status() != Status.DOWN || streak >= thresholds.consecutive();
        return new ObserverView(
                settled ? o.status() : Status.UNKNOWN,
                o.observedAt(),
                o.status(),
                o.observedAt(),
                o.observedAt(),
                streak,
                pushed(0, o.status(), streak),
                streak,
                o.id(),
                o.validUntil());
    }

    private static ObserverView advance(ObserverView view, Observation o, Thresholds thresholds) {
        boolean same = o.status() == view.latest();
        int streak = Math.min(MOST, same ? view.streak() + o.samples() : o.samples());
        Instant latestSince = same ? view.latestSince() : o.observedAt();
        long window = pushed(view.window(), o.status(), o.samples());
        int samples = Math.min(MOST, view.samples() + o.samples());
        boolean settles =
                o.status() != view.settled()
                        && (streak >= thresholds.consecutive()
                                || frequent(window, samples, o.status(), thresholds));
        return new ObserverView(
                settles ? o.status() : view.settled(),
                settles ? latestSince : view.since(),
                o.status(),
                latestSince,
                o.observedAt(),
                streak,
                window,
                samples,
                o.id(),
                o.validUntil());
    }

    private static boolean frequent(
            long window, int samples, Status status, Thresholds thresholds) {
        int found = 0;
        for (int i = 0; i < Math.min(samples, thresholds.ofLast()); i++) {
            if (((window >>> (2 * i)) & 3) == status.ordinal()) {
                found++;
            }
        }
        return found >= thresholds.required();
    }

    private static long pushed(long window, Status status, int times) {
        long pushed = window;
        for (int i = 0; i < Math.min(times, MOST); i++) {
            pushed = (pushed << 2) | status.ordinal();
        }
        return pushed;
    }
}
