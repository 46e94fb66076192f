package io.understudy.store;

import static io.understudy.store.SampleObservations.STORE;

import io.understudy.control.ObservationLog;
import io.understudy.estate.ObserverName;
import io.understudy.health.Facts;
import io.understudy.health.Observation;
import io.understudy.health.Status;
import io.understudy.testing.Kept;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A log whose observations are old, and what is left of them once they were tended. */
abstract class TendedObservations {

    static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    /** Twenty days ago, at midnight. */
    static final Instant OLD = Instant.parse("2026-11-05T00:00:00Z");

    @RegisterExtension final TestDatabase database = new TestDatabase();

    ObservationLog log;

    @BeforeEach
    void openLog() {
        log = new PgObservationLog(database.database(), PgObservationLog.Settings.DEFAULT);
    }

    /** Each by itself, received when it was observed. */
    final void saved(Observation... observations) {
        for (Observation observation : observations) {
            log.append(List.of(observation), observation.observedAt());
        }
    }

    final List<String> kept() {
        return Kept.since(log, Instant.parse("2020-01-01T00:00:00Z")).stream()
                .map(Observation::id)
                .toList();
    }

    /** The partition in which it is. */
    final String placeOf(String id) throws SQLException {
        return database.text(
                "select tableoid::regclass::text from observation where id = '" + id + "'");
    }

    /** So many seconds after {@link #OLD}. */
    static Observation said(String id, int second, Status status) {
        return new Observation(
                id,
                STORE,
                status,
                new ObserverName("o1"),
                OLD.plusSeconds(second),
                new Facts.None());
    }

    static Observation at(String id, Instant time) {
        return new Observation(
                id, STORE, Status.UP, new ObserverName("o1"), time, new Facts.None());
    }
}
