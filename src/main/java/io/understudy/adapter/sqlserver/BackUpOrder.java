package io.understudy.adapter.sqlserver;

import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.sqlserver.Plan.Planned;
import io.understudy.estate.SqlInstance;
import java.util.ArrayList;
import java.util.List;

/** A full backup to the share, in a file that bears the run's id (domain.md 6.8). */
record BackUpOrder(Visit visit, List<String> databases, SqlInstance secondary, RunFiles files)
        implements Order {

    private static final String KEPT =
            "SELECT TOP (1) s.backup_set_id FROM msdb.dbo.backupset s"
                    + " JOIN msdb.dbo.backupmediafamily f ON f.media_set_id = s.media_set_id"
                    + " WHERE s.database_name = ? AND s.type = 'D'"
                    + " AND f.physical_device_name = ?";

    @Override
    public Presence presence() throws SqlTrouble {
        return left(databases).isEmpty() ? Presence.DONE : Presence.NOT_DONE;
    }

    @Override
    public Plan plan(List<String> some) throws SqlTrouble {
        List<Planned> statements = new ArrayList<>();
        for (String database : left(some)) {
            String state = DatabaseState.of(visit, secondary, database).orElse("missing");
            if (!state.equals(DatabaseState.ONLINE)) {
                return Plan.refused(
                        database + " on sql:" + secondary + " is " + state,
                        "bring the database online: no other can be backed up");
            }
            statements.add(
                    new Planned(
                            secondary,
                            database,
                            "BACKUP DATABASE "
                                    + Identifier.quoted(database)
                                    + " TO DISK = ? WITH INIT, CHECKSUM",
                            files.of(database)));
        }
        return new Plan.Ready(statements);
    }

    private List<String> left(List<String> some) throws SqlTrouble {
        List<String> left = new ArrayList<>();
        for (String database : some) {
            if (visit.ask(secondary, KEPT, database, files.of(database)).isEmpty()) {
                left.add(database);
            }
        }
        return left;
    }
}
