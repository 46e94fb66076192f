package io.understudy.store;

import io.understudy.control.News;
import io.understudy.control.ObservationLog.Appended;
import io.understudy.document.Json;
import io.understudy.health.Observation;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What became of some appends.
 *
 * @param transaction in which they were saved; in none when nothing was new
 */
record SavedAppends(List<Appended> answers, Optional<Long> transaction) {

    /** Ids that were not known; those that another saves just now are waited for. */
    private static final String CLAIM =
            """
            insert into observation_id (id, received_at)
            select id, received_at::timestamptz from unnest(?::text[], ?::text[]) as given (id, received_at)
            on conflict (id) do nothing
            returning id
            """;

    private static final String APPEND =
            """
            insert into observation
              (id, component, status, observer, observed_at, facts, signal, samples, valid_until, received_at)
            select id, component, status, observer, observed_at::timestamptz, facts::jsonb, signal,
                   samples::integer, valid_until::timestamptz, received_at::timestamptz
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                        ?::text[], ?::text[], ?::text[])
              as given (id, component, status, observer, observed_at, facts, signal,
                        samples, valid_until, received_at)
            """;

    /** By all in the same order, so that none waits in a circle. */
    private static final String HOLD =
            "select id from observation_id where id = any (?::text[]) order by id for update";

    /**
     * What said itself nothing of its validity stays so: its age decides. An id alone renews
     * nothing: else whoever knows it would keep another one's statement alive.
     */
    private static final String RENEW =
            """
            update observation as kept
            set valid_until = given.valid_until::timestamptz, renewals = kept.renewals + 1,
                tx = pg_current_xact_id()
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
              as given (id, component, status, observer, signal, valid_until)
            join observation_id known on known.id = given.id
            where kept.id = known.id and kept.received_at = known.received_at
              and kept.component = given.component and kept.status = given.status
              and kept.observer = given.observer and kept.signal = given.signal
              and kept.valid_until < given.valid_until::timestamptz
            returning kept.id, kept.component, kept.status, kept.observer, kept.observed_at, kept.facts,
                      kept.signal, kept.samples, kept.valid_until
            """;

    private static final String TRANSACTION =
            """
            select pg_current_xact_id_if_assigned()::text as transaction
            where pg_current_xact_id_if_assigned() is not null
            """;

    /** Saves them within a transaction. */
    static SavedAppends of(Session session, MergedAppends merged) throws SQLException {
        Set<String> fresh = claim(session, merged.rows());
        List<MergedAppends.Row> news =
                merged.rows().stream().filter(row -> fresh.contains(id(row))).toList();
        if (!news.isEmpty()) {
            session.update(APPEND, columns(news));
        }
        Map<String, Observation> renewed = renewed(session, merged.rows(), fresh);
        List<Appended> answers = merged.answers(fresh, renewed);
        int repeated = answers.stream().mapToInt(Appended::repeated).sum();
        PgNews.tell(session, new News.Observed(fresh.size() + renewed.size(), repeated));
        return new SavedAppends(
                answers,
                session.first(TRANSACTION, row -> Long.parseLong(row.getString("transaction"))));
    }

    private static Set<String> claim(Session session, List<MergedAppends.Row> rows)
            throws SQLException {
        return new HashSet<>(
                session.list(
                        CLAIM,
                        row -> row.getString("id"),
                        Session.column(rows, SavedAppends::id),
                        Session.column(rows, MergedAppends.Row::receivedAt)));
    }

    /** Those known before that are now valid for longer, as they are kept. */
    private static Map<String, Observation> renewed(
            Session session, List<MergedAppends.Row> rows, Set<String> fresh) throws SQLException {
        List<MergedAppends.Row> again =
                rows.stream()
                        .filter(row -> !fresh.contains(id(row)))
                        .filter(row -> row.observation().validUntil().isPresent())
                        .toList();
        Map<String, Observation> found = new HashMap<>();
        if (!again.isEmpty()) {
            Session.Column ids = Session.column(again, SavedAppends::id);
            session.list(HOLD, row -> row.getString("id"), ids);
            session.list(
                            RENEW,
                            PgObservationLog::read,
                            ids,
                            Session.column(again, row -> row.observation().component()),
                            Session.column(again, row -> row.observation().status()),
                            Session.column(again, row -> row.observation().observer()),
                            Session.column(again, row -> row.observation().signal()),
                            Session.column(again, row -> row.observation().validUntil()))
                    .forEach(o -> found.put(o.id(), o));
        }
        return found;
    }

    private static String id(MergedAppends.Row row) {
        return row.observation().id();
    }

    private static Object[] columns(List<MergedAppends.Row> rows) {
        return new Object[] {
            Session.column(rows, row -> row.observation().id()),
            Session.column(rows, row -> row.observation().component()),
            Session.column(rows, row -> row.observation().status()),
            Session.column(rows, row -> row.observation().observer()),
            Session.column(rows, row -> row.observation().observedAt()),
            Session.column(rows, row -> Json.write(row.observation().facts())),
            Session.column(rows, row -> row.observation().signal()),
            Session.column(rows, row -> row.observation().samples()),
            Session.column(rows, row -> row.observation().validUntil()),
            Session.column(rows, MergedAppends.Row::receivedAt)
        };
    }
}
