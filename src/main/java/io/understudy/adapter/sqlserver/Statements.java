package io.understudy.adapter.sqlserver;

import io.understudy.adapter.sqlserver.SqlTrouble.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Statements on one connection.
 *
 * <p>The driver waits on a socket, which no interrupt ends: so it waits on a thread of its own, and
 * the caller beside it. A caller that is interrupted cancels the statement, and when the server
 * does not own up to that, gives up the connection.
 */
final class Statements implements AutoCloseable {

    /** What the server says beyond this many messages of one order is not kept. */
    private static final int MOST_SAID = 200;

    private final Connection connection;
    private boolean givenUp;

    /** On an open connection. */
    Statements(Connection connection) {
        this.connection = connection;
    }

    /** Asks, with a value for each question mark. */
    List<Row> ask(Limit limit, String sql, List<String> values) throws SqlTrouble {
        List<Row> rows = new ArrayList<>();
        run(limit, sql, values, rows, new ArrayList<>());
        return rows;
    }

    /** Orders; what the server said with severity 10 and below. */
    List<String> order(Limit limit, String sql, List<String> values) throws SqlTrouble {
        List<String> said = new ArrayList<>();
        run(limit, sql, values, new ArrayList<>(), said);
        return said;
    }

    private void run(
            Limit limit, String sql, List<String> values, List<Row> rows, List<String> said)
            throws SqlTrouble {
        try {
            PreparedStatement statement = connection.prepareStatement(sql);
            connection.setNetworkTimeout(Runnable::run, millis(limit.answer().plus(limit.grace())));
            statement.setQueryTimeout((int) Math.max(1, limit.answer().toSeconds()));
            for (int i = 0; i < values.size(); i++) {
                statement.setString(i + 1, values.get(i));
            }
            watched(
                    statement,
                    limit,
                    () -> {
                        // closing reads what is left, so it is not for the caller either
                        try (statement) {
                            execute(statement, rows, said);
                            return true;
                        }
                    });
        } catch (SQLException e) {
            throw DriverErrors.executing(e);
        }
    }

    private static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
    }

    private static void execute(PreparedStatement statement, List<Row> rows, List<String> said)
            throws SQLException {
        boolean result = statement.execute();
        warnings(statement.getWarnings(), said);
        while (result || statement.getUpdateCount() >= 0) {
            if (result) {
                read(statement.getResultSet(), rows);
            }
            // an error may come after a result, and is thrown here
            result = statement.getMoreResults();
        }
    }

    private static void read(ResultSet result, List<Row> rows) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        while (result.next()) {
            Map<String, String> values = new HashMap<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                String value = result.getString(i);
                if (value != null) {
                    values.put(columns.getColumnLabel(i), value);
                }
            }
            rows.add(new Row(values));
        }
    }

    private static void warnings(SQLWarning first, List<String> said) {
        for (SQLWarning w = first; w != null && said.size() < MOST_SAID; w = w.getNextWarning()) {
            said.add(DriverErrors.words(w));
        }
    }

    private void watched(Statement statement, Limit limit, Callable<Boolean> work)
            throws SqlTrouble {
        FutureTask<Boolean> task = new FutureTask<>(work);
        Thread.ofVirtual().name("sqlserver-statement").start(task);
        try {
            task.get(limit.whole().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw trouble(e.getCause());
        } catch (TimeoutException e) {
            abort();
            throw new SqlTrouble(Kind.LOST, 0, "no answer within " + limit.whole());
        } catch (InterruptedException e) {
            giveUp(statement, task, limit.grace());
            Thread.currentThread().interrupt();
            throw new SqlTrouble(Kind.INTERRUPTED, 0, "cancelled: the service stops");
        }
    }

    private static SqlTrouble trouble(@Nullable Throwable cause) {
        return cause instanceof SQLException sql
                ? DriverErrors.executing(sql)
                : new SqlTrouble(Kind.LOST, 0, String.valueOf(cause));
    }

    /** Cancels, so that the server stops, too; the connection is given up if it does not answer. */
    private void giveUp(Statement statement, FutureTask<Boolean> task, Duration grace) {
        Thread.ofVirtual().name("sqlserver-cancel").start(() -> cancel(statement));
        try {
            task.get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            // it was cancelled, or has failed by itself
        } catch (TimeoutException | InterruptedException e) {
            abort();
        }
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            // the caller gives the connection up then
        }
    }

    /** The driver would first wait for what its other thread reads: nobody waits for that. */
    private void abort() {
        givenUp = true;
        Thread.ofVirtual()
                .name("sqlserver-abort")
                .start(() -> {
                    try {
                        connection.abort(Runnable::run);
                    } catch (SQLException e) {
                        // it is closed already
                    }
                });
    }

    @Override
    public void close() {
        if (givenUp) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            // nothing is left to lose
        }
    }
}
