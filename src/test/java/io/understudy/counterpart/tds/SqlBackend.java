package io.understudy.counterpart.tds;

import io.understudy.estate.SqlInstance;
import java.util.List;

/** What stands behind the protocol. Safe on any thread. */
public interface SqlBackend {

    /**
     * A statement that a client has sent.
     *
     * @param database the connection's
     * @param sql with {@code @P0}, {@code @P1} … where parameters belong
     * @param parameters String, Long, Boolean or null
     */
    record Request(SqlInstance instance, String database, String sql, List<Object> parameters) {

        /** The statement on one line, its parameters behind it. */
        public String text() {
            String line = sql.strip().replaceAll("\\s+", " ");
            return parameters.isEmpty() ? line : line + " " + parameters;
        }
    }

    /**
     * The answer.
     *
     * @throws InterruptedException when the client has cancelled the statement meanwhile
     */
    SqlAnswer execute(Request request) throws InterruptedException;

    /** Whether the instance can be reached at all; else connections break. */
    default boolean up(SqlInstance instance) {
        return true;
    }
}
