package io.understudy.store;

import io.understudy.control.ObservationLog;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ObserverName;
import io.understudy.health.Facts;
import io.understudy.health.Observation;
import io.understudy.health.Status;
import io.understudy.replay.Heard;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Observations in PostgreSQL. Appends that come at the same time share a transaction, and each
 * returns after its commit. Times are kept to the microsecond, and what is answered is what is
 * kept.
 */
public final class PgObservationLog implements ObservationLog {

    /**
     * Limits, in observations; one append alone may always exceed them.
     *
     * @param mostWaiting how many may wait to be saved before more are refused
     * @param mostAtOnce how many go into one transaction
     */
    public record Settings(int mostWaiting, int mostAtOnce) {

        public static final Settings DEFAULT = new Settings(50_000, 10_000);

        public Settings {
            if (mostWaiting < 1 || mostAtOnce < 1) {
                throw new IllegalArgumentException("mostWaiting and mostAtOnce are at least 1");
            }
        }
    }

    static final String COLUMNS =
            """
            select id, component, status, observer, observed_at, facts, signal, samples, valid_until
            from observation
            """;
    private static final String SINCE =
            COLUMNS + "where (observed_at, id) > (?, ?) order by observed_at, id limit ?";
    private static final String STILL_VALID =
            COLUMNS
                    + "where (observed_at, id) > (?, ?) and observed_at < ? and valid_until >= ? "
                    + "order by observed_at, id limit ?";

    /** Nothing was observed as long ago. */
    private static final Instant LONG_AGO = Instant.parse("0001-01-01T00:00:00Z");

    private static final String HEARD =
            """
            select id, component, status, observer, observed_at, facts, signal, samples, valid_until, received_at
            from observation
            where (observed_at between ? and ? or (valid_until >= ? and observed_at < ?)) and received_at <= ?
            order by received_at, observed_at, id limit ?
            """;
    private static final String NEWEST = COLUMNS + "order by observed_at desc, id desc limit ?";
    private static final String NEWEST_OF =
            COLUMNS + "where component = ? order by observed_at desc, id desc limit ?";
    private static final String NEWEST_OF_SOME =
            COLUMNS + "where component = any(?) order by observed_at desc, id desc limit ?";

    private final Database database;
    private final Settings settings;
    private final AcceptedElsewhere elsewhere;
    private final GroupCommit<MergedAppends.Append, Appended> commits;

    public PgObservationLog(Database database, Settings settings) {
        this.database = database;
        this.settings = settings;
        this.elsewhere = new AcceptedElsewhere(database);
        this.commits =
                new GroupCommit<>(
                        append -> append.observations().size(),
                        this::save,
                        settings.mostWaiting(),
                        settings.mostAtOnce(),
                        database.retryAfter());
    }

    /**
     * {@inheritDoc}
     *
     * <p>Every observation is counted once: as fresh, as renewed or as repeated.
     *
     * @throws StoreBusy when too many wait to be saved; none of these was
     */
    @Override
    public Appended append(List<Observation> observations, Instant receivedAt) {
        return observations.isEmpty()
                ? new Appended(List.of(), List.of(), 0)
                : commits.write(new MergedAppends.Append(List.copyOf(observations), receivedAt));
    }

    @Override
    public void since(Instant since, Consumer<List<Observation>> take) {
        Instant kept = Session.kept(since);
        Instant from = kept.equals(since) ? since : kept.plus(1, ChronoUnit.MICROS);
        int most = settings.mostAtOnce();
        inParts(LONG_AGO, (after, id) -> listed(STILL_VALID, after, id, from, from, most), take);
        inParts(from, (after, id) -> listed(SINCE, after, id, most), take);
    }

    /** What comes after a time and, of what was observed then, after an id. */
    @FunctionalInterface
    private interface Part {
        List<Observation> after(Instant time, String id);
    }

    private void inParts(Instant from, Part part, Consumer<List<Observation>> take) {
        List<Observation> read = part.after(from, "");
        while (!read.isEmpty()) {
            take.accept(read);
            Observation last = read.getLast();
            read =
                    read.size() < settings.mostAtOnce()
                            ? List.of()
                            : part.after(last.observedAt(), last.id());
        }
    }

    private List<Observation> listed(String sql, Object... arguments) {
        return database.call(
                "read observations", s -> s.list(sql, PgObservationLog::read, arguments));
    }

    @Override
    public List<Heard> heard(Instant from, Instant to, int limit) {
        return database.call(
                "read what was heard",
                s ->
                        s.list(
                                HEARD,
                                row -> new Heard(read(row), Session.instant(row, "received_at")),
                                from,
                                to,
                                from,
                                from,
                                to,
                                limit));
    }

    @Override
    public List<Observation> newest(Optional<ComponentId> component, int limit) {
        return database.call(
                "read the newest observations",
                s ->
                        component.isEmpty()
                                ? s.list(NEWEST, PgObservationLog::read, limit)
                                : s.list(
                                        NEWEST_OF,
                                        PgObservationLog::read,
                                        component.get().toString(),
                                        limit));
    }

    @Override
    public List<Observation> newest(Set<ComponentId> components, int limit) {
        return database.call(
                "list observations of some components",
                s ->
                        s.list(
                                NEWEST_OF_SOME,
                                PgObservationLog::read,
                                Session.column(components, ComponentId::toString),
                                limit));
    }

    @Override
    public Place place() {
        return elsewhere.place();
    }

    @Override
    public Others others(Place from, int most) {
        return elsewhere.since(from, most);
    }

    @Override
    public void forgetOwn() {
        elsewhere.forgetOwn();
    }

    private List<Appended> save(List<MergedAppends.Append> appends) {
        MergedAppends merged = new MergedAppends(appends);
        SavedAppends saved =
                database.call(
                        "save " + merged.rows().size() + " observations",
                        session -> SavedAppends.of(session, merged));
        saved.transaction().ifPresent(elsewhere::except);
        return saved.answers();
    }

    static Observation read(ResultSet row) throws SQLException {
        return new Observation(
                row.getString("id"),
                ComponentId.parse(row.getString("component")),
                Status.valueOf(row.getString("status")),
                new ObserverName(row.getString("observer")),
                Session.instant(row, "observed_at"),
                Session.body(row, "facts", Facts.class),
                row.getString("signal"),
                row.getInt("samples"),
                Session.optionalInstant(row, "valid_until"));
    }
}
