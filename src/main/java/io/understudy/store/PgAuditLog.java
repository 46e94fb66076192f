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

/**
 * The append-only record in PostgreSQL, which itself refuses to change or remove a line. Times are
 * kept to the microsecond.
 */
public final class PgAuditLog implements AuditLog {

    private static final String APPEND =
            "insert into audit (at, actor, action, subject, details) values (?, ?, ?, ?, ?::jsonb)";
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
        database.run(
                "write the audit record",
                s ->
                        s.update(
                                APPEND,
                                event.at(),
                                event.actor(),
                                event.action(),
                                event.subject(),
                                Json.write(event.details())));
    }

    @Override
    public List<Entry> newest(int limit, OptionalLong before) {
        return database.call(
                "read the audit record",
                s -> s.list(NEWEST, PgAuditLog::entry, before.orElse(Long.MAX_VALUE), limit));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        Map<?, ?> written = Session.body(row, "details", Map.class);
        Map<String, String> details = new HashMap<>();
        written.forEach((name, value) -> details.put(name.toString(), value.toString()));
        return new Entry(
                row.getLong("number"),
                new AuditEvent(
                        Session.instant(row, "at"),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("subject"),
                        details));
    }
}
