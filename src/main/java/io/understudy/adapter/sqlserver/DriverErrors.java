package io.understudy.adapter.sqlserver;

import io.understudy.adapter.sqlserver.SqlTrouble.Kind;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;

/** What the driver's exceptions mean. */
final class DriverErrors {

    private static final int TOO_MANY_CONNECTIONS = 17809;
    private static final int PAUSED = 17142;

    private DriverErrors() {}

    /** While connecting. */
    static SqlTrouble connecting(SQLException e) {
        int number = numberOf(e);
        if (number == TOO_MANY_CONNECTIONS || number == PAUSED) {
            return new SqlTrouble(Kind.SERVER, number, words(e));
        }
        boolean ours = number != 0 || ofTheCertificate(e);
        boolean gone = state(e).startsWith("08") || e instanceof SQLTimeoutException;
        return new SqlTrouble(!ours && gone ? Kind.UNREACHABLE : Kind.OUR_OWN, number, words(e));
    }

    /** While a statement is under way. */
    static SqlTrouble executing(SQLException e) {
        if (e instanceof SQLTimeoutException || state(e).equals("HY008")) {
            return new SqlTrouble(Kind.TIMED_OUT, 0, words(e));
        }
        if (state(e).startsWith("08") || numberOf(e) == 0) {
            return new SqlTrouble(Kind.LOST, 0, words(e));
        }
        return new SqlTrouble(Kind.SERVER, numberOf(e), words(e));
    }

    /** The driver has numbers of its own below zero and none for what the network does. */
    private static int numberOf(SQLException e) {
        return Math.max(0, e.getErrorCode());
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    private static boolean ofTheCertificate(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof GeneralSecurityException) {
                return true;
            }
        }
        return false;
    }

    /** The server's words with its number, or the driver's, on one line. */
    static String words(SQLException e) {
        String message =
                String.valueOf(e.getMessage())
                        .replaceAll("\\s*ClientConnectionId:\\S*", "")
                        .replaceAll("\\s+", " ")
                        .strip();
        return numberOf(e) == 0 ? message : "error " + numberOf(e) + ": " + message;
    }
}
