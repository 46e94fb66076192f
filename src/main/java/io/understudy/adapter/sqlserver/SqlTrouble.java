package io.understudy.adapter.sqlserver;

import io.understudy.estate.SqlInstance;

/** A question or an order that did not get its answer. */
final class SqlTrouble extends Exception {

    private static final long serialVersionUID = 1;

    /** What kind of trouble. */
    enum Kind {
        /** No connection: refused, reset or timed out. Nothing was sent. */
        UNREACHABLE,
        /**
         * No connection through a fault of our own: login, certificate, host name. Nothing was
         * sent.
         */
        OUR_OWN,
        /** The server answered with an error. */
        SERVER,
        /** The connection broke, or the server hung, with the statement under way. */
        LOST,
        /** The statement was cancelled at its time limit. */
        TIMED_OUT,
        /** Our thread was interrupted with the statement under way; it still is. */
        INTERRUPTED
    }

    private final Kind kind;
    private final int number;

    SqlTrouble(Kind kind, int number, String message) {
        super(message);
        this.kind = kind;
        this.number = number;
    }

    /** The same, saying where. */
    SqlTrouble at(SqlInstance instance) {
        return new SqlTrouble(kind, number, "sql:" + instance + ": " + words());
    }

    Kind kind() {
        return kind;
    }

    /** SQL Server's number of the error; 0 where it sent none. */
    int number() {
        return number;
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
