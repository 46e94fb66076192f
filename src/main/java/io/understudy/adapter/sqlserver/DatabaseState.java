package io.understudy.adapter.sqlserver;

import io.understudy.estate.SqlInstance;
import java.util.Locale;
import java.util.Optional;

/** What sys.databases says of a database. */
final class DatabaseState {

    static final String ONLINE = "ONLINE";
    static final String RESTORING = "RESTORING";

    private static final String SQL =
            "SELECT d.state_desc, d.is_in_standby FROM sys.databases d WHERE d.name = ?";

    private DatabaseState() {}

    /** ONLINE, RESTORING and so on; STANDBY of one that is restored to and read. */
    static Optional<String> of(Visit visit, SqlInstance instance, String database)
            throws SqlTrouble {
        return visit.ask(instance, SQL, database).stream()
                .findFirst()
                .map(row ->
                        row.flag("is_in_standby").orElse(false)
                                ? "STANDBY"
                                : row.name("state_desc").toUpperCase(Locale.ROOT));
    }
}
