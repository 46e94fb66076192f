package io.understudy.health;

import java.time.Instant;
import java.util.Optional;

/**
 * What one observer's statements about one component, by one signal, come to after hysteresis.
 *
 * @param settled the status believed of this observer
 * @param since the first statement of the unbroken row that led to it
 * @param latest the last status said, which may not be settled yet
 * @param latestSince the first statement of the row that the latest belongs to
 * @param latestAt time of the last statement
 * @param streak how many probes in a row said the latest status
 * @param window the last statuses, two bits each, the newest in the lowest
 * @param samples how many probes there were in all, counted up to 32
 * @param observationId the last statement
 * @param validUntil until when the last statement is fresh, where its source said so
 */
public record ObserverView(
        Status settled,
        Instant since,
        Status latest,
        Instant latestSince,
        Instant latestAt,
        int streak,
        long window,
        int samples,
        String observationId,
        Optional<Instant> validUntil) {

    /** Until when this view is fresh. */
    public Instant freshUntil(Thresholds thresholds) {
        return validUntil.orElseGet(() -> latestAt.plus(thresholds.maxAge()));
    }

    /** The same view, fresh until another time. */
    public ObserverView validFor(Instant until) {
        return new ObserverView(
                settled,
                since,
                latest,
                latestSince,
                latestAt,
                streak,
                window,
                samples,
                observationId,
                Optional.of(until));
    }

    public boolean isFresh(Thresholds thresholds, Instant now) {
        return !now.isAfter(freshUntil(thresholds));
    }
}
