package io.understudy.adapter.sqlserver;

import io.understudy.adapter.sqlserver.SqlTrouble.Kind;
import io.understudy.estate.SqlInstance;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Connections to several instances for as long as one call takes; not for use by two threads. */
final class Visit implements AutoCloseable {

    private final Connections connections;
    private final Map<SqlInstance, Statements> open = new HashMap<>();

    Visit(Connections connections) {
        this.connections = connections;
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
            return statements.ask(settings().queryLimit(), sql, List.of(values));
        } catch (SqlTrouble e) {
            throw forgotten(instance, e);
        }
    }

    /** What it said while it worked. */
    List<String> order(Plan.Planned planned, Duration limit) throws SqlTrouble {
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
                known = connections.open(instance);
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
