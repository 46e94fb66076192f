package io.understudy.adapter.sqlserver;

import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.sqlserver.Plan.Planned;
import io.understudy.estate.SqlInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The run's full backup over the primary's databases, to the files that they have there. */
record RestoreOrder(Visit visit, List<String> databases, SqlInstance primary, RunFiles files)
        implements Order {

    private static final int ENDED_ALREADY = 6106;
    private static final String RESTORED =
            "SELECT TOP (1) h.restore_history_id, f.physical_device_name"
                    + " FROM msdb.dbo.restorehistory h"
                    + " JOIN msdb.dbo.backupset s ON s.backup_set_id = h.backup_set_id"
                    + " JOIN msdb.dbo.backupmediafamily f ON f.media_set_id = s.media_set_id"
                    + " WHERE h.destination_database_name = ?"
                    + " ORDER BY h.restore_history_id DESC";
    private static final String THERE = "EXEC master.sys.xp_fileexist ?";
    private static final String IN_BACKUP = "RESTORE FILELISTONLY FROM DISK = ?";
    private static final String IN_PLACE =
            "SELECT f.name, f.physical_name FROM sys.master_files f"
                    + " WHERE f.database_id = DB_ID(?)";
    private static final String SESSIONS =
            "SELECT s.session_id FROM sys.dm_exec_sessions s"
                    + " WHERE s.is_user_process = 1 AND s.session_id <> @@SPID"
                    + " AND s.database_id = DB_ID(?) ORDER BY s.session_id";

    @Override
    public boolean looksAgain() {
        return false;
    }

    @Override
    public Presence presence() throws SqlTrouble {
        for (String database : databases) {
            if (!restored(database)) {
                return Presence.NOT_DONE;
            }
        }
        return Presence.DONE;
    }

    private boolean restored(String database) throws SqlTrouble {
        boolean last =
                visit.ask(primary, RESTORED, database).stream()
                        .anyMatch(r -> r.is("physical_device_name", files.of(database)));
        return last
                && DatabaseState.of(visit, primary, database)
                        .filter(DatabaseState.ONLINE::equals)
                        .isPresent();
    }

    @Override
    public Plan plan(List<String> some) throws SqlTrouble {
        List<Planned> statements = new ArrayList<>();
        for (String database : some) {
            if (restored(database)) {
                continue;
            }
            String file = files.of(database);
            boolean there =
                    visit.ask(primary, THERE, file).stream()
                            .anyMatch(row -> row.flag("File Exists").orElse(false));
            if (!there) {
                return Plan.refused(
                        "SQL Server on " + primary + " does not see " + file,
                        "back the database up in this run, and let the account read the share");
            }
            if (MirrorRow.read(visit, primary).get(database) instanceof MirrorRow row
                    && row.role().isPresent()) {
                return Plan.refused(
                        "error 1468: " + database + " on sql:" + primary + " is mirrored",
                        "remove mirroring first");
            }
            for (Row row : visit.ask(primary, SESSIONS, database)) {
                String kill = "KILL " + row.number("session_id").orElseThrow();
                statements.add(new Planned(primary, database, kill).harmless(ENDED_ALREADY));
            }
            statements.add(restore(database, file));
        }
        return new Plan.Ready(statements);
    }

    /** What the backup calls a file goes where the database has it now. */
    private Planned restore(String database, String file) throws SqlTrouble {
        StringBuilder sql =
                new StringBuilder("RESTORE DATABASE " + Identifier.quoted(database))
                        .append(" FROM DISK = ? WITH REPLACE, RECOVERY");
        List<String> values = new ArrayList<>(List.of(file));
        List<Row> inPlace = visit.ask(primary, IN_PLACE, database);
        for (Row inBackup : visit.ask(primary, IN_BACKUP, file)) {
            String logical = inBackup.name("LogicalName");
            for (Row known : inPlace) {
                if (known.is("name", logical)) {
                    sql.append(", MOVE ? TO ?");
                    values.addAll(List.of(logical, known.name("physical_name")));
                }
            }
        }
        return new Planned(primary, List.of(database), sql.toString(), values, Set.of());
    }
}
