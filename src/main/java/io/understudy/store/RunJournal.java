package io.understudy.store;

import io.understudy.run.JournalEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The journals of runs, within one transaction; a line's index is its place, counted from 0. */
final class RunJournal {

    private static final String READ =
            """
            select at, step, kind, token, actor, message from run_journal
            where run_id = ? and seq >= ? order by seq
            """;
    private static final String WRITE =
            """
            insert into run_journal (run_id, seq, at, step, kind, token, actor, message)
            select ?, ? + n - 1, at::timestamptz, step::integer, kind, token::bigint, actor, message
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                 with ordinality as line (at, step, kind, token, actor, message, n)
            """;

    private final Session session;

    RunJournal(Session session) {
        this.session = session;
    }

    List<JournalEntry> read(String id, int from) throws SQLException {
        return session.list(READ, RunJournal::line, id, from);
    }

    /** Adds lines, the first of which has this index. */
    void write(String id, int from, List<JournalEntry> lines) throws SQLException {
        if (!lines.isEmpty()) {
            session.update(
                    WRITE,
                    id,
                    from,
                    Session.column(lines, JournalEntry::at),
                    Session.column(lines, JournalEntry::step),
                    Session.column(lines, JournalEntry::kind),
                    Session.column(lines, JournalEntry::token),
                    Session.column(lines, JournalEntry::actor),
                    Session.column(lines, JournalEntry::message));
        }
    }

    private static JournalEntry line(ResultSet row) throws SQLException {
        return new JournalEntry(
                Session.instant(row, "at"),
                row.getInt("step"),
                JournalEntry.Kind.valueOf(row.getString("kind")),
                row.getLong("token"),
                row.getString("actor"),
                row.getString("message"));
    }
}
