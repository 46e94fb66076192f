package io.understudy.store;

import static io.understudy.store.SampleObservations.POOL;
import static io.understudy.store.SampleObservations.STORE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.ComponentId;
import io.understudy.estate.ObserverName;
import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.ImportStatus;
import io.understudy.health.Observation;
import io.understudy.health.PoolState;
import io.understudy.health.Status;
import io.understudy.testing.Kept;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObservationCareTest extends TendedObservations {

    private static final Duration DAY = Duration.ofDays(1);

    private ObservationCare care;

    @BeforeEach
    void open() {
        care = new ObservationCare(database.database(), ObservationCare.Settings.DEFAULT);
    }

    @Test
    void ofOldObservationsTheChangesStayAndOneAnHour() {
        saved(
                said("first", 0, Status.UP),
                said("dull", 60, Status.UP),
                said("failed", 120, Status.DOWN),
                said("still failed", 180, Status.DOWN),
                said("mended", 240, Status.UP),
                said("dull again", 300, Status.UP),
                said("the next hour", 3_600, Status.UP),
                said("dull in it", 3_660, Status.UP));

        assertEquals(4, care.tend(NOW).orElseThrow().thinned());

        assertEquals(List.of("first", "failed", "mended", "the next hour"), kept());
    }

    @Test
    void eachObserverAndEachComponentIsThinnedByItself() {
        saved(
                said("o1 store", 0, Status.UP),
                said("o2 store", 1, STORE, "o2", Status.DOWN),
                said("o1 pool", 2, POOL, "o1", Status.DOWN),
                said("o1 store again", 3, Status.UP),
                said("o2 store again", 4, STORE, "o2", Status.DOWN));

        care.tend(NOW);

        assertEquals(List.of("o1 store", "o2 store", "o1 pool"), kept());
    }

    @Test
    void aChangeOfFactsStaysAndANumberThatIsMeasuredAnewDoesNot() {
        saved(
                pool("told", 0, 100, PoolState.ACTIVE),
                pool("more users", 1, 101, PoolState.ACTIVE),
                pool("failing over", 2, 101, PoolState.FAILING_OVER));

        care.tend(NOW);

        assertEquals(List.of("told", "failing over"), kept());
    }

    @Test
    void whatBelongsToAnIncidentStaysWhole() throws Exception {
        incident(OLD.plusSeconds(1_000), OLD.plusSeconds(2_000));
        saved(
                said("first", 0, Status.UP),
                said("before the margin", 600, Status.UP),
                said("in the margin", 800, Status.UP),
                said("within", 1_500, Status.UP),
                said("in the margin after", 2_200, Status.UP),
                said("after the margin", 2_400, Status.UP));

        care.tend(NOW);

        assertEquals(List.of("first", "in the margin", "within", "in the margin after"), kept());
    }

    @Test
    void anIncidentThatStaysOpenKeepsNothingWholeForEver() throws Exception {
        Instant dayLater = OLD.plus(DAY);
        incident(OLD.plusSeconds(1), NOW);
        saved(said("first", 0, Status.UP), said("the first day", 60, Status.UP));
        log.append(
                List.of(
                        at("the second day", dayLater.plusSeconds(3_600)),
                        at("dull", dayLater.plusSeconds(3_601))),
                dayLater);

        care.tend(NOW);

        assertEquals(List.of("first", "the first day", "the second day"), kept());
    }

    @Test
    void whatIsYoungOrStillValidStaysWhole() {
        Instant young = NOW.minus(DAY.multipliedBy(6));
        saved(said("first", 0, Status.UP), valid("still valid", 1), said("dull", 2, Status.UP));
        log.append(List.of(at("y1", young), at("y2", young.plusSeconds(1))), young);

        care.tend(NOW);

        assertEquals(List.of("first", "still valid", "y1", "y2"), kept());
    }

    @Test
    void whatWasThinnedIsStillKnownByItsId() {
        saved(said("first", 0, Status.UP), said("dull", 60, Status.UP));
        care.tend(NOW);

        assertEquals(1, log.append(List.of(said("dull", 60, Status.UP)), NOW).repeated());
        assertEquals(List.of("first"), kept());
    }

    @Test
    void weeksThatAreNoLongerKeptAreDroppedWithTheirIds() throws Exception {
        Instant ancient = NOW.minus(DAY.multipliedBy(500));
        care.makeRoom(ancient);
        log.append(List.of(at("ancient", ancient)), ancient);
        saved(said("old", 0, Status.UP));

        ObservationCare.Tended tended = care.tend(NOW).orElseThrow();

        assertTrue(tended.weeksDropped() >= 1, tended.toString());
        assertEquals(1, tended.idsForgotten());
        assertEquals(List.of("old"), kept());
        assertEquals(0, tendedAgain(NOW.plus(DAY)).weeksDropped());
    }

    @Test
    void whatCameWhileNoWeekWasThereIsMovedIntoItsWeek() throws Exception {
        log.append(List.of(at("early", NOW)), NOW);
        assertEquals("observation_else", placeOf("early"));

        assertTrue(care.makeRoom(NOW) > 0);

        assertEquals("observation_20261123", placeOf("early"));
        assertEquals(List.of("early"), kept());
        assertEquals(0, care.makeRoom(NOW), "the weeks are there");
    }

    @Test
    void oneOfManyReplicasTendsInAnInterval() {
        assertTrue(care.tend(NOW).isPresent());
        assertFalse(care.tend(NOW.plusSeconds(3_599)).isPresent());
        assertTrue(care.tend(NOW.plusSeconds(3_600)).isPresent());
    }

    @Test
    void aRenewalReachesAnObservationOfAnotherWeek() {
        care.makeRoom(OLD);
        saved(valid("alert", 0));
        Observation longer = until("alert", OLD, NOW.plus(DAY.multipliedBy(3)));

        assertEquals(List.of(longer), log.append(List.of(longer), NOW).renewed());
        assertEquals(List.of(longer), Kept.since(log, NOW.plus(DAY.multipliedBy(2))));
    }

    private ObservationCare.Tended tendedAgain(Instant at) {
        return care.tend(at).orElseThrow();
    }

    private void incident(Instant opened, Instant ended) throws SQLException {
        database.execute(
                "insert into incident (id, target, kind, incident, opened_at, ended_at, body) values"
                        + " ('i', 'store:be1', 'PRINCIPAL_LOST', 'i', '%s', '%s', '{}')"
                                .formatted(opened, ended));
    }

    private static Observation said(
            String id, int second, ComponentId component, String observer, Status status) {
        return new Observation(
                id,
                component,
                status,
                new ObserverName(observer),
                OLD.plusSeconds(second),
                new Facts.None());
    }

    private static Observation valid(String id, int second) {
        return until(id, OLD.plusSeconds(second), NOW.plus(DAY));
    }

    private static Observation until(String id, Instant time, Instant until) {
        Observation said = at(id, time);
        return new Observation(
                id,
                STORE,
                said.status(),
                said.observer(),
                time,
                said.facts(),
                said.signal(),
                said.samples(),
                Optional.of(until));
    }

    private static Observation pool(String id, int second, int users, PoolState state) {
        Facts facts =
                new Facts.OfPool(
                        Optional.of(state),
                        Optional.empty(),
                        List.of(
                                new Facts.BackupModule(
                                        "UserServices.PresenceFocus",
                                        ExportStatus.STEADY_STATE,
                                        ImportStatus.NORMAL_STATE,
                                        Optional.of(OLD.plusSeconds(second)))),
                        OptionalInt.of(users),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return new Observation(
                id, POOL, Status.UP, new ObserverName("o1"), OLD.plusSeconds(second), facts);
    }
}
