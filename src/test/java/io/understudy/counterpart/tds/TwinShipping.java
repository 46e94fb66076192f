package io.understudy.counterpart.tds;

import static io.understudy.counterpart.tds.SqlAnswer.row;
import static io.understudy.counterpart.tds.SqlAnswer.rows;

import io.understudy.estate.LogShipping;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.health.Facts;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What log shipping's tables, procedures and files say. All log backups that are not applied appear
 * as one file, which is newer than the last that was.
 */
record TwinShipping(TwinSqlBackend twin, SqlBackend.Request request) {

    private static final String APPLIED = "_20261121090000.trn";
    private static final String NEWER = "_20261121100000.trn";

    /** Where full backups were written to, by database. */
    private static final Map<String, String> WRITTEN = new ConcurrentHashMap<>();

    SqlAnswer answer() {
        String sql = request.text();
        if (sql.contains("log_shipping_secondary_databases")) {
            String database = value(0);
            boolean shipped = shipped(database).isPresent() && !twin.done(stop(database));
            return shipped ? rows("secondary_database", row(database)) : rows("secondary_database");
        }
        if (sql.contains("sp_delete_log_shipping_secondary_database")) {
            return twin.act(stop(value(0)), 32009);
        }
        if (sql.contains("log_shipping_monitor_")) {
            return monitored(sql.contains("monitor_primary"));
        }
        if (sql.contains("FROM sys.databases d WHERE")) {
            return rows("state_desc, is_in_standby", row(state(value(0)), false));
        }
        return sql.startsWith("SELECT") ? history(sql) : files(sql);
    }

    private SqlAnswer files(String sql) {
        if (sql.contains("sp_dbmmonitorresults")) {
            return SqlAnswer.failed(2812, "no monitoring job has been set up");
        }
        if (sql.contains("xp_fileexist")) {
            return rows("File Exists, File is a Directory", row(1, 1));
        }
        if (sql.contains("xp_dirtree")) {
            return rows(
                    "subdirectory, depth, file",
                    databases().stream()
                            .flatMap(d -> List.of(d + APPLIED, d + NEWER).stream())
                            .map(file -> row(file, 1, 1))
                            .toArray(Object[][]::new));
        }
        if (sql.startsWith("RESTORE HEADERONLY")) {
            return rows("LastLSN", row(value(0).endsWith(NEWER) ? "2000" : "1000"));
        }
        if (sql.startsWith("RESTORE FILELISTONLY")) {
            return rows("LogicalName", row("data"));
        }
        return order(sql, TwinSqlBackend.named(sql));
    }

    private SqlAnswer order(String sql, String database) {
        List<String> one = List.of(database);
        Optional<Store> store = shipped(database);
        if (store.isEmpty()) {
            return SqlAnswer.failed(208, "Invalid object: " + sql);
        }
        if (sql.startsWith("RESTORE LOG")) {
            return value(0).endsWith(NEWER)
                    ? twin.act(restoreLogs(database), 3101)
                    : SqlAnswer.failed(4326, "too early to apply to the database");
        }
        if (sql.startsWith("BACKUP DATABASE")) {
            WRITTEN.put(database, value(0));
            return twin.act(
                    new Action.BackUpDatabases(store.get().name(), one, request.instance()), 3201);
        }
        return sql.contains("FROM DISK")
                ? twin.act(
                        new Action.RestoreDatabases(store.get().name(), one, request.instance()),
                        3201)
                : twin.act(recover(database), 3101);
    }

    private SqlAnswer history(String sql) {
        if (request.parameters().isEmpty()) {
            return SqlAnswer.failed(208, "Invalid object: " + sql);
        }
        String database = value(0);
        if (sql.contains("s.last_lsn")) {
            return rows("last_lsn", row(twin.done(restoreLogs(database)) ? "2000" : "1000"));
        }
        if (sql.contains("s.type = 'D'")) {
            boolean there =
                    twin.done(
                            new Action.BackUpDatabases(
                                    name(database), List.of(database), request.instance()));
            return there ? rows("backup_set_id", row(1)) : rows("backup_set_id");
        }
        if (sql.contains("f.physical_device_name")) {
            boolean returned =
                    twin.done(
                            new Action.RestoreDatabases(
                                    name(database), List.of(database), request.instance()));
            return rows(
                    "restore_history_id, physical_device_name",
                    row(1, returned ? WRITTEN.getOrDefault(database, "") : "another"));
        }
        if (sql.contains("sys.master_files f")) {
            return rows("name, physical_name", row("data", "D:\\sql\\data.mdf"));
        }
        return sql.contains("dm_exec_sessions")
                ? rows("session_id")
                : SqlAnswer.failed(208, "Invalid object: " + sql);
    }

    private SqlAnswer monitored(boolean sent) {
        return rows(
                "name, seconds",
                twin.stores().stream()
                        .filter(s -> s.logShipping().isPresent())
                        .flatMap(s ->
                                s.databases().stream().map(d -> row(d.name(), seconds(s, sent))))
                        .toArray(Object[][]::new));
    }

    private Long seconds(Store store, boolean sent) {
        return twin.facts(store)
                .flatMap(Facts.OfStore::logShipping)
                .flatMap(log -> sent ? log.lastBackupAge() : log.lastRestoredLatency())
                .map(Duration::toSeconds)
                .orElse(null);
    }

    private String state(String database) {
        boolean secondary =
                shipped(database)
                        .flatMap(Store::logShipping)
                        .map(LogShipping::secondary)
                        .filter(request.instance()::equals)
                        .isPresent();
        return secondary && !twin.done(recover(database)) ? "RESTORING" : "ONLINE";
    }

    private List<String> databases() {
        return twin.stores().stream()
                .filter(s -> s.logShipping().isPresent())
                .flatMap(s -> s.databases().stream())
                .map(d -> d.name())
                .toList();
    }

    private Optional<Store> shipped(String database) {
        return twin.store(request.instance(), database).filter(s -> s.logShipping().isPresent());
    }

    private StoreName name(String database) {
        return shipped(database).orElseThrow().name();
    }

    private Action stop(String database) {
        return new Action.StopLogShipping(name(database), List.of(database), request.instance());
    }

    private Action restoreLogs(String database) {
        return new Action.RestoreLogs(name(database), List.of(database), request.instance());
    }

    private Action recover(String database) {
        return new Action.RecoverDatabases(name(database), List.of(database), request.instance());
    }

    private String value(int index) {
        return String.valueOf(request.parameters().get(index));
    }
}
