package io.understudy.store;

import io.understudy.audit.AuditEvent;
import io.understudy.control.DocumentStore;
import io.understudy.control.News;
import io.understudy.document.Json;
import io.understudy.run.Receipt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The versions of one document in PostgreSQL. Times are kept to the microsecond. */
public final class PgDocumentStore<T> implements DocumentStore<T> {

    private static final String COLUMNS = "select version, body, saved_by, saved_at from document ";
    private static final String CURRENT = COLUMNS + "where kind = ? order by version desc limit 1";
    private static final String VERSION = COLUMNS + "where kind = ? and version = ?";
    private static final String VERSIONS = COLUMNS + "where kind = ? order by version desc";
    private static final String NEWEST =
            "select coalesce(max(version), 0) as version from document where kind = ?";
    private static final String INSERT =
            """
            insert into document (kind, version, body, saved_by, saved_at)
            values (?, ?, ?::jsonb, ?, ?) on conflict (kind, version) do nothing
            """;

    /** How often somebody who overwrites may be overtaken before he is told so. */
    private static final int ATTEMPTS = 100;

    private final Database database;
    private final String kind;
    private final Class<T> type;

    /**
     * @param kind the document's name in the database: estate, policy …
     * @param type what its bodies are, which {@link Json} can write and read
     */
    public PgDocumentStore(Database database, String kind, Class<T> type) {
        this.database = database;
        this.kind = kind;
        this.type = type;
    }

    @Override
    public Optional<Version<T>> current() {
        return database.call("read the " + kind, s -> s.first(CURRENT, this::read, kind));
    }

    @Override
    public Optional<Version<T>> version(int version) {
        return database.call(
                "read version " + version + " of the " + kind,
                s -> s.first(VERSION, this::read, kind, version));
    }

    @Override
    public List<Version<T>> versions() {
        return database.call(
                "list the versions of the " + kind, s -> s.list(VERSIONS, this::read, kind));
    }

    @Override
    public Version<T> save(
            T body,
            Optional<Integer> expected,
            String savedBy,
            Instant savedAt,
            Function<Version<T>, AuditEvent> audit,
            Function<Version<T>, Optional<Receipt>> receipt) {
        String json = Json.write(body);
        return database.call(
                "save the " + kind,
                session -> {
                    int number = insert(session, json, expected, savedBy, savedAt);
                    PgNews.tell(session, new News.DocumentSaved(kind, number));
                    Version<T> saved = new Version<>(number, body, savedBy, Session.kept(savedAt));
                    PgIdempotencyStore.keep(session, receipt.apply(saved));
                    PgAuditLog.append(session, List.of(audit.apply(saved)));
                    return saved;
                });
    }

    /** The number of the version that was added. */
    private int insert(
            Session session,
            String json,
            Optional<Integer> expected,
            String savedBy,
            Instant savedAt)
            throws SQLException {
        int newest = newest(session);
        for (int i = 0; i < ATTEMPTS; i++) {
            int next = expected.orElse(newest) + 1;
            if (next == newest + 1
                    && session.update(INSERT, kind, next, json, savedBy, savedAt) == 1) {
                return next;
            }
            newest = newest(session); // somebody else was faster
            if (expected.isPresent()) {
                break;
            }
        }
        throw new VersionConflict(newest);
    }

    private int newest(Session session) throws SQLException {
        return session.first(NEWEST, row -> row.getInt("version"), kind).orElse(0);
    }

    private Version<T> read(ResultSet row) throws SQLException {
        return new Version<>(
                row.getInt("version"),
                Session.body(row, "body", type),
                row.getString("saved_by"),
                Session.instant(row, "saved_at"));
    }
}
