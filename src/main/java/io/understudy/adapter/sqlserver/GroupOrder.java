package io.understudy.adapter.sqlserver;

import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.sqlserver.Plan.Planned;
import io.understudy.adapter.sqlserver.SqlTrouble.Kind;
import io.understudy.estate.SqlInstance;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes a secondary replica the primary of the Availability Group that holds the databases
 * (domain.md 4.10). The whole group moves, on one statement to the secondary.
 *
 * @param other the store's other name, of the primary replica or of the listener
 * @param force FORCE_FAILOVER_ALLOW_DATA_LOSS, where the replica is not ready to lose nothing
 */
record GroupOrder(
        Visit visit, List<String> databases, SqlInstance to, SqlInstance other, boolean force)
        implements Order {

    private static final String SQL =
            "SELECT g.name AS group_name, d.database_name, s.role_desc, s.operational_state_desc,"
                    + " s.connected_state_desc, c.is_failover_ready,"
                    + " r.synchronization_state_desc, @@SERVERNAME AS server_name"
                    + " FROM sys.availability_databases_cluster d"
                    + " JOIN sys.availability_groups g ON g.group_id = d.group_id"
                    + " JOIN sys.dm_hadr_availability_replica_states s"
                    + " ON s.group_id = d.group_id AND s.is_local = 1"
                    + " LEFT JOIN sys.dm_hadr_database_replica_cluster_states c"
                    + " ON c.group_database_id = d.group_database_id"
                    + " AND c.replica_id = s.replica_id"
                    + " LEFT JOIN sys.dm_hadr_database_replica_states r"
                    + " ON r.group_database_id = d.group_database_id AND r.is_local = 1";

    @Override
    public boolean looksAgain() {
        return false;
    }

    @Override
    public Presence presence() throws SqlTrouble {
        List<Row> rows = rows(to);
        if (rows.isEmpty() || unknown(rows).isPresent()) {
            return Presence.CANNOT_TELL;
        }
        if (rows.stream().anyMatch(r -> r.name("operational_state_desc").startsWith("PENDING"))) {
            return Presence.UNDER_WAY;
        }
        return rows.stream().allMatch(r -> r.is("role_desc", "PRIMARY"))
                ? Presence.DONE
                : Presence.NOT_DONE;
    }

    @Override
    public Plan plan(List<String> some) throws SqlTrouble {
        List<Row> rows = rows(to);
        Optional<String> unknown = unknown(rows);
        Set<String> groups = new TreeSet<>();
        rows.forEach(row -> groups.add(row.name("group_name")));
        if (unknown.isPresent() || groups.size() != 1) {
            return Plan.fatal(
                    unknown.map(d -> "no Availability Group of sql:" + to + " holds " + d)
                            .orElse("the databases are in several groups: " + groups),
                    "correct the store's databases in the estate document");
        }
        if (rows.stream().allMatch(r -> r.is("role_desc", "PRIMARY"))) {
            return Plan.nothing();
        }
        return plan(groups.iterator().next(), rows);
    }

    private Plan plan(String group, List<Row> rows) throws SqlTrouble {
        String name = Identifier.quoted(group);
        if (rows.stream().allMatch(r -> r.flag("is_failover_ready").orElse(false))) {
            return one("ALTER AVAILABILITY GROUP " + name + " FAILOVER");
        }
        if (!force) {
            return Plan.refused(
                    "error 41142: not every database of " + group + " is ready to fail over",
                    KnownError.of(41142).map(KnownError::whatToDo).orElse(""));
        }
        Optional<Plan> hindered = mustNotBeForced(group, rows);
        return hindered.isPresent()
                ? hindered.get()
                : one("ALTER AVAILABILITY GROUP " + name + " FORCE_FAILOVER_ALLOW_DATA_LOSS");
    }

    private Optional<Plan> mustNotBeForced(String group, List<Row> rows) throws SqlTrouble {
        if (rows.stream().anyMatch(r -> inTheMiddle(r.name("synchronization_state_desc")))) {
            return Optional.of(
                    Plan.refused(
                            "a database of " + group + " is being reverted or initialized",
                            "wait until it is not, or restore it"));
        }
        if (rows.stream().anyMatch(r -> r.is("operational_state_desc", "FAILED_NO_QUORUM"))) {
            return Optional.of(
                    Plan.refused(
                            "the cluster of " + group + " has no quorum",
                            "force the cluster's quorum first"));
        }
        if (rows.stream().anyMatch(r -> r.is("connected_state_desc", "CONNECTED"))) {
            return Optional.of(served(group, "sql:" + to + " is connected to its primary"));
        }
        return primaryAnswers(group, rows.getFirst().name("server_name"));
    }

    private static boolean inTheMiddle(String state) {
        return state.equals("REVERTING") || state.equals("INITIALIZING");
    }

    private static Plan served(String group, String why) {
        return Plan.refused(
                why + ": " + group + " is not forced",
                "fail over as planned once it is ready, or make sure that the primary is down");
    }

    /** The other name may be the listener's, and lead back to the secondary. */
    private Optional<Plan> primaryAnswers(String group, String self) throws SqlTrouble {
        try {
            boolean primary =
                    rows(other).stream()
                            .anyMatch(r ->
                                    r.is("role_desc", "PRIMARY") && !r.is("server_name", self));
            return primary
                    ? Optional.of(served(group, "sql:" + other + " answers as its primary"))
                    : Optional.empty();
        } catch (SqlTrouble e) {
            if (e.kind() == Kind.INTERRUPTED) {
                throw e;
            }
            return e.kind() == Kind.UNREACHABLE
                    ? Optional.empty()
                    : Optional.of(
                            Plan.refused(
                                    "whether sql:"
                                            + other
                                            + " serves "
                                            + group
                                            + " cannot be told: "
                                            + e.words(),
                                    "let us look at that instance"));
        }
    }

    private Plan one(String sql) {
        return new Plan.Ready(List.of(new Planned(to, databases, sql, List.of(), Set.of())));
    }

    private List<Row> rows(SqlInstance instance) throws SqlTrouble {
        return visit.ask(instance, SQL).stream()
                .filter(row -> databases.stream().anyMatch(d -> row.is("database_name", d)))
                .toList();
    }

    private Optional<String> unknown(List<Row> rows) {
        return databases.stream()
                .filter(d -> rows.stream().noneMatch(row -> row.is("database_name", d)))
                .findFirst();
    }
}
