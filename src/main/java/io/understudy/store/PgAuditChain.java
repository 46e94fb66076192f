package io.understudy.store;

import io.understudy.audit.AuditChain;
import io.understudy.audit.AuditRow;
import io.understudy.audit.ChainHead;
import java.util.List;
import java.util.Optional;

/** The chain of the audit in PostgreSQL. */
public final class PgAuditChain implements AuditChain {

    private static final String HEAD =
            "select number, hash from audit_head where number >= 0 and hash ~ '^[0-9a-f]{64}$'";
    private static final String AFTER =
            """
            select number, at, actor, action, subject, details, previous, hash from audit
            where number > ? order by number limit ?
            """;

    private final Database database;

    public PgAuditChain(Database database) {
        this.database = database;
    }

    @Override
    public Optional<ChainHead> head() {
        return database.call(
                "read the head of the audit",
                s ->
                        s.first(
                                HEAD,
                                row ->
                                        new ChainHead(
                                                row.getLong("number"), row.getString("hash"))));
    }

    @Override
    public List<AuditRow> after(long number, int limit) {
        return database.call(
                "read the audit from row " + number + " on",
                s ->
                        s.list(
                                AFTER,
                                row ->
                                        new AuditRow(
                                                row.getLong("number"),
                                                PgAuditLog.event(row),
                                                row.getString("previous"),
                                                row.getString("hash")),
                                number,
                                limit));
    }
}
