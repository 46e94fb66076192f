package io.understudy.adapter.sqlserver;

import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.SqlInstance;
import java.util.List;
import java.util.Set;

/** What an order would send, judged by a look at the instances. */
sealed interface Plan {

    /** These statements, in order; none when the effect is there already. */
    record Ready(List<Planned> statements) implements Plan {
        public Ready {
            statements = List.copyOf(statements);
        }
    }

    /** Nothing may be sent, and why. */
    record Hindered(StepOutcome why) implements Plan {}

    /**
     * One statement.
     *
     * @param part of the order's databases those that it is about: they are looked at again before
     *     it is sent
     * @param sql names in brackets; values as question marks
     * @param harmless numbers of errors that mean that it is done already
     */
    record Planned(
            SqlInstance on,
            List<String> part,
            String sql,
            List<String> values,
            Set<Integer> harmless) {

        Planned(SqlInstance on, String database, String sql, String... values) {
            this(on, List.of(database), sql, List.of(values), Set.of());
        }

        Planned harmless(Integer... numbers) {
            return new Planned(on, part, sql, values, Set.of(numbers));
        }

        /** As a person would type it. */
        String shown() {
            String text = sql;
            for (String value : values) {
                int mark = text.indexOf('?');
                String quoted = "N'" + value.replace("'", "''") + "'";
                text = text.substring(0, mark) + quoted + text.substring(mark + 1);
            }
            return text;
        }
    }

    static Plan nothing() {
        return new Ready(List.of());
    }

    static Plan refused(String message, String whatToDo) {
        return new Hindered(new StepOutcome.Refused(message, whatToDo));
    }

    static Plan fatal(String message, String whatToDo) {
        return new Hindered(new StepOutcome.Fatal(message, whatToDo));
    }

    static Plan later(String message) {
        return new Hindered(new StepOutcome.Retryable(message));
    }
}
