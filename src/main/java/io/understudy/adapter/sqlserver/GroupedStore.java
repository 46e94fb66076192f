package io.understudy.adapter.sqlserver;

import io.understudy.adapter.spi.Probe.Reading;
import io.understudy.estate.Position;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.health.Facts;
import io.understudy.health.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the replicas of an Availability Group come to.
 *
 * @param primary who answers to the store's first name: the primary replica, or the listener that
 *     leads to it
 */
record GroupedStore(Store store, Side primary, Side mirror) {

    private static final String ROWS =
            "SELECT g.name AS group_name, d.database_name, s.role_desc, s.operational_state_desc,"
                    + " r.failover_mode_desc, c.is_failover_ready, b.synchronization_state_desc,"
                    + " q.quorum_state_desc, @@SERVERNAME AS server_name"
                    + " FROM sys.availability_databases_cluster d"
                    + " JOIN sys.availability_groups g ON g.group_id = d.group_id"
                    + " JOIN sys.dm_hadr_availability_replica_states s"
                    + " ON s.group_id = d.group_id AND s.is_local = 1"
                    + " JOIN sys.availability_replicas r ON r.replica_id = s.replica_id"
                    + " LEFT JOIN sys.dm_hadr_database_replica_cluster_states c"
                    + " ON c.group_database_id = d.group_database_id"
                    + " AND c.replica_id = s.replica_id"
                    + " LEFT JOIN sys.dm_hadr_database_replica_states b"
                    + " ON b.group_database_id = d.group_database_id AND b.is_local = 1"
                    + " CROSS JOIN sys.dm_hadr_cluster q";
    private static final String GAP =
            "SELECT MAX(DATEDIFF(second, s.last_commit_time, p.last_commit_time)) AS gap"
                    + " FROM sys.dm_hadr_database_replica_states p"
                    + " JOIN sys.dm_hadr_database_replica_states s"
                    + " ON s.group_database_id = p.group_database_id AND s.is_local = 0"
                    + " WHERE p.is_local = 1 AND p.is_primary_replica = 1";

    static List<Row> rows(Visit visit, SqlInstance instance) throws SqlTrouble {
        return Side.optional(visit, instance, ROWS).orElse(List.of());
    }

    static Optional<Long> gap(Visit visit, SqlInstance instance) throws SqlTrouble {
        return Side.optional(visit, instance, GAP).orElse(List.of()).stream()
                .findFirst()
                .map(row -> row.number("gap"))
                .filter(OptionalLong::isPresent)
                .map(gap -> Math.max(0, gap.getAsLong()));
    }

    Reading reading() {
        String detail = "primary: " + primary.detail() + "; mirror: " + mirror.detail();
        Set<String> served = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        served.addAll(primary.served());
        served.addAll(mirror.served());
        boolean judged = judged(primary) && judged(mirror);
        Status status = Side.status(served.size(), store.databases().size(), judged);
        return new Reading(status, facts(), detail);
    }

    private static boolean judged(Side side) {
        return side.answered() || side.status() == Status.DOWN;
    }

    private Facts facts() {
        List<Row> here = rows(primary);
        List<Row> there = rows(mirror);
        if (here.isEmpty() && there.isEmpty()) {
            return new Facts.None();
        }
        Optional<Position> primaryOn = primaryOn(here, there);
        List<Row> secondary =
                primaryOn.map(p -> p == Position.PRIMARY ? there : here).orElse(there);
        return new Facts.OfStore(
                List.of(),
                Optional.of(
                        new Facts.AvailabilityGroup(
                                primaryOn,
                                synchronization(secondary),
                                failoverMode(here, there),
                                quorum(here, there),
                                ready(secondary),
                                primary.gapSeconds()
                                        .or(mirror::gapSeconds)
                                        .map(Duration::ofSeconds))),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                primary.logFull().or(mirror::logFull));
    }

    private List<Row> rows(Side side) {
        return side.groups().stream()
                .filter(row ->
                        store.databases().stream().anyMatch(d -> row.is("database_name", d.name())))
                .toList();
    }

    /** The listener leads to whoever is primary, so both names may mean one server. */
    private static Optional<Position> primaryOn(List<Row> here, List<Row> there) {
        if (holds(there)) {
            return Optional.of(Position.MIRROR);
        }
        return holds(here) ? Optional.of(Position.PRIMARY) : Optional.empty();
    }

    private static boolean holds(List<Row> rows) {
        return !rows.isEmpty() && rows.stream().allMatch(r -> r.is("role_desc", "PRIMARY"));
    }

    /** That of the database that is least in step. */
    private static Optional<String> synchronization(List<Row> secondary) {
        return secondary.stream()
                .map(row -> row.text("synchronization_state_desc"))
                .flatMap(Optional::stream)
                .reduce((one, other) -> one.equals("SYNCHRONIZED") ? other : one);
    }

    private static Optional<String> failoverMode(List<Row> here, List<Row> there) {
        if (here.isEmpty() || there.isEmpty()) {
            return Optional.empty();
        }
        boolean automatic =
                here.getFirst().is("failover_mode_desc", "AUTOMATIC")
                        && there.getFirst().is("failover_mode_desc", "AUTOMATIC");
        return Optional.of(automatic ? "AUTOMATIC" : "MANUAL");
    }

    private static Optional<String> quorum(List<Row> here, List<Row> there) {
        List<Row> told = there.isEmpty() ? here : there;
        return told.getFirst().is("operational_state_desc", "FAILED_NO_QUORUM")
                ? Optional.of("FAILED_NO_QUORUM")
                : told.getFirst().text("quorum_state_desc");
    }

    private static Optional<Boolean> ready(List<Row> secondary) {
        return secondary.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        secondary.stream()
                                .allMatch(r -> r.flag("is_failover_ready").orElse(false)));
    }
}
