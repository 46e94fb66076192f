package io.understudy.adapter.sqlserver;

import static io.understudy.adapter.sqlserver.SqlServerBench.CHAT1;
import static io.understudy.adapter.sqlserver.SqlServerBench.COPIED;
import static io.understudy.adapter.sqlserver.SqlServerBench.MGC;
import static io.understudy.adapter.sqlserver.SqlServerBench.SHARE;
import static io.understudy.adapter.sqlserver.SqlServerBench.SQL1;
import static io.understudy.adapter.sqlserver.SqlServerBench.SQL9;
import static io.understudy.counterpart.tds.SqlAnswer.row;
import static io.understudy.counterpart.tds.SqlAnswer.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.counterpart.tds.SqlAnswer;
import io.understudy.runbook.Action;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The chat store's log shipping, by Microsoft's driver over TLS. */
@Timeout(120)
class ShippingOrdersTest {

    private static final Action STOP = new Action.StopLogShipping(CHAT1, MGC, SQL9);
    private static final Action LOGS = new Action.RestoreLogs(CHAT1, MGC, SQL9);
    private static final Action RECOVER = new Action.RecoverDatabases(CHAT1, MGC, SQL9);
    private static final Action BACK_UP = new Action.BackUpDatabases(CHAT1, MGC, SQL9);
    private static final Action RESTORE = new Action.RestoreDatabases(CHAT1, MGC, SQL1);
    private static final String BACKUP = SHARE + "\\mgc_understudy_run-7.bak";

    private final SqlServerBench bench = new SqlServerBench();

    /** Backups on the share by their end, in the order of their names. */
    private final Map<String, Long> share = new TreeMap<>();

    private final Map<String, Long> copied = new TreeMap<>();
    private final AtomicLong restoredTo = new AtomicLong(100);
    private final AtomicReference<String> state = new AtomicReference<>("RESTORING");

    @BeforeEach
    void secondary() {
        share.put("mgc_20261121090000.trn", 100L);
        share.put("mgc_20261121091500.trn", 200L);
        share.put("mgc_20261121093000.trn", 300L);
        share.put("mgc_old_20261121094500.trn", 999L);
        share.put("readme.txt", 0L);
        bench.backend
                .on(
                        "d.is_in_standby",
                        _ -> rows("state_desc, is_in_standby", row(state.get(), false)))
                .on("xp_fileexist", rows("File Exists, File is a Directory", row(0, 1)))
                .on("xp_dirtree", r -> listed(String.valueOf(r.parameters().getFirst())))
                .on("HEADERONLY", r -> rows("LastLSN", row(end(file(r.parameters())) + "")))
                .on("s.last_lsn", _ -> rows("last_lsn", row(restoredTo.get() + "")))
                .on("dm_exec_sessions", rows("session_id", row(57), row(61)))
                .on("KILL 57", SqlAnswer.done())
                .on("KILL 61", SqlAnswer.failed(6106, "not an active process"))
                .on(
                        "RESTORE LOG [mgc]",
                        r -> {
                            restoredTo.set(end(file(r.parameters())));
                            return SqlAnswer.done();
                        })
                .on(
                        "RESTORE DATABASE [mgc] WITH RECOVERY",
                        _ -> {
                            state.set("ONLINE");
                            return SqlAnswer.informed(3014, "successfully processed");
                        });
    }

    private static String file(List<Object> parameters) {
        String path = String.valueOf(parameters.getFirst());
        return path.substring(path.lastIndexOf('\\') + 1);
    }

    private long end(String file) {
        return share.getOrDefault(file, copied.getOrDefault(file, -1L));
    }

