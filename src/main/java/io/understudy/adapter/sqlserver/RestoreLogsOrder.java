package io.understudy.adapter.sqlserver;

import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.sqlserver.Plan.Planned;
import io.understudy.estate.SqlInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every log backup that is not applied yet, in order of time, WITH NORECOVERY (domain.md 6.7). A
 * gap stops it; a backup that is applied already does not.
 */
record RestoreLogsOrder(
        Visit visit, List<String> databases, SqlInstance secondary, LogBackups backups)
        implements Order {

    private static final int APPLIED_ALREADY = 4326;

    @Override
    public boolean looksAgain() {
        return false;
    }

    @Override
    public Presence presence() throws SqlTrouble {
        for (String database : databases) {
            LogBackups.Found found = backups.of(database);
            if (!found.told(backups.shipping()) || notRestoring(database).isPresent()) {
                return Presence.CANNOT_TELL;
            }
            if (!backups.unapplied(database, found.files()).isEmpty()) {
                return Presence.NOT_DONE;
            }
        }
        return Presence.DONE;
    }

    @Override
    public Plan plan(List<String> some) throws SqlTrouble {
        List<Planned> statements = new ArrayList<>();
        for (String database : some) {
            Optional<String> state = notRestoring(database);
            if (state.isPresent()) {
                return Plan.refused(
                        database
                                + " on sql:"
                                + secondary
                                + " is "
                                + state.get()
                                + ", and takes no log backups",
                        "restore a full backup WITH NORECOVERY first");
            }
            LogBackups.Found found = backups.of(database);
            if (!found.told(backups.shipping())) {
                return Plan.refused(
                        "SQL Server on " + secondary + " can read none of " + found.unreadable(),
                        "let its account read the share or the copies");
            }
            String sql =
                    "RESTORE LOG " + Identifier.quoted(database) + " FROM DISK = ? WITH NORECOVERY";
            for (String file : backups.unapplied(database, found.files())) {
                statements.add(
                        new Planned(secondary, database, sql, file).harmless(APPLIED_ALREADY));
            }
        }
        return new Plan.Ready(statements);
    }

    /** Its state, where that is not one in which it takes log backups. */
    private Optional<String> notRestoring(String database) throws SqlTrouble {
        String state = DatabaseState.of(visit, secondary, database).orElse("missing");
        return state.equals(DatabaseState.RESTORING) || state.equals("STANDBY")
                ? Optional.empty()
                : Optional.of(state);
    }
}
