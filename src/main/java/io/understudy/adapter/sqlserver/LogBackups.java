package io.understudy.adapter.sqlserver;

import io.understudy.adapter.sqlserver.SqlServerSettings.Shipping;
import io.understudy.estate.SqlInstance;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The log backups of a store, as the secondary's SQL Server sees them: those that were copied, and
 * those on the share.
 *
 * @param secondary whose account opens the files
 */
record LogBackups(Visit visit, SqlInstance secondary, Shipping shipping) {

    private static final String IS_DIRECTORY = "EXEC master.sys.xp_fileexist ?";
    private static final String LIST = "EXEC master.sys.xp_dirtree ?, 1, 1";
    private static final String HEADER = "RESTORE HEADERONLY FROM DISK = ?";
    private static final String RESTORED =
            "SELECT TOP (1) s.last_lsn FROM msdb.dbo.restorehistory h"
                    + " JOIN msdb.dbo.backupset s ON s.backup_set_id = h.backup_set_id"
                    + " WHERE h.destination_database_name = ?"
                    + " ORDER BY h.restore_history_id DESC";

    /** What lies there: files in order of time, and directories that cannot be read. */
    record Found(List<String> files, List<String> unreadable) {

        /** Whether anything at all could be looked at. */
        boolean told(Shipping shipping) {
            return unreadable.size() < (shipping.copied().isPresent() ? 2 : 1);
        }
    }

    /**
     * The backups of a database by the time in their names, which log shipping writes as UTC: a
     * name in both directories counts once, as copied.
     */
    Found of(String database) throws SqlTrouble {
        SortedMap<String, String> byName = new TreeMap<>();
        List<String> unreadable = new ArrayList<>();
        list(shipping.share(), database, byName, unreadable);
        if (shipping.copied().isPresent()) {
            list(shipping.copied().get(), database, byName, unreadable);
        }
        return new Found(List.copyOf(byName.values()), List.copyOf(unreadable));
    }

    private void list(
            String directory,
            String database,
            SortedMap<String, String> to,
            List<String> unreadable)
            throws SqlTrouble {
        boolean there =
                visit.ask(secondary, IS_DIRECTORY, directory).stream()
                        .anyMatch(row -> row.flag("File is a Directory").orElse(false));
        if (!there) {
            unreadable.add(directory);
            return;
        }
        Pattern name =
                Pattern.compile(
                        Pattern.quote(database) + "_\\d{14}\\.trn", Pattern.CASE_INSENSITIVE);
        for (Row row : visit.ask(secondary, LIST, directory)) {
            String file = row.name("subdirectory");
            if (row.flag("file").orElse(false) && name.matcher(file).matches()) {
                to.put(file.toLowerCase(Locale.ROOT), directory + "\\" + file);
            }
        }
    }

    /** Those whose end lies behind what was restored last, oldest first. */
    List<String> unapplied(String database, List<String> files) throws SqlTrouble {
        Optional<BigDecimal> restored =
                visit.ask(secondary, RESTORED, database).stream()
                        .findFirst()
                        .flatMap(row -> row.decimal("last_lsn"));
        List<String> left = new ArrayList<>();
        for (int i = files.size() - 1; i >= 0; i--) {
            Optional<BigDecimal> end = end(files.get(i));
            if (restored.isPresent()
                    && end.isPresent()
                    && end.get().compareTo(restored.get()) <= 0) {
                // all before it are older still
                break;
            }
            left.addFirst(files.get(i));
        }
        return left;
    }

    private Optional<BigDecimal> end(String file) throws SqlTrouble {
        return visit.ask(secondary, HEADER, file).stream()
                .map(row -> row.decimal("LastLSN"))
                .flatMap(Optional::stream)
                .max(BigDecimal::compareTo);
    }
}
