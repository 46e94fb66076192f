package io.understudy.runbook;

import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import java.time.Duration;
import java.util.List;

/**
 * The steps on databases whose log is shipped (domain.md 6.4 to 6.8). What they did shows only in
 * SQL Server's own catalog, so their executor looks a second time instead of a probe.
 */
final class LogShipped {

    private static final Duration JOBS_LIMIT = Duration.ofMinutes(5);
    private static final Duration LOGS_LIMIT = Duration.ofHours(1);
    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(30);
    private static final Duration COPY_LIMIT = Duration.ofHours(2);
    private static final Duration BY_HAND = Duration.ofHours(1);

    private LogShipped() {}

    static Draft stop(StoreName store, List<String> databases, SqlInstance secondary) {
        return Draft.of(
                        "Stop log shipping to " + secondary,
                        new Action.StopLogShipping(store, databases, secondary),
                        JOBS_LIMIT,
                        "-- on " + secondary,
                        "USE master;",
                        Words.each(
                                databases,
                                name ->
                                        "EXEC sp_delete_log_shipping_secondary_database "
                                                + Words.literal(name)
                                                + ";"))
                .undoneBy("configure log shipping again, as the failback does")
                .noting("it drops the copy and restore jobs; what they copied stays");
    }

    static Draft restoreLogs(StoreName store, List<String> databases, SqlInstance secondary) {
        return Draft.of(
                        "Apply every log backup that is left on " + secondary,
                        new Action.RestoreLogs(store, databases, secondary),
                        LOGS_LIMIT,
                        "-- on "
                                + secondary
                                + "; first copy from the log shipping share what is"
                                + " not in the destination folder yet",
                        Words.each(
                                databases,
                                name ->
                                        "RESTORE LOG "
                                                + Words.bracketed(name)
                                                + " FROM DISK = N'<each file, oldest first>' WITH"
                                                + " NORECOVERY;"))
                .undoneBy("nothing: the databases stay restoring")
                .noting(
                        "in the order of their times, each once, none left out: a gap ends the"
                                + " chain, and what is not applied now is lost with the next step");
    }

    static Draft recover(StoreName store, List<String> databases, SqlInstance secondary) {
        return Draft.of(
                        "Recover " + Words.listed(databases) + " on " + secondary,
                        new Action.RecoverDatabases(store, databases, secondary),
                        RECOVERY_LIMIT,
                        "-- on " + secondary,
                        "EXEC sp_who2; -- and KILL every session in the database",
                        Words.each(
                                databases,
                                name ->
                                        "RESTORE DATABASE "
                                                + Words.bracketed(name)
                                                + " WITH RECOVERY;"))
                .undoneBy("nothing: no more log of the primary can be applied")
                .forGood()
                .noting(
                        "the point of no return of the log chain: not before every log backup is"
                                + " applied, nor while a copy in the first datacenter can be back"
                                + " soon",
                        "mgccomp is not failed over: what it holds is transient");
    }

    static Draft backUp(StoreName store, List<String> databases, SqlInstance secondary) {
        return Draft.of(
                        "Back up " + Words.listed(databases) + " on " + secondary,
                        new Action.BackUpDatabases(store, databases, secondary),
                        COPY_LIMIT,
                        "-- on " + secondary,
                        Words.each(
                                databases,
                                name ->
                                        "BACKUP DATABASE "
                                                + Words.bracketed(name)
                                                + " TO DISK = N'<log shipping share>\\"
                                                + name.replace("'", "''")
                                                + ".bak' WITH INIT;"))
                .undoneBy("delete the file")
                .noting("a full backup, to the share that log shipping uses");
    }

    static Draft restoreOver(StoreName store, List<String> databases, SqlInstance primary) {
        return Draft.of(
                        "Restore " + Words.listed(databases) + " over the copies of " + primary,
                        new Action.RestoreDatabases(store, databases, primary),
                        COPY_LIMIT,
                        "-- on " + primary,
                        Words.each(
                                databases,
                                name ->
                                        "RESTORE DATABASE "
                                                + Words.bracketed(name)
                                                + " FROM DISK = N'<log shipping share>\\"
                                                + name.replace("'", "''")
                                                + ".bak' WITH REPLACE, RECOVERY;"))
                .undoneBy("nothing brings back what the primary held before")
                .forGood()
                .noting(
                        "what was written on the primary and never shipped is overwritten: save it"
                                + " first if anybody wants it",
                        "SQL Server's account needs to read the share");
    }

    static Draft configure(Store store, SqlInstance secondary) {
        return Draft.of(
                        "Configure log shipping from " + store.primary() + " to " + secondary,
                        new Action.ByHand(),
                        BY_HAND,
                        "-- SQL Server Management Studio, properties of mgc, Transaction Log"
                                + " Shipping: enable as primary; share, schedule; add the secondary"
                                + " with \"Yes, generate a full backup…\", No recovery mode, delay"
                                + " 0 minutes",
                        store.mirror()
                                .map(mirror ->
                                        "-- and once more from the mirror "
                                                + mirror
                                                + ": Invoke-CsDatabaseFailover -DatabaseType"
                                                + " PersistentChat -NewPrincipal Mirror; the same"
                                                + " share and values, \"No, the secondary database"
                                                + " is initialized\"; script it, run only the half"
                                                + " to \"End: Script to be run at Primary\", cancel"
                                                + " the dialog; fail back to the primary")
                                .orElse("-- the store has no mirror: that is all"))
                .undoneBy("sp_delete_log_shipping_secondary_database on " + secondary)
                .noting(
                        "SQL Server Agent runs on all of them; on the secondary its account reads"
                                + " the share and writes the destination folder",
                        "until it is done there is no copy in the other datacenter");
    }
}
