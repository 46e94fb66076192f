package io.understudy.adapter.jdbc;

import io.understudy.health.Status;
import java.net.UnknownHostException;
import java.sql.SQLException;

/** What an error says of the instance, by its SQLState (PostgreSQL, appendix A). */
final class JdbcErrors {

    static final String UNDEFINED_TABLE = "42P01";
    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final String NO_PRIVILEGE = "42501";

    private JdbcErrors() {}

    /** On connecting or reading: a wrong password or name is the probe's own trouble. */
    static Status reading(SQLException e) {
        String state = state(e);
        if (state.equals(TOO_MANY_CONNECTIONS)) {
            return Status.DEGRADED;
        }
        if (causedByName(e)) {
            return Status.UNKNOWN;
        }
        // 08 connection, 57P0x shutdown, crash or start-up; all else is about the question
        return state.startsWith("08") || state.startsWith("57P") ? Status.DOWN : Status.UNKNOWN;
    }

    /** On writing: it answers, so it is not dead; it lost the connection meanwhile, so it is. */
    static Status writing(SQLException e) {
        String state = state(e);
        if (state.equals(NO_PRIVILEGE)) {
            return Status.UNKNOWN;
        }
        return state.startsWith("57P") ? Status.DOWN : Status.DEGRADED;
    }

    static String state(SQLException e) {
        String state = e.getSQLState();
        return state == null ? "" : state;
    }

    private static boolean causedByName(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    /** The driver's words, and those of what lies beneath, on one line. */
    static String words(SQLException e) {
        Throwable cause = e.getCause();
        String beneath = cause == null ? "" : " " + cause;
        String message = (e.getMessage() + beneath).replaceAll("\\s+", " ");
        return state(e).isEmpty() ? message : message + " (" + state(e) + ")";
    }
}
