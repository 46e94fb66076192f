package io.understudy.adapter.jdbc;

import io.understudy.estate.ObserverName;
import io.understudy.health.MirroringState;
import io.understudy.health.Safety;
import io.understudy.health.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** One look at one PostgreSQL server. */
final class JdbcInstance {

    private static final String CREATE =
            "create table if not exists understudy_probe"
                    + " (observer text primary key, at timestamptz not null)";
    private static final String WRITE =
            "insert into understudy_probe (observer, at) values (?, clock_timestamp())"
                    + " on conflict (observer) do update set at = excluded.at";
    private static final String STANDBYS =
            "select state, sync_state, pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::bigint"
                    + " from pg_stat_replication"
                    + " where (? = '' or application_name = ?)"
                    + " and coalesce(state, '') <> 'backup'"
                    + " order by (sync_state in ('sync', 'quorum') and state = 'streaming') desc"
                    + " nulls last limit 1";

    /** The driver notices a dead network only by this; it comes after the statement's own limit. */
    private static final Duration SOCKET_GRACE = Duration.ofSeconds(2);

    private final JdbcProbeSettings settings;
    private final JdbcTarget target;
    private final String partnerName;

    /**
     * An instance to look at.
     *
     * @param partnerName the application_name of its partner as a standby; empty for any
     */
    JdbcInstance(JdbcProbeSettings settings, JdbcTarget target, String partnerName) {
        this.settings = settings;
        this.target = target;
        this.partnerName = partnerName;
    }

    JdbcSide look(ObserverName observer) {
        try (Connection connection = connect()) {
            return inRecovery(connection) ? mirror(connection) : principal(connection, observer);
        } catch (SQLException e) {
            return JdbcSide.silent(JdbcErrors.reading(e), JdbcErrors.words(e));
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", target.user());
        properties.setProperty("password", target.password());
        properties.setProperty("ApplicationName", "understudy-probe");
        properties.setProperty("connectTimeout", seconds(settings.connectLimit()));
        properties.setProperty("loginTimeout", seconds(settings.connectLimit()));
        properties.setProperty("socketTimeout", seconds(settings.queryLimit().plus(SOCKET_GRACE)));
        properties.setProperty("cancelSignalTimeout", seconds(settings.connectLimit()));
        Connection connection = new Driver().connect(target.url(), properties);
        if (connection == null) {
            throw new SQLException("the driver does not accept the URL", "08001");
        }
        return connection;
    }

    private static String seconds(Duration limit) {
        return String.valueOf(limit.toSeconds());
    }

    private int limit() {
        return (int) settings.queryLimit().toSeconds();
    }

    private boolean inRecovery(Connection connection) throws SQLException {
        return ask(connection, "select pg_is_in_recovery()").equals("t");
    }

    private String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(limit());
            try (ResultSet row = statement.executeQuery(sql)) {
                String answer = row.next() ? row.getString(1) : "";
                return answer == null ? "" : answer;
            }
        }
    }

    private JdbcSide mirror(Connection connection) throws SQLException {
        String receiver = ask(connection, "select status from pg_stat_wal_receiver");
        boolean receiving = receiver.equals("streaming");
        return new JdbcSide(
                Status.UP,
                "answers as a standby" + (receiving ? ", receiving" : ", receiving nothing"),
                Optional.of(new JdbcSide.Mirror(receiving)));
    }

    private JdbcSide principal(Connection connection, ObserverName observer) throws SQLException {
        // read before the write, which may wait for the partner in vain
        JdbcSide.Principal role = partner(connection);
        try {
            Optional<String> unsure = write(connection, observer);
            return new JdbcSide(
                    unsure.isPresent() ? Status.DEGRADED : Status.UP,
                    unsure.orElse("a write was committed"),
                    Optional.of(role));
        } catch (SQLException e) {
            return new JdbcSide(
                    JdbcErrors.writing(e),
                    "answers, but a write failed: " + JdbcErrors.words(e),
                    Optional.of(role));
        }
    }

    private Optional<String> write(Connection connection, ObserverName observer)
            throws SQLException {
        try {
            return upsert(connection, observer);
        } catch (SQLException e) {
            if (!JdbcErrors.state(e).equals(JdbcErrors.UNDEFINED_TABLE)) {
                throw e;
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(limit());
            statement.executeUpdate(CREATE);
        } catch (SQLException e) {
            // another observer has just made it: 23505 on the catalogue; else the write says so
            if (!JdbcErrors.state(e).equals("23505")) {
                throw e;
            }
        }
        return upsert(connection, observer);
    }

    /**
     * Writes the observer's row.
     *
     * <p>A commit that waits for a synchronous standby in vain is cancelled at the limit; the
     * server then answers with success and a warning that it is committed here only.
     */
    private Optional<String> upsert(Connection connection, ObserverName observer)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            statement.setQueryTimeout(limit());
            statement.setString(1, observer.value());
            statement.executeUpdate();
            SQLWarning warning = statement.getWarnings();
            return warning == null
                    ? Optional.empty()
                    : Optional.of(
                            "a write was not confirmed within "
                                    + settings.queryLimit()
                                    + ": "
                                    + JdbcErrors.words(warning));
        }
    }

    private JdbcSide.Principal partner(Connection connection) throws SQLException {
        boolean named = !ask(connection, "show synchronous_standby_names").isBlank();
        try (PreparedStatement statement = connection.prepareStatement(STANDBYS)) {
            statement.setQueryTimeout(limit());
            statement.setString(1, partnerName);
            statement.setString(2, partnerName);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return new JdbcSide.Principal(
                            MirroringState.DISCONNECTED,
                            named ? Safety.FULL : Safety.OFF,
                            OptionalLong.empty());
                }
                long lag = row.getLong(3);
                return new JdbcSide.Principal(
                        state(row.getString(1), row.getString(2)),
                        safety(named, row.getString(2)),
                        row.wasNull() ? OptionalLong.empty() : OptionalLong.of(Math.max(0, lag)));
            }
        }
    }

    /** Without the right to see it both are null. */
    private static MirroringState state(@Nullable String state, @Nullable String sync) {
        if (state == null || sync == null) {
            return MirroringState.UNKNOWN;
        }
        boolean confirmed = sync.equals("sync") || sync.equals("quorum");
        return confirmed && state.equals("streaming")
                ? MirroringState.SYNCHRONIZED
                : MirroringState.SYNCHRONIZING;
    }

    private static Safety safety(boolean named, @Nullable String sync) {
        if (sync == null) {
            return Safety.UNKNOWN;
        }
        return named && !sync.equals("async") ? Safety.FULL : Safety.OFF;
    }
}
