package io.understudy.adapter.sqlserver;

import io.understudy.adapter.sqlserver.SqlTrouble.Kind;
import io.understudy.estate.SqlInstance;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Connections to several instances for as long as one call takes; not for use by two threads. */
final class Visit implements AutoCloseable {

    private static final Duration FOREVER = Duration.ofDays(1);

    private final Connections connections;
    private final Supplier<Duration> left;
    private final Map<SqlInstance, Statements> open = new HashMap<>();

    /** One that takes as long as its questions may. */
    Visit(Connections connections) {
        this(connections, () -> FOREVER);
    }

    /**
     * One whose connections and questions end in time.
     *
     * @param left until then, as it is at the moment
     */
    Visit(Connections connections, Supplier<Duration> left) {
        this.connections = connections;
        this.left = left;
    }

    SqlServerSettings settings() {
        return connections.settings();
    }

    boolean knows(SqlInstance instance) {
        return connections.knows(instance);
    }

    List<Row> ask(SqlInstance instance, String sql, String... values) throws SqlTrouble {
        Statements statements = at(instance);
        try {
            return statements.ask(questionLimit(), sql, List.of(values));
        } catch (SqlTrouble e) {
            throw forgotten(instance, e);
        }
    }

    /** A last look is had even at the end of the time, a short one. */
    private Limit questionLimit() {
        Duration grace = settings().socketGrace();
        Duration time = left.get();
        Limit limit = Limit.within(time.compareTo(grace) < 0 ? grace : time, grace);
        return limit.answer().compareTo(settings().queryLimit()) < 0
                ? limit
                : new Limit(settings().queryLimit(), grace);
    }

    /** What it said while it worked. */
    List<String> order(Plan.Planned planned, Limit limit) throws SqlTrouble {
        Statements statements = at(planned.on());
        try {
            return statements.order(limit, planned.sql(), planned.values());
        } catch (SqlTrouble e) {
            throw forgotten(planned.on(), e);
        }
    }

    /** Connects, so that what goes wrong now goes wrong before anything is sent. */
    void reach(SqlInstance instance) throws SqlTrouble {
        at(instance);
    }

    private Statements at(SqlInstance instance) throws SqlTrouble {
        Statements known = open.get(instance);
        if (known == null) {
            try {
                known = connections.open(instance, left.get());
            } catch (SqlTrouble e) {
                throw e.at(instance);
            }
            open.put(instance, known);
        }
        return known;
    }

    /** A connection that has failed is not used again. */
    private SqlTrouble forgotten(SqlInstance instance, SqlTrouble trouble) {
        Statements failed = trouble.kind() == Kind.SERVER ? null : open.remove(instance);
        if (failed != null) {
            failed.close();
        }
        return trouble.at(instance);
    }

    @Override
    public void close() {
        open.values().forEach(Statements::close);
    }
}