    private SqlAnswer listed(String directory) {
        Map<String, Long> files = directory.equals(SHARE) ? share : copied;
        return rows(
                "subdirectory, depth, file",
                files.keySet().stream().map(f -> row(f, 1, 1)).toArray(Object[][]::new));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Presence check(Action action) {
        return bench.executor().check(bench.call(action));
    }

    private <T extends StepOutcome> T ends(Class<T> type, Action action) {
        StepOutcome outcome = bench.act(action);
        return assertInstanceOf(type, outcome, outcome.message());
    }

    @Test
    void shippingIsStoppedByItsProcedureWithTheNameAsData() {
        AtomicReference<Object[][]> shipped = new AtomicReference<>(new Object[][] {row("mgc")});
        bench.backend
                .on(
                        "log_shipping_secondary_databases",
                        _ -> rows("secondary_database", shipped.get()))
                .on(
                        "sp_delete_log_shipping_secondary_database",
                        r -> {
                            shipped.set(new Object[][] {});
                            return r.parameters().equals(List.of("mgc"))
                                    ? SqlAnswer.done()
                                    : SqlAnswer.failed(32009, "no such secondary");
                        });
        assertEquals(Presence.NOT_DONE, check(STOP));
        ends(StepOutcome.Done.class, STOP);
        assertEquals(Presence.DONE, check(STOP));
        ends(StepOutcome.Done.class, STOP);
        assertEquals(1, bench.orders().size());
    }

    @Test
    void logBackupsAreRestoredInOrderOfTimeWithTheirFilesAsData() {
        assertEquals(Presence.NOT_DONE, check(LOGS));
        ends(StepOutcome.Done.class, LOGS);
        String sql = "sql9.contoso.com: RESTORE LOG [mgc] FROM DISK = @P0 WITH NORECOVERY ";
        assertEquals(
                List.of(
                        sql + "[" + SHARE + "\\mgc_20261121091500.trn]",
                        sql + "[" + SHARE + "\\mgc_20261121093000.trn]"),
                bench.orders());
        assertEquals(Presence.DONE, check(LOGS));
    }

    @Test
    void aCopiedBackupIsTakenInPlaceOfTheShares() {
        copied.put("mgc_20261121091500.trn", 200L);
        ends(StepOutcome.Done.class, LOGS);
        assertTrue(bench.orders().getFirst().contains(COPIED + "\\mgc_20261121091500.trn"));
        assertTrue(bench.orders().getLast().contains(SHARE + "\\mgc_20261121093000.trn"));
    }

    @Test
    void withoutTheShareWhatWasCopiedIsRestored() {
        copied.put("mgc_20261121091500.trn", 200L);
        bench.backend.on(
                "xp_fileexist",
                r ->
                        rows(
                                "File Exists, File is a Directory",
                                row(0, r.parameters().contains(SHARE) ? 0 : 1)));
        ends(StepOutcome.Done.class, LOGS);
        assertEquals(1, bench.orders().size());
    }

    @Test
    void whereNothingCanBeReadNothingIsRestored() {
        bench.backend.on("xp_fileexist", rows("File Exists, File is a Directory", row(0, 0)));
        ends(StepOutcome.Refused.class, LOGS);
        ends(StepOutcome.Refused.class, RECOVER);
        assertEquals(List.of(), bench.orders());
    }

    @Test
    void aBackupThatIsAppliedAlreadyIsSkipped() {
        bench.backend.on(
                "RESTORE LOG [mgc]",
                r -> {
                    if (file(r.parameters()).equals("mgc_20261121091500.trn")) {
                        return SqlAnswer.failed(4326, "too early to apply");
                    }
                    restoredTo.set(end(file(r.parameters())));
                    return SqlAnswer.done();
                });
        ends(StepOutcome.Done.class, LOGS);
        assertEquals(2, bench.orders().size());
    }

    @Test
    void aGapStopsTheRestore() {
        bench.backend.on("RESTORE LOG [mgc]", SqlAnswer.failed(4305, "too recent to apply"));
        StepOutcome.Refused refused = ends(StepOutcome.Refused.class, LOGS);
        assertTrue(refused.message().contains("4305"), refused.message());
        assertTrue(refused.whatToDo().contains("gap"), refused.whatToDo());
        assertEquals(1, bench.orders().size());
    }

    @Test
    void aDatabaseThatServesTakesNoLogBackups() {
        state.set("ONLINE");
        ends(StepOutcome.Refused.class, LOGS);
        assertEquals(Presence.CANNOT_TELL, check(LOGS));
    }

    @Test
    void recoveryIsRefusedWhileABackupIsLeft() {
        StepOutcome.Refused refused = ends(StepOutcome.Refused.class, RECOVER);
        assertTrue(refused.message().contains("2 log backups"), refused.message());
        assertEquals(List.of(), bench.orders());
    }

    @Test
    void recoveryEndsTheSessionsAndOpensTheDatabase() {
        restoredTo.set(300);
        assertEquals(Presence.NOT_DONE, check(RECOVER));
        ends(StepOutcome.Done.class, RECOVER);
        assertEquals(
                List.of(
                        "sql9.contoso.com: KILL 57",
                        "sql9.contoso.com: KILL 61",
                        "sql9.contoso.com: RESTORE DATABASE [mgc] WITH RECOVERY"),
                bench.orders());
        assertEquals(Presence.DONE, check(RECOVER));
        ends(StepOutcome.Done.class, RECOVER);
        assertEquals(3, bench.orders().size());
    }

    @Test
    void aRecoveryWhoseAnswerIsLostIsUncertainAndFoundDone() {
        restoredTo.set(300);
        bench.backend.on(
                "WITH RECOVERY",
                _ -> {
                    state.set("ONLINE");
                    return new SqlAnswer.Broken();
                });
        ends(StepOutcome.Uncertain.class, RECOVER);
        assertEquals(Presence.DONE, check(RECOVER));
    }

    @Test
    void aFullBackupGoesToTheShareUnderTheRunsName() {
        state.set("ONLINE");
        AtomicReference<Object[][]> kept = new AtomicReference<>(new Object[][] {});
        bench.backend
                .on("s.type = 'D'", _ -> rows("backup_set_id", kept.get()))
                .on(
                        "BACKUP DATABASE [mgc] TO DISK",
                        _ -> {
                            kept.set(new Object[][] {row(1)});
                            return SqlAnswer.done();
                        });
        assertEquals(Presence.NOT_DONE, check(BACK_UP));
        ends(StepOutcome.Done.class, BACK_UP);
        assertEquals(
                List.of(
                        "sql9.contoso.com: BACKUP DATABASE [mgc] TO DISK = @P0"
                                + " WITH INIT, CHECKSUM ["
                                + BACKUP
                                + "]"),
                bench.orders());
        assertEquals(Presence.DONE, check(BACK_UP));
    }

    @Test
    void aDatabaseThatIsRestoringIsNotBackedUp() {
        bench.backend.on("s.type = 'D'", rows("backup_set_id"));
        ends(StepOutcome.Refused.class, BACK_UP);
    }

    @Test
    void theFullBackupIsRestoredToTheFilesOfThePrimary() {
        state.set("ONLINE");
        AtomicReference<String> last = new AtomicReference<>("another");
        primary(last);
        ends(StepOutcome.Done.class, RESTORE);
        assertEquals(
                "sql1.contoso.com: RESTORE DATABASE [mgc] FROM DISK = @P0 WITH REPLACE, RECOVERY,"
                        + " MOVE @P1 TO @P2 ["
                        + BACKUP
                        + ", mgc_data, D:\\sql\\mgc.mdf]",
                bench.orders().getLast());
        assertEquals(Presence.DONE, check(RESTORE));
    }

    private void primary(AtomicReference<String> last) {
        bench.mirroring(SQL1, SqlServerBench.mirrored("mgc", null, null));
        bench.backend
                .on("xp_fileexist", rows("File Exists, File is a Directory", row(1, 0)))
                .on("FILELISTONLY", rows("LogicalName", row("mgc_data"), row("mgc_new")))
                .on(
                        "sys.master_files f",
                        rows("name, physical_name", row("mgc_data", "D:\\sql\\mgc.mdf")))
                .on(
                        "f.physical_device_name FROM",
                        _ -> rows("restore_history_id, physical_device_name", row(9, last.get())))
                .on(
                        "RESTORE DATABASE [mgc] FROM DISK",
                        _ -> {
                            last.set(BACKUP);
                            return SqlAnswer.done();
                        });
    }

    @Test
    void aMirroredDatabaseIsNotRestoredOver() {
        state.set("ONLINE");
        primary(new AtomicReference<>("another"));
        bench.mirroring(SQL1, SqlServerBench.mirrored("mgc", "PRINCIPAL", "SYNCHRONIZED"));
        StepOutcome.Refused refused = ends(StepOutcome.Refused.class, RESTORE);
        assertTrue(refused.message().contains("1468"), refused.message());
    }

    @Test
    void aMissingBackupIsNotRestored() {
        primary(new AtomicReference<>("another"));
        bench.backend.on("xp_fileexist", rows("File Exists, File is a Directory", row(0, 0)));
        ends(StepOutcome.Refused.class, RESTORE);
        assertEquals(List.of(), bench.orders());
    }
}
