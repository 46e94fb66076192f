package io.understudy.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/** The two roles of the embedded PostgreSQL: who owns the tables, and the service. */
final class EmbeddedRoles {

    private static final String ROLE =
            """
            do $$ begin
                if not exists (select from pg_roles where rolname = '%1$s') then
                    create role %1$s;
                end if;
            end $$;
            alter role %1$s login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
                password '%2$s';
            """;

    private EmbeddedRoles() {}

    /** Makes the service's role, where it is not there yet. */
    static void ensure(String url, Path home) {
        PGSimpleDataSource owner = new PGSimpleDataSource();
        owner.setUrl(url);
        owner.setUser(PostgresCluster.USER);
        owner.setPassword(ownerPassword(home));
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(ROLE.formatted(PostgresCluster.SERVICE, servicePassword(home)));
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "the service's role cannot be made in the embedded PostgreSQL in "
                            + home
                            + ": SQLState "
                            + e.getSQLState()
                            + "; see "
                            + EmbeddedPostgres.LOG
                            + " there",
                    e);
        }
    }

    static String ownerPassword(Path home) {
        return read(() -> PostgresCluster.password(home));
    }

    static String servicePassword(Path home) {
        return read(() -> PostgresCluster.servicePassword(home));
    }

    private interface File {
        String read() throws IOException;
    }

    private static String read(File file) {
        try {
            return file.read();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "a password of the embedded PostgreSQL cannot be read", e);
        }
    }
}
