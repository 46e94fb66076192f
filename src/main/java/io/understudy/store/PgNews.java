package io.understudy.store;

import io.understudy.control.News;
import io.understudy.document.Json;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * What replicas tell each other, by PostgreSQL's LISTEN and NOTIFY: told in the transaction that
 * makes it true, and heard once that is committed.
 */
public final class PgNews {

    private static final System.Logger LOGGER = System.getLogger(PgNews.class.getName());

    private static final String CHANNEL = "understudy";
    private static final String TELL = "select pg_notify(?, ?)";

    /** A payload has to be shorter than 8000 bytes; what surrounds ids needs some of it. */
    private static final int MOST_BYTES = 7_500;

    /** How long is listened before it is asked whether to go on. */
    private static final int TURN_MILLIS = 500;

    private final DataSource source;
    private final Duration silence;
    private final Duration retryAfter;

    /**
     * @param source of connections that are for this alone, and are not used again
     * @param silence for how long nothing may be heard before the connection is tried; it is given
     *     up when it does not answer for as long again
     * @param retryAfter what is said when there is no connection
     */
    public PgNews(DataSource source, Duration silence, Duration retryAfter) {
        this.source = source;
        this.silence = silence;
        this.retryAfter = retryAfter;
    }

    /** Tells all replicas when this transaction is committed. */
    static void tell(Session session, News news) throws SQLException {
        session.list(TELL, _ -> true, CHANNEL, Json.write(news));
    }

    /** The same of any number of findings and decisions. */
    static void tellEvaluated(Session session, List<String> findings, List<String> decisions)
            throws SQLException {
        for (List<String> ids : split(findings)) {
            tell(session, new News.Evaluated(ids, List.of()));
        }
        for (List<String> ids : split(decisions)) {
            tell(session, new News.Evaluated(List.of(), ids));
        }
    }

    /** In groups that are short enough to be told at once. */
    static List<List<String>> split(List<String> ids) {
        List<List<String>> groups = new ArrayList<>();
        List<String> group = new ArrayList<>();
        int bytes = 0;
        for (String id : ids) {
            int more = Json.write(id).getBytes(StandardCharsets.UTF_8).length + 1;
            if (!group.isEmpty() && bytes + more > MOST_BYTES) {
                groups.add(group);
                group = new ArrayList<>();
                bytes = 0;
            }
            group.add(id);
            bytes += more;
        }
        if (!group.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }

    /**
     * Listens until it is to end. What was told before is not heard: {@code listening} is called
     * when it begins, for whoever has to catch up.
     *
     * @param heard gets what was told, in the order of the commits
     * @throws StoreUnavailable when there is no connection, or none any more
     */
    public void listen(BooleanSupplier goesOn, Runnable listening, Consumer<List<News>> heard) {
        try (Connection connection = source.getConnection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("listen " + CHANNEL);
            }
            listening.run();
            hear(connection, goesOn, heard);
        } catch (SQLException e) {
            throw new StoreUnavailable(
                    "what other replicas tell cannot be heard: no connection to PostgreSQL",
                    retryAfter,
                    e);
        }
    }

    private void hear(Connection connection, BooleanSupplier goesOn, Consumer<List<News>> heard)
            throws SQLException {
        PGConnection line = connection.unwrap(PGConnection.class);
        int quiet = 0;
        while (goesOn.getAsBoolean()) {
            PGNotification[] told = line.getNotifications(TURN_MILLIS);
            if (told != null && told.length > 0) {
                quiet = 0;
                heard.accept(read(told));
                continue;
            }
            quiet += TURN_MILLIS;
            if (quiet >= silence.toMillis()) {
                quiet = 0;
                prove(connection);
            }
        }
    }

    /** One that the network has lost says nothing either. */
    private void prove(Connection connection) throws SQLException {
        if (!connection.isValid(Math.toIntExact(Math.max(1, silence.toSeconds())))) {
            throw new SQLException("the server does not answer", "08006");
        }
    }

    private static List<News> read(PGNotification[] told) {
        List<News> news = new ArrayList<>();
        for (PGNotification notification : told) {
            try {
                news.add(Json.read(notification.getParameter(), News.class));
            } catch (IllegalArgumentException e) {
                LOGGER.log(Level.DEBUG, "a newer release tells what this one does not know", e);
            }
        }
        return news;
    }
}
