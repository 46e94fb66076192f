package io.understudy.store;

import io.understudy.document.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One transaction's statements, each with its arguments apart from its text.
 *
 * <p>Arguments are strings, numbers, instants (kept to the microsecond, rounded down), arrays made
 * by {@link #column}, and Optionals of these.
 */
final class Session {

    /** Reads one row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** One column of many rows, as a text array that the statement casts to what it needs. */
    record Column(@Nullable String[] values) {}

    /**
     * A commit that could be lost, here or by a failover to a standby, would make every answer a
     * lie, whatever the server's default is.
     */
    private static final String LIMITS =
            """
            select set_config('statement_timeout', ?, true),
                   set_config('lock_timeout', ?, true),
                   set_config('idle_in_transaction_session_timeout', ?, true),
                   set_config('synchronous_commit',
                              case when current_setting('synchronous_commit')
                                        in ('off', 'local', 'remote_write') then 'on'
                                   else current_setting('synchronous_commit') end, true)
            """;

    /** How many times as long as a wait for a lock; a busy machine needs some patience. */
    private static final int IDLE = 3;

    private final Connection connection;

    Session(Connection connection) {
        this.connection = connection;
    }

    /**
     * Bounds what the transaction may take. One whose owner says nothing for some times as long as
     * others wait for its locks is ended by the server: its process may be paused, and would block
     * who takes over from it.
     */
    void limit(Duration statement, Duration lock) throws SQLException {
        list(
                LIMITS,
                row -> row.getString(1),
                statement.toMillis() + "ms",
                lock.toMillis() + "ms",
                lock.multipliedBy(IDLE).toMillis() + "ms");
    }

    int update(String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(sql, arguments)) {
            return statement.executeUpdate();
        }
    }

    <T> List<T> list(String sql, Row<T> reader, Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        }
    }

    /** The first row, if there is any. */
    <T> Optional<T> first(String sql, Row<T> reader, Object... arguments) throws SQLException {
        return list(sql, reader, arguments).stream().findFirst();
    }

    /** One column of the rows that {@code values} become. */
    static <T> Column column(Collection<T> values, Function<T, Object> value) {
        String[] texts = values.stream().map(v -> text(value.apply(v))).toArray(String[]::new);
        return new Column(texts);
    }

    static Column column(Collection<String> values) {
        return new Column(values.toArray(String[]::new));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    /**
     * The value of a JSON column.
     *
     * @throws StoreFailure when it is not what this release writes
     */
    static <T> T body(ResultSet row, String column, Class<T> type) throws SQLException {
        try {
            return Json.read(row.getString(column), type);
        } catch (IllegalArgumentException e) {
            throw new StoreFailure(
                    "a stored "
                            + type.getSimpleName()
                            + " cannot be read; was it written by a newer release?",
                    e);
        }
    }

    /** As the database keeps it. */
    static Instant kept(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    private PreparedStatement prepare(String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < arguments.length; i++) {
                bind(statement, i + 1, arguments[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private void bind(PreparedStatement statement, int index, Object argument) throws SQLException {
        switch (argument) {
            case Column column ->
                    statement.setArray(index, connection.createArrayOf("text", column.values()));
            case Integer number -> statement.setInt(index, number);
            case Long number -> statement.setLong(index, number);
            case String text -> statement.setString(index, text);
            // its type is left to the server: as text, every instant reaches it and is judged there
            default -> statement.setObject(index, text(argument), Types.OTHER);
        }
    }

    private static @Nullable String text(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.isPresent() ? text(optional.orElseThrow()) : null;
            case Instant time -> kept(time).toString();
            default -> value.toString();
        };
    }
}
