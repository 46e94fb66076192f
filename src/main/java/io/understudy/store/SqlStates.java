package io.understudy.store;

import io.understudy.control.UnstorableValue;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/** What an SQLState (PostgreSQL manual, appendix A) means to whoever called. */
final class SqlStates {

    private static final String CONNECTION = "08";
    private static final String DATA = "22";
    private static final String RESOURCES = "53";
    private static final String SYSTEM = "58";
    private static final String READ_ONLY = "25006";
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";

    /** The server has ended a transaction that said nothing for too long. */
    private static final String IDLE_IN_TRANSACTION = "25P03";

    /** The server is being shut down, has crashed, or starts. */
    private static final Set<String> GOING_DOWN = Set.of("57P01", "57P02", "57P03", "57P05");

    /** Cancelled by the statement's time limit; a lock not had within its limit; a standby. */
    private static final Set<String> NOT_NOW = Set.of("57014", "55P03", READ_ONLY);

    private SqlStates() {}

    /** Whether the transaction was certainly rolled back and may well succeed when repeated. */
    static boolean isConflict(SQLException e) {
        return Set.of(SERIALIZATION_FAILURE, DEADLOCK, IDLE_IN_TRANSACTION).contains(state(e));
    }

    /** Whether the connection is gone: one that lay in the pool while the server was restarted. */
    static boolean isConnectionLost(SQLException e) {
        return state(e).startsWith(CONNECTION) || GOING_DOWN.contains(state(e));
    }

    /**
     * Whether there is nothing more to be had from this connection: it is gone, or leads to a
     * server that is, or has become, a standby.
     */
    static boolean isElsewhere(SQLException e) {
        return isConnectionLost(e) || READ_ONLY.equals(e.getSQLState());
    }

    /** Whether it warns, and not only tells something. */
    static boolean isWarning(SQLException e) {
        return !state(e).startsWith("00");
    }

    /** Whether the server did not say anything for too long, and so would not at once again. */
    static boolean isSilence(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    /**
     * The exception that callers know.
     *
     * @param what what was being done, for people
     */
    static RuntimeException translated(String what, SQLException e, Duration retryAfter) {
        String state = state(e);
        String told = "could not " + what + ": SQLState " + state;
        if (state.startsWith(DATA)) {
            return new UnstorableValue(told + ", a value that PostgreSQL cannot hold", e);
        }
        if (isConnectionLost(e) || state.startsWith(RESOURCES) || state.startsWith(SYSTEM)) {
            return new StoreUnavailable(
                    told
                            + ", PostgreSQL went away, or has no room, connections or disk; see its log",
                    retryAfter,
                    e);
        }
        if (isConflict(e) || NOT_NOW.contains(state)) {
            return new StoreUnavailable(
                    told + ", PostgreSQL was too slow, contended or read-only; see its log",
                    retryAfter,
                    e);
        }
        return new StoreFailure(told + ", which should never happen; please report it", e);
    }

    private static String state(SQLException e) {
        String state = e.getSQLState();
        return state == null ? "unknown" : state;
    }
}
