package io.understudy.adapter.sqlserver;

import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.sqlserver.Plan.Planned;
import io.understudy.estate.SqlInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens the secondary's databases, after which no log backup can be applied any more (domain.md
 * 6.7): refused while there is one.
 */
record RecoverOrder(Visit visit, List<String> databases, SqlInstance secondary, LogBackups backups)
        implements Order {

    private static final int ENDED_ALREADY = 6106;
    private static final String SESSIONS =
            "SELECT s.session_id FROM sys.dm_exec_sessions s"
                    + " WHERE s.is_user_process = 1 AND s.session_id <> @@SPID"
                    + " AND s.database_id = DB_ID(?) ORDER BY s.session_id";

    /** Sessions come and go: those that were seen at first are ended. */
    @Override
    public boolean looksAgain() {
        return false;
    }

    @Override
    public Presence presence() throws SqlTrouble {
        Presence presence = Presence.DONE;
        for (String database : databases) {
            String state = DatabaseState.of(visit, secondary, database).orElse("missing");
            switch (state) {
                case DatabaseState.ONLINE -> {}
                case DatabaseState.RESTORING, "STANDBY" -> presence = Presence.NOT_DONE;
                default -> {
                    return Presence.CANNOT_TELL;
                }
            }
        }
        return presence;
    }

    @Override
    public Plan plan(List<String> some) throws SqlTrouble {
        List<Planned> statements = new ArrayList<>();
        for (String database : some) {
            String state = DatabaseState.of(visit, secondary, database).orElse("missing");
            if (state.equals(DatabaseState.ONLINE)) {
                continue;
            }
            if (!state.equals(DatabaseState.RESTORING) && !state.equals("STANDBY")) {
                return Plan.refused(
                        database + " on sql:" + secondary + " is " + state,
                        "mend the database first");
            }
            Optional<Plan> unapplied = unapplied(database);
            if (unapplied.isPresent()) {
                return unapplied.get();
            }
            statements.addAll(kills(database));
            statements.add(
                    new Planned(
                            secondary,
                            database,
                            "RESTORE DATABASE " + Identifier.quoted(database) + " WITH RECOVERY"));
        }
        return new Plan.Ready(statements);
    }

    private Optional<Plan> unapplied(String database) throws SqlTrouble {
        LogBackups.Found found = backups.of(database);
        if (!found.told(backups.shipping())) {
            return Optional.of(
                    Plan.refused(
                            "whether backups are left cannot be told: SQL Server on "
                                    + secondary
                                    + " can read none of "
                                    + found.unreadable(),
                            "let its account read the share or the copies"));
        }
        List<String> left = backups.unapplied(database, found.files());
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Plan.refused(
                                left.size()
                                        + " log backups of "
                                        + database
                                        + " are not applied, from "
                                        + left.getFirst(),
                                "restore them first: nothing can be applied afterwards"));
    }

    /** KILL takes a literal only; it is a number that the server has given. */
    private List<Planned> kills(String database) throws SqlTrouble {
        List<Planned> kills = new ArrayList<>();
        for (Row row : visit.ask(secondary, SESSIONS, database)) {
            long session = row.number("session_id").orElseThrow();
            kills.add(new Planned(secondary, database, "KILL " + session).harmless(ENDED_ALREADY));
        }
        return kills;
    }
}
