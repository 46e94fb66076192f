package io.understudy.store;

import io.understudy.control.Replica;
import io.understudy.control.Replicas;
import io.understudy.estate.ObserverName;
import io.understudy.run.Lease;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Replicas in PostgreSQL; all times are by its clock. */
public final class PgReplicas implements Replicas {

    private static final String BEAT =
            """
            insert into replica (name, host, port, version, observers, started_at, last_seen)
            values (?, ?, nullif(?, -1), ?, case when ?::boolean then ?::text[] end, clock_timestamp(), clock_timestamp())
            on conflict (name) do update set last_seen = clock_timestamp()
            """;
    private static final String LEAVE = "delete from replica where name = ?";
    private static final String ALL =
            """
            select name, host, port, version, observers, started_at, last_seen,
                   last_seen > clock_timestamp() - ?::interval as alive
            from replica order by name
            """;
    private static final String HELD =
            """
            select picked_by, task_name, task_instance from scheduled_tasks
            where picked order by task_name, task_instance
            """;
    private static final String LEASES =
            """
            select id, holder, token, lease_until from run
            where ended_at is null and holder is not null and lease_until > clock_timestamp()
            order by opened_at, seq
            """;
    private static final String FORSAKEN =
            """
            select id from run
            where ended_at is null and state = 'RUNNING'
              and not exists (select from scheduled_runs where task_instance = run.id)
            order by opened_at, seq
            """;
    private static final String FORGET =
            "delete from replica where last_seen < clock_timestamp() - ?::interval";
    private static final String FREE =
            """
            update %s
            set picked = false, picked_by = null, last_heartbeat = null, version = version + 1,
                execution_time = clock_timestamp()
            where picked
            """;

    private final Database database;

    public PgReplicas(Database database) {
        this.database = database;
    }

    @Override
    public void beat(Replica replica) {
        database.run(
                "say that this replica is there",
                s ->
                        s.update(
                                BEAT,
                                replica.name(),
                                replica.host(),
                                replica.port().orElse(-1),
                                replica.version(),
                                Boolean.toString(replica.observers().isPresent()),
                                Session.column(
                                        replica.observers().orElse(Set.of()),
                                        ObserverName::toString)));
    }

    @Override
    public void leave(String name) {
        database.run("take leave of the replicas", s -> s.update(LEAVE, name));
    }

    @Override
    public List<Replica> all(Duration patience) {
        return database.call(
                "list the replicas", s -> s.list(ALL, PgReplicas::replica, interval(patience)));
    }

    @Override
    public List<Held> held() {
        return database.call(
                "list what replicas hold",
                s ->
                        s.list(
                                HELD,
                                row ->
                                        new Held(
                                                row.getString("picked_by"),
                                                row.getString("task_name"),
                                                row.getString("task_instance"))));
    }

    @Override
    public List<Lease> leases() {
        return database.call(
                "list the leases of runs",
                s ->
                        s.list(
                                LEASES,
                                row ->
                                        new Lease(
                                                row.getString("id"),
                                                row.getString("holder"),
                                                row.getLong("token"),
                                                Session.instant(row, "lease_until"))));
    }

    @Override
    public List<String> forsakenRuns() {
        return database.call(
                "look for runs that nobody carries on",
                s -> s.list(FORSAKEN, row -> row.getString("id")));
    }

    @Override
    public void forget(Duration unseen) {
        database.run("forget old replicas", s -> s.update(FORGET, interval(unseen)));
    }

    @Override
    public void clear() {
        database.run(
                "free what dead processes held",
                session -> {
                    session.update(FREE.formatted("scheduled_tasks"));
                    session.update(FREE.formatted("scheduled_runs"));
                    session.update("delete from replica");
                });
    }

    private static Replica replica(ResultSet row) throws SQLException {
        int port = row.getInt("port");
        OptionalInt known = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(port);
        return new Replica(
                row.getString("name"),
                row.getString("host"),
                known,
                row.getString("version"),
                observers(row.getArray("observers")),
                Session.instant(row, "started_at"),
                Session.instant(row, "last_seen"),
                row.getBoolean("alive"));
    }

    private static Optional<Set<ObserverName>> observers(@Nullable Array names)
            throws SQLException {
        if (names == null) {
            return Optional.empty();
        }
        return Optional.of(
                Arrays.stream((String[]) names.getArray())
                        .map(ObserverName::new)
                        .collect(Collectors.toSet()));
    }

    private static String interval(Duration time) {
        return time.toMillis() + " milliseconds";
    }
}
