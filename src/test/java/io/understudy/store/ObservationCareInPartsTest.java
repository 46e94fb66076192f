package io.understudy.store;

import static io.understudy.store.SampleObservations.STORE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.control.EvaluationLog;
import io.understudy.control.Incident;
import io.understudy.decision.FindingCode;
import io.understudy.health.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However much there is, and whatever a part of the care waits for, the others are done. */
class ObservationCareInPartsTest extends TendedObservations {

    private static final Instant LATER = NOW.plusSeconds(3_600);
    private static final Instant ANCIENT = NOW.minus(Duration.ofDays(500));

    private ObservationCare care;

    @BeforeEach
    void open() {
        care = care(ObservationCare.Settings.DEFAULT.mostAtOnce());
    }

    @Test
    void whatKeepsThinningFromGoingOnKeepsNothingFromBeingDropped() throws Exception {
        ancientWeek();
        saved(said("first", 0, Status.UP), said("dull", 60, Status.UP));
        try (Connection other = holding("lock table incident in access exclusive mode")) {
            ObservationCare.Tended tended = care.tend(NOW).orElseThrow();

            assertTrue(tended.weeksMade() > 0, tended.toString());
            assertTrue(tended.weeksDropped() > 0, tended.toString());
            assertEquals(1, tended.idsForgotten());
            assertEquals(List.of("first", "dull"), kept());
            other.rollback();
        }
        assertEquals(1, care.tend(LATER).orElseThrow().thinned());
    }

    @Test
    void whatKeepsIdsFromBeingForgottenKeepsNothingFromBeingThinned() throws Exception {
        ancientWeek();
        saved(said("first", 0, Status.UP), said("dull", 60, Status.UP));
        try (Connection other = holding("lock table observation_id in share mode")) {
            ObservationCare.Tended tended = care.tend(NOW).orElseThrow();

            assertTrue(tended.weeksDropped() > 0, tended.toString());
            assertEquals(1, tended.thinned());
            other.rollback();
        }
        assertEquals(1, care.tend(LATER).orElseThrow().idsForgotten());
    }

    @Test
    void weeksAreMadeLaterWhenABackUpReadsAndWhatComesIsTakenIn() throws Exception {
        try (Connection backUp = holding("select from observation_else")) {
            assertEquals(0, care.makeRoom(NOW));

            log.append(List.of(at("meanwhile", NOW)), NOW);
            assertEquals("observation_else", placeOf("meanwhile"));
            backUp.rollback();
        }

        assertTrue(care.tend(NOW).orElseThrow().weeksMade() > 0);
        assertEquals("observation_20261123", placeOf("meanwhile"));
    }

    @Test
    void thinningGoesOnAtTheHourInWhichItWasCutShort() throws Exception {
        saved(
                said("first", 0, Status.UP),
                said("dull", 60, Status.UP),
                said("the next hour", 3_600, Status.UP),
                said("dull in it", 3_660, Status.UP));
        try (Connection other =
                holding("select from observation where id = 'dull in it' for update")) {
            care.tend(NOW);

            assertEquals(List.of("first", "the next hour", "dull in it"), kept());
            assertEquals(OLD.plusSeconds(3_600), thinnedUntil());
            other.rollback();
        }

        assertEquals(1, care.tend(LATER).orElseThrow().thinned());
        assertEquals(List.of("first", "the next hour"), kept());
        assertEquals(OLD.plusSeconds(7_200), thinnedUntil());
    }

    @Test
    void aStatementThinsNoMoreThanItMayAndTheFirstOfEachStepStays() {
        saved(
                said("first", 0, Status.UP),
                said("failed", 60, Status.DOWN),
                said("dull, but a step's first", 120, Status.DOWN),
                said("dull", 180, Status.DOWN),
                said("mended", 240, Status.UP));

        assertEquals(1, care(2).tend(NOW).orElseThrow().thinned());

        assertEquals(List.of("first", "failed", "dull, but a step's first", "mended"), kept());
    }

    @Test
    void moreThanAStatementMayThinAtTheSameMomentStaysTogether() {
        saved(
                said("1", 0, Status.UP),
                said("2", 0, Status.UP),
                said("3", 0, Status.UP),
                said("4", 0, Status.UP));

        assertEquals(3, care(2).tend(NOW).orElseThrow().thinned());

        assertEquals(List.of("1"), kept());
    }

