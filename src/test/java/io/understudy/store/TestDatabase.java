package io.understudy.store;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.understudy.app.PostgresForTests;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A migrated, empty database for each test, on one PostgreSQL for all tests of this JVM.
 *
 * <p>Its sessions have a time zone that nobody expects and commit carelessly: neither may matter.
 */
public final class TestDatabase implements BeforeEachCallback, AfterEachCallback {

    static final String CARELESS = "set time zone 'Asia/Kathmandu'; set synchronous_commit = off";

    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Each process among which the classes are shared out has its own. */
    private static final Path HOME =
            Path.of("target/postgres-for-tests-" + System.getProperty("tests.process", "1"));

    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** The server and the template, made by whoever needs them first. */
    private static final class Server {
        private static final Server OF_THIS_PROCESS = started();

        private final PostgresForTests postgres = PostgresForTests.start(HOME);

        private Server() throws SQLException, IOException {
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
            execute("alter system set fsync = off");
            execute("select pg_reload_conf()");
            execute("drop database if exists " + TEMPLATE + " with (force)");
            execute("create database " + TEMPLATE);
            try (AgroalDataSource source = pool(postgres, TEMPLATE, 4, PATIENCE)) {
                migrate(source);
            }
        }

        private void execute(String sql) throws SQLException, IOException {
            try (AgroalDataSource source = pool(postgres, "postgres", 1, PATIENCE)) {
                TestDatabase.execute(source, sql);
            }
        }

        private static Server started() {
            try {
                return new Server();
            } catch (SQLException | IOException e) {
                throw new IllegalStateException("no PostgreSQL to test with", e);
            }
        }
    }

    private Server server;
    private String name;
    private AgroalDataSource source;

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        server = Server.OF_THIS_PROCESS;
        name = "test_" + COUNT.incrementAndGet();
        server.execute("drop database if exists " + name + " with (force)");
        server.execute("create database " + name + " template " + TEMPLATE + " strategy file_copy");
        source = pool(10, PATIENCE);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        source.close();
        server.execute("drop database " + name + " with (force)");
    }

    public Database database() {
        return new Database(source, Database.Settings.DEFAULT);
    }

    public AgroalDataSource source() {
        return source;
    }

    String url() {
        return server.postgres.url(name);
    }

    String user() {
        return server.postgres.user();
    }

    String password() throws IOException {
        return server.postgres.password();
    }

    /** A pool of another role, to be closed by the caller. */
    AgroalDataSource pool(String user, String password) throws SQLException {
        return pool(url(), user, password, 4, PATIENCE);
    }

    /** Another pool on the same database, to be closed by the caller. */
    AgroalDataSource pool(int size, Duration patience) throws SQLException, IOException {
        return pool(server.postgres, name, size, patience);
    }

    /** A pool on another database of the same server, to be closed by the caller. */
    AgroalDataSource beside() throws SQLException, IOException {
        return pool(server.postgres, "postgres", 1, PATIENCE);
    }

    public void execute(String sql) throws SQLException {
        execute(source, sql);
    }

    public String text(String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Empties it, and migrates it up to a version only, as an older release did. */
    void beginAt(String version) throws SQLException {
        execute("drop schema public cascade; create schema public");
        migrateTo(version);
    }

    /** Migrates it on, up to a version or the {@code latest}. */
    void migrateTo(String version) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .target(version)
                .load()
                .migrate();
    }

    /** As the application does at its start. */
    static void migrate(AgroalDataSource source) {
        Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
    }

    /** As Quarkus makes it: broken connections leave the pool. */
    static AgroalDataSource pool(
            PostgresForTests postgres, String database, int size, Duration patience)
            throws SQLException, IOException {
        return pool(postgres.url(database), postgres.user(), postgres.password(), size, patience);
    }

    private static AgroalDataSource pool(
            String url, String user, String password, int size, Duration patience)
            throws SQLException {
        return AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier()
                        .connectionPoolConfiguration(pool ->
                                pool.maxSize(size)
                                        .exceptionSorter(new PostgreSQLExceptionSorter())
                                        .acquisitionTimeout(patience)
                                        .connectionFactoryConfiguration(to ->
                                                to.jdbcUrl(url)
                                                        .initialSql(CARELESS)
                                                        .principal(new NamePrincipal(user))
                                                        .credential(
                                                                new SimplePassword(password)))));
    }

    private static void execute(AgroalDataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
