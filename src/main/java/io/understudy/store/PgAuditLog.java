package io.understudy.store;

import io.understudy.audit.AuditEvent;
import io.understudy.audit.AuditLog;
import io.understudy.document.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The append-only record in PostgreSQL, which itself refuses to change or remove a line. Times are
 * kept to the microsecond.
 */
public final class PgAuditLog implements AuditLog {

    private static final String APPEND =
            """
            insert into audit (at, actor, action, subject, details)
            select at::timestamptz, actor, action, subject, details::jsonb
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                 with ordinality as event (at, actor, action, subject, details, n)
            order by n
            """;
    private static final String NEWEST =
            """
            select number, at, actor, action, subject, details from audit
            where number < ? order by number desc limit ?
            """;

    private final Database database;

    public PgAuditLog(Database database) {
        this.database = database;
    }

    @Override
    public void append(AuditEvent event) {
        database.run("write the audit record", session -> append(session, List.of(event)));
    }

    /**
     * Adds events to what {@code session} does, as its last statement: from here to the commit the
     * head of the chain is locked, and everybody else who audits waits.
     */
    static void append(Session session, List<AuditEvent> events) throws SQLException {
        if (!events.isEmpty()) {
            session.update(
                    APPEND,
                    Session.column(events, AuditEvent::at),
                    Session.column(events, AuditEvent::actor),
                    Session.column(events, AuditEvent::action),
                    Session.column(events, AuditEvent::subject),
                    Session.column(events, event -> Json.write(event.details())));
        }
    }

    @Override
    public List<Entry> newest(int limit, OptionalLong before) {
        return database.call(
                "read the audit record",
                s -> s.list(NEWEST, PgAuditLog::entry, before.orElse(Long.MAX_VALUE), limit));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(row.getLong("number"), event(row));
    }

    static AuditEvent event(ResultSet row) throws SQLException {
        Map<?, ?> written = Session.body(row, "details", Map.class);
        Map<String, String> details = new HashMap<>();
        written.forEach((name, value) -> details.put(name.toString(), text(value)));
        return new AuditEvent(
                Session.instant(row, "at"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("subject"),
                details);
    }

    /**
     * What is no text was not written here, and must not be taken for the text that it looks like.
     */
    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "\0" + value;
    }
}
