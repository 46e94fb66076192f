package io.understudy.store;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.understudy.audit.AuditEvent;
import io.understudy.decision.Mode;
import io.understudy.decision.RunState;
import io.understudy.run.Run;
import io.understudy.run.TestRuns;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The roles that deploy/roles.sql makes, on a database that a single role had until then. */
class DatabaseRolesTest {

    private static final String OWNER = "roles_owner";
    private static final String SERVICE = "roles_service";
    private static final String PASSWORD = "of-tests";
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123456Z");

    private static final List<String> FORBIDDEN =
            List.of(
                    "update audit set actor = 'nobody'",
                    "delete from audit",
                    "truncate audit",
                    "update audit_head set number = 0",
                    "insert into audit_head values (true, 0, repeat('0', 64))",
                    "update run_journal set message = ''",
                    "delete from run_journal",
                    "update document set saved_by = 'nobody'",
                    "delete from document",
                    "insert into run_approval values ('r1', 'bob', now())",
                    "delete from run_approval",
                    "delete from run",
                    "delete from api_key",
                    "alter table audit disable trigger all",
                    "drop trigger audit_is_never_changed on audit",
                    "drop table audit",
                    "create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'",
                    "alter table audit add column more text",
                    "create table mine (a integer)",
                    "create temporary table audit_head (number bigint)",
                    "set session_replication_role = replica",
                    "set role roles_owner",
                    "select * from flyway_schema_history");

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private AgroalDataSource service;
    private Database asService;

    @BeforeEach
    void makeRoles() throws Exception {
        database.execute("drop schema public cascade; create schema public");
        database.execute("create role roles_service login superuser password '" + PASSWORD + "'");
        try (AgroalDataSource single = database.pool(SERVICE, PASSWORD)) {
            migrate(single);
        }
        runRolesSql();
        runRolesSql(); // as often as you like
        database.execute("alter role roles_owner password '" + PASSWORD + "'");
        try (AgroalDataSource owner = database.pool(OWNER, PASSWORD)) {
            migrate(owner);
        }
        service = database.pool(SERVICE, PASSWORD);
        asService = new Database(service, Database.Settings.DEFAULT);
    }

    @AfterEach
    void dropRoles() throws Exception {
        service.close();
        database.execute(
                "reassign owned by roles_owner to current_user; drop owned by roles_owner, roles_service;"
                        + " drop role roles_owner; drop role roles_service");
    }

    private static void migrate(AgroalDataSource source) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .initSql("set understudy.service = '" + SERVICE + "'")
                .load()
                .migrate();
    }

    private void runRolesSql() throws Exception {
        ProcessBuilder psql =
                new ProcessBuilder(
                        "psql",
                        "-X",
                        database.url().replace("jdbc:", ""),
                        "-v",
                        "owner=" + OWNER,
                        "-v",
                        "service=" + SERVICE,
                        "-f",
                        Path.of("deploy/roles.sql").toString());
        psql.environment().put("PGUSER", database.user());
        psql.environment().put("PGPASSWORD", database.password());
        Process process = psql.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), said);
    }

    @Test
    void theServiceCanDoItsWork() {
        PgRunStore runs = new PgRunStore(asService);
        runs.open(TestRuns.open("olga", Mode.ADVISE, 2), Set.of("lock"), List.of());
        runs.change("r1", Optional.empty(), run -> run.approve("ann", AT));

        Run run = runs.change("r1", Optional.empty(), waiting -> waiting.approve("bob", AT));

        assertEquals(RunState.RUNNING, run.state());
        assertTrue(runs.acquire("r1", "a", Duration.ofMinutes(1)).isPresent());
        runs.change("r1", Optional.empty(), going -> going.handOver("ann", AT));
        new PgAuditLog(asService).append(new AuditEvent(AT, "ann", "DONE", "it", Map.of()));
        assertEquals(5, new PgAuditChain(asService).verify(new TreeMap<>()).verified());
    }

    @Test
    void theServiceIsRefusedWhatItMustNotDo() {
        new PgAuditLog(asService).append(new AuditEvent(AT, "ann", "DONE", "it", Map.of()));
        new PgRunStore(asService).open(TestRuns.open("olga", Mode.ADVISE, 2), Set.of(), List.of());

        for (String sql : FORBIDDEN) {
            String refusal = assertThrows(SQLException.class, () -> execute(sql), sql).getMessage();
            assertTrue(
                    refusal.contains("permission denied") || refusal.contains("must be owner"),
                    refusal);
        }
        assertTrue(new PgAuditChain(asService).verify(new TreeMap<>()).intact());
    }

    @Test
    void aForgedStartOfARunIsRefused() {
        new PgRunStore(asService).open(TestRuns.open("olga", Mode.ADVISE, 2), Set.of(), List.of());

        String refusal =
                assertThrows(SQLException.class, () -> execute("update run set state = 'RUNNING'"))
                        .getMessage();

        assertTrue(refusal.contains("0 of 2 approvals"), refusal);
    }

    @Test
    void aTableOfALaterReleaseIsGrantedByItsMigration() throws Exception {
        try (AgroalDataSource owner = database.pool(OWNER, PASSWORD);
                Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table later (a integer); create table kept (a integer); create trigger"
                            + " kept_is_never_changed before update or delete on kept for each row"
                            + " execute function refuse_change()");
            migrate(owner);
        }

        assertDoesNotThrow(() -> execute("insert into later values (1)"));
        assertDoesNotThrow(() -> execute("delete from later"));
        assertDoesNotThrow(() -> execute("insert into kept values (1)"));
        assertThrows(SQLException.class, () -> execute("delete from kept"));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = service.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
