package io.understudy.counterpart.tds;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What an instance answers to one statement. */
public sealed interface SqlAnswer {

    /**
     * A result set.
     *
     * @param rows each as wide as {@code columns}; Integer, Long, Boolean, LocalDateTime, null or
     *     what is written as text
     */
    record Rows(List<String> columns, List<List<Object>> rows) implements SqlAnswer {}

    /** It was carried out. */
    record Done() implements SqlAnswer {}

    /** It was carried out, with messages of severity 10. */
    record Informed(List<Message> messages) implements SqlAnswer {}

    /** It failed. */
    record Failed(List<Message> messages) implements SqlAnswer {}

    /** The connection breaks instead of an answer. */
    record Broken() implements SqlAnswer {}

    /** The connection ends in the middle of the answer. */
    record Cut(SqlAnswer whole) implements SqlAnswer {}

    /** As {@link Informed}, but with a pause after each message. */
    record Dripped(List<Message> messages, Duration pause) implements SqlAnswer {}

    /** A number and a text, as SQL Server sends it. */
    record Message(int number, int severity, String text) {}

    static SqlAnswer done() {
        return new Done();
    }

    static SqlAnswer failed(int number, String text) {
        return new Failed(List.of(new Message(number, 16, text)));
    }

    static SqlAnswer informed(int number, String text) {
        return new Informed(List.of(new Message(number, 10, text)));
    }

    /** Rows of these columns, written with commas. */
    static SqlAnswer rows(String columns, Object[]... rows) {
        return new Rows(
                List.of(columns.split(",\\s*")), Arrays.stream(rows).map(Arrays::asList).toList());
    }

    /** One row's values. */
    static Object[] row(Object... values) {
        return values;
    }
}