    @Test
    void whatNoWeekIsThereForIsDroppedByAndBy() {
        log.append(
                List.of(at("1", ANCIENT), at("2", ANCIENT), at("3", ANCIENT), at("4", ANCIENT)),
                ANCIENT);

        assertEquals(4, care(3).tend(NOW).orElseThrow().idsForgotten());

        assertEquals(List.of(), kept());
    }

    @Test
    void componentsAreFoundWithoutReadingAllThatTheySaid() throws Exception {
        database.execute(
                """
                insert into observation (id, component, status, observer, observed_at, facts, signal, samples, received_at)
                select component || n, component, 'UP', 'o1', at, '{}', 'look', 1, at
                from unnest('{store:be1,store:be2}'::text[]) component, generate_series(1, 2000) n,
                     lateral (select '2026-11-05 00:00Z'::timestamptz + n * interval '1 s' as at) as time
                """);

        int pages = pagesForComponents();
        assertTrue(pages < 30, "pages read: " + pages);
    }

    @Test
    void whatAnIncidentRestsOnStaysWholeHoweverLateItWasConfirmed() {
        EvaluationLog evaluations = new PgEvaluationLog(database.database());
        Incident slow =
                new Incident(
                        "i",
                        STORE,
                        FindingCode.PRINCIPAL_LOST,
                        OLD.plusSeconds(1_000),
                        OLD.plusSeconds(2_500),
                        Optional.of(OLD.plusSeconds(2_600)));
        evaluations.save(
                new EvaluationLog.Change(List.of(), List.of(), List.of(slow)), Optional.empty());
        saved(
                said("first", 0, Status.UP),
                said("before the margin", 600, Status.UP),
                said("in the margin", 800, Status.UP),
                said("first observed", 1_000, Status.DOWN),
                said("not confirmed yet", 1_500, Status.DOWN),
                said("within", 2_550, Status.DOWN));

        care.tend(NOW);

        assertEquals(
                List.of("first", "in the margin", "first observed", "not confirmed yet", "within"),
                kept());
    }

    /** One that waits for others' locks no longer than a test may. */
    private ObservationCare care(int mostAtOnce) {
        ObservationCare.Settings usual = ObservationCare.Settings.DEFAULT;
        Database.Settings limits = Database.Settings.DEFAULT;
        return new ObservationCare(
                new Database(
                        database.source(),
                        new Database.Settings(
                                limits.statementTimeout(),
                                Duration.ofMillis(500),
                                limits.networkTimeout(),
                                limits.attempts(),
                                limits.retryAfter())),
                new ObservationCare.Settings(
                        usual.thinnedAfter(),
                        usual.thinnedTo(),
                        usual.kept(),
                        usual.incidentMargin(),
                        usual.incidentSpan(),
                        usual.interval(),
                        mostAtOnce));
    }

    /** So many pages PostgreSQL looks at to find them. */
    private int pagesForComponents() {
        List<String> plan =
                database.database()
                        .call(
                                "explain how components are found",
                                s -> {
                                    s.list(
                                            "select set_config('enable_seqscan', 'off', true)",
                                            row -> row.getString(1));
                                    return s.list(
                                            "explain (analyze, buffers) " + Thinning.COMPONENTS,
                                            row -> row.getString(1),
                                            OLD,
                                            OLD.plusSeconds(3_600));
                                });
        String buffers =
                plan.stream().filter(l -> l.contains("Buffers: ")).findFirst().orElseThrow();
        return Pattern.compile("(?:hit|read)=(\\d+)")
                .matcher(buffers)
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .sum();
    }

    /** Another's transaction, which holds what {@code sql} locks until it is rolled back. */
    private Connection holding(String sql) throws SQLException {
        Connection other = database.source().getConnection();
        other.setAutoCommit(false);
        try (Statement statement = other.createStatement()) {
            statement.execute(sql);
        }
        return other;
    }

    private void ancientWeek() {
        care.makeRoom(ANCIENT);
        log.append(List.of(at("ancient", ANCIENT)), ANCIENT);
    }

    private Instant thinnedUntil() throws SQLException {
        return Instant.ofEpochSecond(
                Long.parseLong(
                        database.text(
                                "select extract(epoch from thinned_until)::bigint"
                                        + " from observation_care")));
    }
}
