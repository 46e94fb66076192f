package io.understudy.proof;

import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.ImportStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the Backup Service says of its modules. */
final class BackupTold {

    private BackupTold() {}

    static List<Facts.BackupModule> modules(Told.Backup backup, Instant loss) {
        ImportStatus imports =
                backup == Told.Backup.IMPORT_ERROR
                        ? ImportStatus.ERROR_STATE
                        : ImportStatus.NORMAL_STATE;
        Optional<Instant> steadyAt =
                backup == Told.Backup.BEHIND
                        ? Optional.of(loss.minus(Duration.ofMinutes(20)))
                        : Optional.empty();
        return export(backup)
                .map(exported ->
                        List.of(
                                new Facts.BackupModule(
                                        "UserServices.PresenceFocus", exported, imports, steadyAt),
                                new Facts.BackupModule(
                                        "ConfServices.DataConf", exported, imports, steadyAt)))
                .orElse(List.of());
    }

    private static Optional<ExportStatus> export(Told.Backup backup) {
        return switch (backup) {
            case FINAL -> Optional.of(ExportStatus.FINAL_STATE);
            case STEADY, IMPORT_ERROR -> Optional.of(ExportStatus.STEADY_STATE);
            case BEHIND -> Optional.of(ExportStatus.NON_STEADY_STATE);
            case ERROR -> Optional.of(ExportStatus.ERROR_STATE);
            case UNTOLD -> Optional.empty();
        };
    }
}
