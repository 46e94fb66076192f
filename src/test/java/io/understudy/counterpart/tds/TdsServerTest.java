package io.understudy.counterpart.tds;

import static io.understudy.counterpart.tds.SqlAnswer.row;
import static io.understudy.counterpart.tds.SqlAnswer.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SqlInstance;
import io.understudy.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server, to Microsoft's own client. */
@Timeout(60)
class TdsServerTest {

    private static final SqlInstance SQL1 =
            new SqlInstance(new ServerFqdn("sql1.contoso.com"), "rtc");

    @TempDir static Path directory;
    private static TestCertificates certificates;

    private final ScriptedSqlBackend backend = new ScriptedSqlBackend();
    private TdsServer server;

    @BeforeAll
    static void certify() {
        certificates = TestCertificates.make(directory, "dns:*.contoso.com");
    }

    @BeforeEach
    void start() throws IOException {
        server = new TdsServer(SQL1, "127.0.0.2", backend, Optional.of(certificates.context()));
        server.login("reader", "secret");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Connection connect(String... more) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "reader");
        properties.setProperty("password", "secret");
        properties.setProperty("encrypt", "true");
        properties.setProperty("trustStore", certificates.trustStore().toString());
        properties.setProperty("trustStorePassword", TestCertificates.PASSWORD);
        properties.setProperty("hostNameInCertificate", "sql1.contoso.com");
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("connectRetryCount", "0");
        for (int i = 0; i < more.length; i += 2) {
            properties.setProperty(more[i], more[i + 1]);
        }
        return new SQLServerDriver()
                .connect("jdbc:sqlserver://127.0.0.2:" + server.port(), properties);
    }

    @Test
    void aBatchIsAnsweredWithRowsOfEveryType() throws SQLException {
        LocalDateTime time = LocalDateTime.of(2026, 11, 21, 10, 0, 0);
        backend.on("FROM t", rows("a, b, c, d, e", row(7, true, time, "ü", null)));
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM t")) {
            assertTrue(row.next());
            assertEquals(7, row.getInt("a"));
            assertTrue(row.getBoolean("b"));
            assertEquals(time, row.getTimestamp("c").toLocalDateTime());
            assertEquals("ü", row.getString("d"));
            assertNull(row.getString("e"));
            assertFalse(row.next());
        }
        assertTrue(server.log().contains("batch SELECT * FROM t"), server.log().toString());
    }

    @Test
    void aPreparedStatementIsExecutedPreparedAndExecutedAgain() throws SQLException {
        backend.on(
                "WHERE x =", r -> rows("x, n", row(r.parameters().get(0), r.parameters().get(1))));
        try (Connection connection = connect();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT x FROM t WHERE x = ? AND n = ?")) {
            for (int i = 0; i < 4; i++) {
                statement.setString(1, "it's; --");
                statement.setInt(2, i);
                try (ResultSet row = statement.executeQuery()) {
                    assertTrue(row.next());
                    assertEquals("it's; --", row.getString(1));
                    assertEquals(i, row.getInt(2));
                }
            }
        }
        String log = server.log().toString();
        assertTrue(log.contains("sp_executesql") && log.contains("sp_prepexec"), log);
        assertTrue(log.contains("call sp_execute ["), log);
    }

    @Test
    void manyRowsNeedManyPackets() throws SQLException {
        Object[][] many = new Object[5000][];
        for (int i = 0; i < many.length; i++) {
            many[i] = row(i, "name " + i);
        }
        backend.on("FROM t", rows("i, name", many));
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM t")) {
            int count = 0;
            while (row.next()) {
                assertEquals("name " + count++, row.getString(2));
            }
            assertEquals(5000, count);
        }
    }

    @Test
    void errorsAndMessagesCarryTheirNumbers() throws SQLException {
        backend.on("ALTER", SqlAnswer.failed(1470, "only on the principal"));
        backend.on("BACKUP", SqlAnswer.informed(3014, "processed"));
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            SQLException e =
                    assertThrows(SQLException.class, () -> statement.execute("ALTER DATABASE x"));
            assertEquals(1470, e.getErrorCode());
            statement.execute("BACKUP DATABASE x");
            assertEquals(3014, statement.getWarnings().getErrorCode());
        }
    }

    @Test
    void strictEncryptionIsSpokenToo() throws SQLException {
        backend.on("SELECT 1", rows("one", row(1)));
        try (Connection connection = connect("encrypt", "strict");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT 1")) {
            assertTrue(row.next());
        }
        assertTrue(server.log().toString().contains("version=8000000"), server.log().toString());
    }

    @Test
    void aCertificateThatIsNotTrustedIsRefusedByTheClient() {
        SQLException e =
                assertThrows(
                        SQLException.class,
                        () -> connect("hostNameInCertificate", "sql1.fabrikam.com"));
        assertEquals("08S01", e.getSQLState());
        assertFalse(server.log().toString().contains("login"));
    }

    @Test
    void aWrongPasswordIs18456() {
        SQLException e = assertThrows(SQLException.class, () -> connect("password", "wrong"));
        assertEquals(18456, e.getErrorCode());
    }

    @Test
    void aTimedOutStatementIsCancelledAndTheConnectionServesOn() throws SQLException {
        backend.never("SLOW");
        backend.on("SELECT 1", rows("one", row(1)));
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThrows(SQLTimeoutException.class, () -> statement.execute("SLOW"));
            assertTrue(server.log().contains("attention"));
            try (ResultSet row = statement.executeQuery("SELECT 1")) {
                assertTrue(row.next());
            }
        }
    }

    @Test
    void anotherThreadCancels() throws Exception {
        CountDownLatch begun = backend.never("SLOW");
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            Thread other =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    begun.await();
                                    statement.cancel();
                                } catch (InterruptedException | SQLException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            assertThrows(SQLException.class, () -> statement.execute("SLOW"));
            other.join();
        }
    }

    @Test
    void aConnectionThatBreaksIsSeenByItsState() throws SQLException {
        backend.on("BREAK", new SqlAnswer.Broken());
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            SQLException e = assertThrows(SQLException.class, () -> statement.execute("BREAK"));
            assertEquals("08S01", e.getSQLState());
        }
    }

    @Test
    void aServerThatHangsIsLeftAtTheSocketsLimitOnly() throws SQLException {
        try (Connection connection = connect("socketTimeout", "1500");
                Statement statement = connection.createStatement()) {
            server.hang();
            statement.setQueryTimeout(1);
            SQLException e = assertThrows(SQLException.class, () -> statement.execute("SELECT 1"));
            assertEquals("08S01", e.getSQLState());
        }
        server.wake();
    }

    @Test
    void theBackendMayBeDown() {
        backend.down(SQL1);
        SQLException e = assertThrows(SQLException.class, this::connect);
        assertEquals("08S01", e.getSQLState());
        assertInstanceOf(SQLException.class, e);
    }
}
