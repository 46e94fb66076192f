package io.understudy.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Who could change the audit is warned of. */
class DatabaseRightsTest {

    @Test
    void whoOwnsOrMayChangeTheAuditIsWarnedOfAndTheServiceIsNot(@TempDir Path home)
            throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(home)) {
            EmbeddedRoles.ensure(server.jdbcUrl(), home);
            EmbeddedRoles.ensure(server.jdbcUrl(), home);
            PGSimpleDataSource owner =
                    source(server, PostgresCluster.USER, PostgresCluster.password(home));
            PGSimpleDataSource service =
                    source(server, PostgresCluster.SERVICE, PostgresCluster.servicePassword(home));
            assertEquals(Optional.empty(), DatabaseRights.couldChange(service), "no table yet");

            execute(owner, "create table audit (a integer)");
            execute(owner, "grant select, insert on audit to understudy_service");

            assertEquals(Optional.of("understudy"), DatabaseRights.couldChange(owner));
            assertEquals(Optional.empty(), DatabaseRights.couldChange(service));
            execute(owner, "grant delete on audit to understudy_service");
            assertEquals(Optional.of("understudy_service"), DatabaseRights.couldChange(service));
        }
        String warning = DatabaseRights.warning("understudy");
        assertTrue(warning.contains("deploy/roles.sql"), warning);
    }

    private static PGSimpleDataSource source(
            EmbeddedPostgres server, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.jdbcUrl());
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    private static void execute(PGSimpleDataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
