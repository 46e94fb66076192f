package io.understudy.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.understudy.control.Unavailable;
import io.understudy.control.UnstorableValue;
import io.understudy.run.Contention;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class DatabaseTest {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(3);

    @RegisterExtension final TestDatabase database = new TestDatabase();

    @Test
    void aServerThatIsNotThereIsUnavailable() throws Exception {
        var nowhere = new PGSimpleDataSource();
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nowhere.setUrl("jdbc:postgresql://127.0.0.1:" + socket.getLocalPort() + "/none");
        }

        var failure =
                assertThrows(
                        StoreUnavailable.class,
                        () -> new Database(nowhere, settings(1)).run("look", _ -> {}));

        assertEquals(RETRY_AFTER, failure.retryAfter());
        assertTrue(failure.getMessage().contains("quarkus.datasource"), failure.getMessage());
        assertInstanceOf(Unavailable.class, failure);
    }

    @Test
    void anExhaustedPoolIsUnavailable() throws Exception {
        try (AgroalDataSource one = database.pool(1, TestDatabase.PATIENCE);
                Connection taken = one.getConnection()) {
            one.getConfiguration()
                    .connectionPoolConfiguration()
                    .setAcquisitionTimeout(Duration.ofMillis(50));
            assertThrows(
                    StoreUnavailable.class,
                    () -> new Database(one, settings(1)).run("look", _ -> {}));
            assertTrue(taken.isValid(5));
        }
    }

    @Test
    void aStatementThatTakesTooLongIsUnavailable() {
        var impatient = new Database(database.source(), settings(1));

        assertThrows(
                StoreUnavailable.class,
                () -> impatient.run("sleep", s -> s.list("select pg_sleep(60)", _ -> true)));
    }

    @Test
    void aLockThatIsHeldTooLongIsUnavailable() throws Exception {
        try (Connection other = database.source().getConnection()) {
            other.setAutoCommit(false);
            try (var lock = other.createStatement()) {
                lock.execute("lock table audit");
            }

            assertThrows(
                    StoreUnavailable.class,
                    () ->
                            new Database(database.source(), settings(1))
                                    .run("look", s -> s.list("select from audit", _ -> true)));
            other.rollback();
        }
    }

    @Test
    void connectionsThatDiedInThePoolAreReplaced() throws Exception {
        Contention.of(5, _ -> database.database().call("look", DatabaseTest::one));
        try (AgroalDataSource another = database.pool(1, TestDatabase.PATIENCE);
                Connection connection = another.getConnection();
                var kill = connection.createStatement()) {
            kill.execute(
                    "select pg_terminate_backend(pid, 10000) from pg_stat_activity"
                            + " where datname = current_database() and pid <> pg_backend_pid()");
        }

        assertEquals(
                1, new Database(database.source(), patient(10)).call("look", DatabaseTest::one));
    }

    @Test
    void whoHandsOutConnectionsIsToldOfOneThatLeadsNowhere() throws Exception {
        var told = new AtomicInteger();
        var watched = new Database(database.source(), patient(2), told::incrementAndGet);

        watched.call("look", DatabaseTest::one);
        assertEquals(0, told.get());
        for (String state : List.of("08006", "57P01", "25006")) {
            assertThrows(
                    StoreUnavailable.class,
                    () ->
                            watched.run(
                                    "lose",
                                    _ -> {
                                        throw new SQLException("gone", state);
                                    }));
        }

        assertEquals(6, told.get(), "at each of two attempts");
    }

    @Test
    void aServerThatIsSilentIsNotAskedAgainAtOnce() {
        var attempts = new AtomicInteger();

        assertThrows(
                StoreUnavailable.class,
                () ->
                        database.database()
                                .run(
                                        "wait",
                                        _ -> {
                                            attempts.incrementAndGet();
                                            throw new SQLException(
                                                    "silent",
                                                    "08006",
                                                    new SocketTimeoutException("Read timed out"));
                                        }));

        assertEquals(1, attempts.get());
    }

    @Test
    void aCommitThatNoStandbyConfirmedIsNotAcknowledged() throws Exception {
        database.execute("create table slot (id int)");
        database.execute("alter system set synchronous_standby_names = 'nobody'");
        try {
            database.execute("select pg_reload_conf()");
            CompletableFuture<Void> adding = CompletableFuture.runAsync(this::addUntilItFails);
            while (!adding.isDone()) {
                database.text(
                        "select count(pg_cancel_backend(pid)) from pg_stat_activity"
                                + " where wait_event = 'SyncRep' and datname = current_database()");
            }

            var failure =
                    assertInstanceOf(
                            StoreUnavailable.class,
                            assertThrows(CompletionException.class, adding::join).getCause());
            assertTrue(failure.getMessage().contains("standby"), failure.getMessage());
            assertTrue(failure.inDoubt());
        } finally {
            database.execute("alter system reset synchronous_standby_names");
            database.execute("select pg_reload_conf()");
        }
    }

    @Test
    void ofTwoInADeadlockBothSucceedInTheEnd() throws Exception {
        database.execute("create table slot (id int primary key, n int)");
        database.execute("insert into slot values (0, 0), (1, 0)");
        var bothHoldOne = new CyclicBarrier(2);
        var attempts = new AtomicInteger();

        Contention.of(
                2,
                i -> {
                    var first = new AtomicInteger();
                    database.database()
                            .run(
                                    "add to both",
                                    session -> {
                                        attempts.incrementAndGet();
                                        session.update("update slot set n = n + 1 where id = ?", i);
                                        if (first.getAndIncrement() == 0) {
                                            await(bothHoldOne);
                                        }
                                        session.update(
                                                "update slot set n = n + 1 where id = ?", 1 - i);
                                    });
                    return true;
                });

        assertEquals("2 2", database.text("select string_agg(n::text, ' ') from slot"));
        assertTrue(attempts.get() > 2, "there was no deadlock");
    }

    @Test
    void aConflictThatNeverEndsIsUnavailableAfterTheLastAttempt() {
        var attempts = new AtomicInteger();

        assertThrows(
                StoreUnavailable.class,
                () ->
                        new Database(database.source(), settings(4))
                                .run(
                                        "lose",
                                        _ -> {
                                            attempts.incrementAndGet();
                                            throw new SQLException("again", "40001");
                                        }));

        assertEquals(4, attempts.get());
    }

    @Test
    void anExceptionOfTheWorkRollsBackAndIsThrownAsItIs() throws Exception {
        database.execute("create table slot (id int)");
        var mine = new IllegalArgumentException("mine");

        var thrown =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                database.database()
                                        .run(
                                                "add",
                                                s -> {
                                                    s.update("insert into slot values (1)");
                                                    throw mine;
                                                }));

        assertEquals(mine, thrown);
        assertEquals("0", database.text("select count(*) from slot"));
    }

    @Test
    void commitsAreDurableEvenWhereTheServerIsSetUpNotToBe() throws Exception {
        assertEquals("off", database.text("show synchronous_commit"));

        assertEquals(
                List.of("on"),
                database.database()
                        .call(
                                "look",
                                s -> s.list("show synchronous_commit", row -> row.getString(1))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "local", "remote_write"})
    void commitsOutliveAFailoverEvenWhereTheServerWouldNotWaitForItsStandby(String careless) {
        assertEquals(
                List.of("on"),
                database.database()
                        .call(
                                "look",
                                s -> {
                                    s.update("set local synchronous_commit = " + careless);
                                    s.limit(Duration.ofSeconds(9), Duration.ofSeconds(9));
                                    return s.list(
                                            "show synchronous_commit", row -> row.getString(1));
                                }));
    }

    @ParameterizedTest
    @CsvSource({
        "08001, false", "08006, false", "57P01, false", "57P03, false", "53300, false",
        "57014, false", "55P03, false", "25006, false", "40001, false", "53100, false",
        "53200, false", "58030, false", "22021, true"
    })
    void statesAreToldApart(String state, boolean faultOfTheValue) {
        RuntimeException told =
                SqlStates.translated("look", new SQLException("x", state), RETRY_AFTER);

        assertEquals(faultOfTheValue, told instanceof UnstorableValue);
        assertEquals(!faultOfTheValue, told instanceof Unavailable);
        assertTrue(told.getMessage().contains(state), told.getMessage());
    }

    @Test
    void whatNobodyExpectedIsAFailure() {
        assertInstanceOf(
                StoreFailure.class,
                SqlStates.translated("look", new SQLException("no state"), RETRY_AFTER));
        assertInstanceOf(
                StoreFailure.class,
                SqlStates.translated("look", new SQLException("x", "42P01"), RETRY_AFTER));
    }

    /** At first the server may not have read its settings anew. */
    private void addUntilItFails() {
        while (true) {
            database.database().run("add", s -> s.update("insert into slot values (1)"));
        }
    }

    private static int one(Session session) throws SQLException {
        return session.first("select 1 as one", row -> row.getInt("one")).orElseThrow();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Database.Settings patient(int attempts) {
        return new Database.Settings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                attempts,
                RETRY_AFTER);
    }

    private static Database.Settings settings(int attempts) {
        return new Database.Settings(
                Duration.ofMillis(300),
                Duration.ofMillis(100),
                Duration.ofSeconds(10),
                attempts,
                RETRY_AFTER);
    }
}
