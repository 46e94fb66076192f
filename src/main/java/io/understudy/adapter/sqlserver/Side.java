package io.understudy.adapter.sqlserver;

import io.understudy.adapter.sqlserver.SqlTrouble.Kind;
import io.understudy.estate.Database;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.health.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one instance says of a store.
 *
 * @param status of the instance; UP when it answered all that every login may ask
 * @param detail a sentence for people
 * @param rows of its databases by name; empty when it did not answer
 * @param served the store's databases that it opens for us
 * @param redo how far a mirror is behind, of the database that needs longest
 * @param groups rows of Availability Groups, of the local replica
 * @param gapSeconds how far the secondary's commits are behind, as a primary replica knows
 * @param logFull whether a transaction log is full and cannot grow
 */
record Side(
        Status status,
        String detail,
        boolean answered,
        Map<String, MirrorRow> rows,
        Set<String> served,
        Optional<Redo> redo,
        List<Row> groups,
        Optional<Long> gapSeconds,
        Optional<Boolean> logFull) {

    private static final String ENDPOINT =
            "SELECT e.state_desc, e.role_desc FROM sys.database_mirroring_endpoints e";
    private static final String REDO =
            "EXEC msdb.dbo.sp_dbmmonitorresults @database_name = ?, @mode = 0, @update_table = 0";
    private static final String LOG_FULL =
            "SELECT d.name FROM sys.databases d"
                    + " JOIN sys.dm_os_performance_counters c ON c.instance_name = d.name"
                    + " AND c.counter_name = 'Percent Log Used'"
                    + " WHERE c.cntr_value >= 98 AND d.log_reuse_wait_desc <> 'NOTHING'"
                    + " AND NOT EXISTS (SELECT 1 FROM sys.master_files f"
                    + " CROSS APPLY sys.dm_os_volume_stats(f.database_id, f.file_id) v"
                    + " WHERE f.database_id = d.database_id AND f.type = 1 AND f.growth > 0"
                    + " AND (f.max_size = -1 OR f.size < f.max_size)"
                    + " AND v.available_bytes > 8192.0 * CASE f.is_percent_growth"
                    + " WHEN 1 THEN f.size / 100.0 * f.growth ELSE f.growth END)";
    private static final int NO_RIGHT_IN_DATABASE = 916;

    /** Log that a mirror has to redo. */
    record Redo(long queueKb, long rateKbPerSecond) {
        private double seconds() {
            return (double) queueKb / Math.max(1, rateKbPerSecond);
        }
    }

    static Side look(Connections connections, Store store, SqlInstance instance) {
        try (Visit visit = new Visit(connections)) {
            return look(visit, store, instance);
        } catch (SqlTrouble e) {
            return new Side(
                    SqlServerProbe.status(e),
                    e.words(),
                    false,
                    Map.of(),
                    Set.of(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    private static Side look(Visit visit, Store store, SqlInstance instance) throws SqlTrouble {
        Map<String, MirrorRow> rows = MirrorRow.read(visit, instance);
        List<String> remarks = new ArrayList<>();
        for (Row endpoint : optional(visit, instance, ENDPOINT).orElse(List.of())) {
            if (!endpoint.is("state_desc", "STARTED")) {
                remarks.add("its mirroring endpoint is " + endpoint.name("state_desc"));
            }
        }
        Set<String> served = served(visit, store, instance, rows, remarks);
        Optional<Boolean> full =
                optional(visit, instance, LOG_FULL).map(r -> full(store, r, remarks));
        String detail =
                "sql:"
                        + instance
                        + " serves "
                        + served.size()
                        + " of "
                        + store.databases().size()
                        + " databases"
                        + (remarks.isEmpty() ? "" : ", " + String.join(", ", remarks));
        return new Side(
                Status.UP,
                detail,
                true,
                rows,
                served,
                redo(visit, store, instance, rows),
                GroupedStore.rows(visit, instance),
                GroupedStore.gap(visit, instance),
                full);
    }

    private static boolean full(Store store, List<Row> rows, List<String> remarks) {
        List<String> full =
                store.databases().stream()
                        .map(Database::name)
                        .filter(d -> rows.stream().anyMatch(row -> row.is("name", d)))
                        .toList();
        full.forEach(d -> remarks.add("the transaction log of " + d + " is full"));
        return !full.isEmpty();
    }

    private static Set<String> served(
            Visit visit,
            Store store,
            SqlInstance instance,
            Map<String, MirrorRow> rows,
            List<String> remarks)
            throws SqlTrouble {
        Set<String> served = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Database database : store.databases()) {
            String name = database.name();
            MirrorRow row = rows.get(name);
            if (row == null) {
                remarks.add("it has no database " + name);
            } else if (row.online() && opens(visit, instance, name, remarks)) {
                served.add(name);
            } else if (row.role().isEmpty() && !row.online()) {
                remarks.add(name + " is " + row.databaseState() + " and mirroring_role NULL");
            }
        }
        return served;
    }

    private static boolean opens(
            Visit visit, SqlInstance instance, String database, List<String> remarks)
            throws SqlTrouble {
        try {
            visit.ask(
                    instance,
                    "SELECT COUNT(*) AS schemas FROM "
                            + Identifier.quoted(database)
                            + ".sys.schemas");
            return true;
        } catch (SqlTrouble e) {
            if (e.kind() != Kind.SERVER) {
                throw e;
            }
            if (e.number() != NO_RIGHT_IN_DATABASE) {
                remarks.add(database + ": " + e.words());
            }
            return e.number() == NO_RIGHT_IN_DATABASE;
        } catch (IllegalArgumentException e) {
            remarks.add("a database's name: " + e.getMessage());
            return false;
        }
    }

    private static Optional<Redo> redo(
            Visit visit, Store store, SqlInstance instance, Map<String, MirrorRow> rows)
            throws SqlTrouble {
        Optional<Redo> slowest = Optional.empty();
        for (Database database : store.databases()) {
            MirrorRow row = rows.get(database.name());
            if (row == null || !row.mirror()) {
                continue;
            }
            for (Row told : optional(visit, instance, REDO, database.name()).orElse(List.of())) {
                if (told.number("unrestored_log").isPresent()) {
                    Redo redo =
                            new Redo(
                                    told.number("unrestored_log").getAsLong(),
                                    told.number("recovery_rate").orElse(0));
                    slowest =
                            slowest.filter(s -> s.seconds() >= redo.seconds())
                                    .or(() -> Optional.of(redo));
                }
            }
        }
        return slowest;
    }

    /** What not every login may ask, nor every release knows: empty when the server says so. */
    static Optional<List<Row>> optional(
            Visit visit, SqlInstance instance, String sql, String... values) throws SqlTrouble {
        try {
            return Optional.of(visit.ask(instance, sql, values));
        } catch (SqlTrouble e) {
            if (e.kind() != Kind.SERVER) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** A store's status, of which so many databases are served. */
    static Status status(int served, int all, boolean judged) {
        if (served >= all) {
            return Status.UP;
        }
        if (served > 0) {
            return Status.DEGRADED;
        }
        return judged ? Status.DOWN : Status.UNKNOWN;
    }
}
