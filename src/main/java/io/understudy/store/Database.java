package io.understudy.store;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Transactions on PostgreSQL.
 *
 * <p>Expects the isolation level READ COMMITTED, PostgreSQL's default: what must not interleave
 * takes row locks. A transaction that was certainly rolled back, because others were in its way or
 * its connection was stale, is repeated at once; so its work must have no effect but on the
 * database. One whose server was silent for too long is not: it would be silent again.
 */
public final class Database {

    /**
     * Limits.
     *
     * @param statementTimeout how long one statement may take
     * @param lockTimeout how long one statement may wait for a lock
     * @param networkTimeout how long the server may be silent before the connection is given up;
     *     longer than {@code statementTimeout}, or live statements would be taken for dead ones
     * @param attempts how often a transaction is tried in all, at least 1
     * @param retryAfter what callers are told to wait when the database is unavailable
     */
    public record Settings(
            Duration statementTimeout,
            Duration lockTimeout,
            Duration networkTimeout,
            int attempts,
            Duration retryAfter) {

        public static final Settings DEFAULT =
                new Settings(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(12),
                        5,
                        Duration.ofSeconds(2));

        public Settings {
            require(statementTimeout.isPositive(), "statementTimeout is more than nothing");
            require(lockTimeout.isPositive(), "lockTimeout is more than nothing");
            require(
                    networkTimeout.compareTo(statementTimeout) > 0,
                    "networkTimeout is longer than statementTimeout");
            require(attempts >= 1, "attempts is at least 1");
            require(retryAfter.isPositive(), "retryAfter is more than nothing");
        }

        private static void require(boolean holds, String rule) {
            if (!holds) {
                throw new IllegalArgumentException(rule);
            }
        }
    }

    /** What is done within one transaction; an exception rolls it back. */
    @FunctionalInterface
    interface Work<T> {
        T on(Session session) throws SQLException;
    }

    /** The same, without an answer. */
    @FunctionalInterface
    interface Task {
        void on(Session session) throws SQLException;
    }

    /** Whether the commit took effect is not known. */
    private static final class CommitUncertain extends SQLException {
        private static final long serialVersionUID = 1;

        private CommitUncertain(String why, SQLException cause) {
            super(why, cause.getSQLState(), cause);
        }
    }

    private static final System.Logger LOGGER = System.getLogger(Database.class.getName());

    private final DataSource source;
    private final Settings settings;
    private final Runnable broken;

    public Database(DataSource source, Settings settings) {
        this(source, settings, () -> {});
    }

    /**
     * @param broken called when a connection turns out to lead nowhere: those that lie idle beside
     *     it most likely lead to the same server
     */
    public Database(DataSource source, Settings settings, Runnable broken) {
        this.source = source;
        this.settings = settings;
        this.broken = broken;
    }

    Duration retryAfter() {
        return settings.retryAfter();
    }

    /** Does {@code task} in a transaction, as {@link #call}. */
    void run(String what, Task task) {
        call(
                what,
                session -> {
                    task.on(session);
                    return true;
                });
    }

    /**
     * Does {@code work} in a transaction, which is durable when this returns.
     *
     * @param what what is being done, for people: "open a run"
     * @throws StoreUnavailable when the database cannot be used now
     * @throws io.understudy.control.UnstorableValue when it cannot hold a value
     * @throws StoreFailure when it refuses what it never should
     */
    <T> T call(String what, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            Connection connection = connect(what);
            boolean elsewhere = false;
            try {
                return attempt(connection, work);
            } catch (CommitUncertain e) {
                elsewhere = true;
                throw new StoreUnavailable(
                        "could not " + what + " for sure: " + e.getMessage(),
                        settings.retryAfter(),
                        e,
                        true);
            } catch (SQLException e) {
                elsewhere = SqlStates.isElsewhere(e);
                if (attempt >= settings.attempts() || !isRepeatable(e)) {
                    throw SqlStates.translated(what, e, settings.retryAfter());
                }
                LOGGER.log(Level.DEBUG, "attempt {0} to {1} is repeated: {2}", attempt, what, e);
            } finally {
                close(connection);
                if (elsewhere) {
                    broken.run();
                }
            }
        }
    }

    private static boolean isRepeatable(SQLException e) {
        return SqlStates.isConflict(e) || SqlStates.isElsewhere(e) && !SqlStates.isSilence(e);
    }

    private Connection connect(String what) {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw new StoreUnavailable(
                    "could not "
                            + what
                            + ": no connection to PostgreSQL; check that it runs, and the settings"
                            + " quarkus.datasource.*",
                    settings.retryAfter(),
                    e);
        }
    }

    private <T> T attempt(Connection connection, Work<T> work) throws SQLException {
        boolean done = false;
        try {
            connection.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(settings.networkTimeout().toMillis()));
            connection.setAutoCommit(false);
            Session session = new Session(connection);
            session.limit(settings.statementTimeout(), settings.lockTimeout());
            T answer = work.on(session);
            done = true;
            commit(connection);
            return answer;
        } finally {
            if (!done) {
                rollback(connection);
            }
        }
    }

    /**
     * A primary that waits for its standby commits all the same when the wait is cancelled, and
     * says so by a warning only: were it lost now, so would be what was committed.
     */
    private static void commit(Connection connection) throws SQLException {
        connection.clearWarnings();
        try {
            connection.commit();
        } catch (SQLException e) {
            throw SqlStates.isConflict(e)
                    ? e
                    : new CommitUncertain("the connection broke during the commit", e);
        }
        SQLWarning warning = connection.getWarnings();
        if (warning != null && SqlStates.isWarning(warning)) {
            throw new CommitUncertain("the commit was not confirmed by the standby", warning);
        }
    }

    /**
     * The server rolls back by itself when it cannot be told; the first failure is the one to
     * report.
     */
    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOGGER.log(Level.DEBUG, "the connection broke before it could be rolled back", e);
        }
    }

    /**
     * By now the transaction has ended: a connection that cannot be closed changes nothing about
     * that.
     */
    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOGGER.log(Level.WARNING, "a connection to PostgreSQL could not be closed", e);
        }
    }
}
