package io.understudy.app;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/** Warns where the service's role could change what it must only add to. */
@Singleton
class DatabaseRights {

    private static final System.Logger LOGGER = System.getLogger(DatabaseRights.class.getName());

    /** Of whom: of a superuser, an owner or one of its members, of whoever was granted it. */
    private static final String COULD_CHANGE =
            """
            select current_user from pg_class as audit
            where audit.oid = to_regclass('audit')
              and (pg_has_role(current_user, audit.relowner, 'member')
                   or has_table_privilege(audit.oid, 'update, delete, truncate, trigger'))
            """;

    private final AgroalDataSource source;

    DatabaseRights(AgroalDataSource source) {
        this.source = source;
    }

    void start(@Observes StartupEvent event) {
        try {
            couldChange(source).ifPresent(role -> LOGGER.log(Level.WARNING, warning(role)));
        } catch (SQLException e) {
            // whoever needs the database next says that it is not there
            LOGGER.log(Level.DEBUG, "the rights of the database's role are not known", e);
        }
    }

    /** The role of the service, where it could change the audit. */
    static Optional<String> couldChange(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(COULD_CHANGE)) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    static String warning(String role) {
        return "the database's role "
                + role
                + " could change the audit and switch its triggers off: run deploy/roles.sql, give"
                + " the service its role by quarkus.datasource.username, and the migrations theirs"
                + " by quarkus.flyway.username (docs/settings.md, Database roles)";
    }
}
