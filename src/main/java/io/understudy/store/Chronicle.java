package io.understudy.store;

import io.understudy.control.EvaluationLog.Query;
import io.understudy.document.Json;
import io.understudy.estate.ComponentId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One of the tables incident, finding and decision, which are alike: entries that are added, later
 * ended, and read newest first.
 *
 * @param table its name, from this program and never from a request
 * @param searched what an entry is searched by
 */
record Chronicle<T>(String table, Class<T> type, Function<T, Searched> searched) {

    /**
     * What an entry is searched by.
     *
     * @param kind a finding code or a remediation
     */
    record Searched(
            String id,
            ComponentId target,
            String kind,
            Optional<String> incident,
            Instant openedAt,
            Optional<Instant> endedAt) {}

    private static final String UPSERT =
            """
            insert into %1$s as kept (id, target, kind, incident, opened_at, ended_at, body)
            select id, target, kind, incident, opened_at::timestamptz, ended_at::timestamptz, body::jsonb
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                 with ordinality as given (id, target, kind, incident, opened_at, ended_at, body, n)
            order by n
            on conflict (id) do update
              set incident = excluded.incident, ended_at = excluded.ended_at, body = excluded.body
              where (kept.incident, kept.ended_at, kept.body)
                    is distinct from (excluded.incident, excluded.ended_at, excluded.body)
            """;

    private static final String BEFORE = "seq < (select seq from %s where id = ?)";

    /**
     * Adds entries, in this order, and updates those that are known by id; of two with one id the
     * last counts. What is the same as before is left alone.
     */
    void save(Session session, List<T> entries) throws SQLException {
        Map<String, T> byId = new LinkedHashMap<>();
        entries.forEach(entry -> byId.put(searched.apply(entry).id(), entry));
        if (!byId.isEmpty()) {
            session.update(UPSERT.formatted(table), columns(byId.values()));
        }
    }

    /** Those of these entries that are not there yet. */
    List<T> unknown(Session session, List<T> entries) throws SQLException {
        String sql = "select id from %s where id = any (?::text[])".formatted(table);
        Session.Column ids = Session.column(entries, entry -> searched.apply(entry).id());
        Set<String> known = Set.copyOf(session.list(sql, row -> row.getString("id"), ids));
        return entries.stream()
                .filter(entry -> !known.contains(searched.apply(entry).id()))
                .toList();
    }

    private Object[] columns(Collection<T> entries) {
        List<Searched> by = entries.stream().map(searched).toList();
        return new Object[] {
            Session.column(by, Searched::id),
            Session.column(by, Searched::target),
            Session.column(by, Searched::kind),
            Session.column(by, Searched::incident),
            Session.column(by, Searched::openedAt),
            Session.column(by, Searched::endedAt),
            Session.column(entries, Json::write)
        };
    }

    /** Newest first. */
    List<T> find(Session session, Query query) throws SQLException {
        List<String> where = new ArrayList<>(List.of("true"));
        List<Object> arguments = new ArrayList<>();
        BiConsumer<String, Object> and =
                (condition, argument) -> {
                    where.add(condition);
                    arguments.add(argument);
                };
        query.target().ifPresent(target -> and.accept("target = ?", target));
        query.kind().ifPresent(kind -> and.accept("kind = ?", kind));
        query.incident().ifPresent(incident -> and.accept("incident = ?", incident));
        query.within()
                .ifPresent(all ->
                        and.accept("target = any(?)", Session.column(all, ComponentId::toString)));
        query.before().ifPresent(id -> and.accept(BEFORE.formatted(table), id));
        query.open()
                .ifPresent(open -> where.add(open ? "ended_at is null" : "ended_at is not null"));
        arguments.add(query.limit());
        String sql =
                "select body from %s where %s order by seq desc limit ?"
                        .formatted(table, String.join(" and ", where));
        return session.list(sql, row -> Session.body(row, "body", type), arguments.toArray());
    }

    /** What was open at any time from one to another, oldest first. */
    List<T> during(Session session, Instant from, Instant to, int limit) throws SQLException {
        String sql =
                "select body from %s where opened_at <= ? and (ended_at is null or ended_at >= ?) order by seq limit ?"
                        .formatted(table);
        return session.list(sql, row -> Session.body(row, "body", type), to, from, limit);
    }

    /** Those with these ids, oldest first. */
    List<T> find(Session session, List<String> ids) throws SQLException {
        String sql = "select body from %s where id = any (?::text[]) order by seq".formatted(table);
        return session.list(sql, row -> Session.body(row, "body", type), Session.column(ids));
    }

    Optional<T> find(Session session, String id) throws SQLException {
        String sql = "select body from %s where id = ?".formatted(table);
        return session.first(sql, row -> Session.body(row, "body", type), id);
    }
}
