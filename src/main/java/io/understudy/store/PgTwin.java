package io.understudy.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The simulated twin's parts and its log in PostgreSQL. Who changes it holds a row lock meanwhile;
 * who looks waits for nobody.
 */
public final class PgTwin {

    /**
     * One part.
     *
     * @param body as JSON; empty when it is gone
     */
    public record Part(String kind, String key, Optional<String> body) {}

    /**
     * What has changed.
     *
     * @param version the newest; 0 when nothing was ever kept
     * @param whole whether these are all parts there are: what was known is too old to be told what
     *     is gone, or was lost with a database that had not copied it
     */
    public record News(long version, boolean whole, List<Part> parts) {
        public News {
            parts = List.copyOf(parts);
        }
    }

    /**
     * One line of the log.
     *
     * @param number given by the database; of a new line it is not looked at
     * @param action as JSON
     */
    public record Line(
            long number,
            Instant at,
            String run,
            int step,
            int attempt,
            long token,
            String action) {}

    /** What is to be written, as the next version when it is anything, and the answer. */
    public record Next<T>(List<Part> parts, List<Line> lines, T answer) {
        public Next {
            parts = List.copyOf(parts);
            lines = List.copyOf(lines);
        }
    }

    /** For how many versions it is remembered what is gone. */
    private static final long REMEMBERED = 10_000;

    private static final String NEWS =
            """
            select newest.version, whole, kind, key, body
            from (select version, not (? between forgotten and version) as whole from twin where version <> ?) newest
            left join twin_part part on part.version > (case when whole then 0 else ? end)
            """;
    private static final String LOCK = "select version from twin for update";
    private static final String VERSION = "update twin set version = ?";
    private static final String PARTS =
            """
            insert into twin_part (kind, key, body, version)
            select kind, key, body::jsonb, ? from unnest(?::text[], ?::text[], ?::text[]) as given (kind, key, body)
            on conflict (kind, key) do update set body = excluded.body, version = excluded.version
            """;
    private static final String LINES =
            """
            insert into twin_log (at, run_id, step, attempt, token, action)
            select at::timestamptz, run, step::integer, attempt::integer, token::bigint, action::jsonb
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                 with ordinality as line (at, run, step, attempt, token, action, n)
            order by n
            """;
    private static final String FORGET =
            """
            with gone as (delete from twin_part where body is null and version <= ? returning 1)
            update twin set forgotten = ? where (select count(*) from gone) >= 0
            """;
    private static final String LOG =
            """
            select number, at, run_id, step, attempt, token, action from twin_log
            where number > ? order by number limit ?
            """;

    private final Database database;

    public PgTwin(Database database) {
        this.database = database;
    }

    /** What has changed since this version. */
    public News since(long known) {
        return database.call("look at the twin", session -> news(session, known));
    }

    /**
     * Changes it while nobody else does. {@code change} may be called again when others are in its
     * way; when it throws, nothing is changed.
     *
     * @param known the version up to which the caller knows it
     */
    public <T> T change(long known, Function<News, Next<T>> change) {
        return database.call(
                "change the twin",
                session -> {
                    long version = session.first(LOCK, row -> row.getLong("version")).orElseThrow();
                    Next<T> next = change.apply(news(session, known));
                    if (!next.parts().isEmpty() || !next.lines().isEmpty()) {
                        save(session, version + 1, next);
                    }
                    return next.answer();
                });
    }

    /** The log, oldest first, from behind a line on. */
    public List<Line> log(long after, int limit) {
        return database.call(
                "read the log of the twin", s -> s.list(LOG, PgTwin::line, after, limit));
    }

    private static News news(Session session, long known) throws SQLException {
        record Row(long version, boolean whole, Optional<Part> part) {}
        List<Row> rows =
                session.list(
                        NEWS,
                        row -> new Row(row.getLong("version"), row.getBoolean("whole"), part(row)),
                        known,
                        known,
                        known);
        return rows.isEmpty()
                ? new News(known, false, List.of())
                : new News(
                        rows.getFirst().version(),
                        rows.getFirst().whole(),
                        rows.stream().flatMap(row -> row.part().stream()).toList());
    }

    private static Optional<Part> part(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        return kind == null
                ? Optional.empty()
                : Optional.of(
                        new Part(
                                kind,
                                row.getString("key"),
                                Optional.ofNullable(row.getString("body"))));
    }

    private static void save(Session session, long version, Next<?> next) throws SQLException {
        session.update(VERSION, version);
        if (!next.parts().isEmpty()) {
            session.update(
                    PARTS,
                    version,
                    Session.column(next.parts(), Part::kind),
                    Session.column(next.parts(), Part::key),
                    Session.column(next.parts(), Part::body));
        }
        if (!next.lines().isEmpty()) {
            session.update(
                    LINES,
                    Session.column(next.lines(), Line::at),
                    Session.column(next.lines(), Line::run),
                    Session.column(next.lines(), Line::step),
                    Session.column(next.lines(), Line::attempt),
                    Session.column(next.lines(), Line::token),
                    Session.column(next.lines(), Line::action));
        }
        if (version > REMEMBERED && version % REMEMBERED == 0) {
            long forgotten = version - REMEMBERED;
            session.update(FORGET, forgotten, forgotten);
        }
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getLong("number"),
                Session.instant(row, "at"),
                row.getString("run_id"),
                row.getInt("step"),
                row.getInt("attempt"),
                row.getLong("token"),
                row.getString("action"));
    }
}
