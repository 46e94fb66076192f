package io.understudy.decision.rules;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.DataLoss;
import io.understudy.decision.GateClause;
import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.ImportStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How much of a home pool's data its pair has (domain.md 2.5), from the last known state of the
 * Backup Service, and what a failover would lose.
 *
 * @param clause not required: where it has not passed the loss is unknown, and two people must
 *     accept it (domain.md 8.5)
 */
record BackupService(GateClause clause, DataLoss loss) {

    private static final String CMS_MODULE = "CentralMgmt.CMSMaster";

    static BackupService of(PoolSituation home, PoolSituation backup, Instant failedAt) {
        List<Facts.BackupModule> modules =
                home.sight()
                        .lastFactsOfPool(home.pool().id())
                        .map(Facts.OfPool::backupService)
                        .orElse(List.of());
        List<Facts.BackupModule> counted = modules.stream().filter(BackupService::counts).toList();
        if (counted.isEmpty()) {
            return unknown(
                    ClauseResult.UNKNOWN,
                    "nobody has told the Backup Service state of " + home.pool().fqdn());
        }
        Optional<Facts.BackupModule> behind =
                counted.stream().filter(m -> !steady(m) && !boundedlyBehind(m)).findFirst();
        if (behind.isPresent()) {
            return unknown(
                    behind.get().exportStatus() == ExportStatus.UNKNOWN
                            ? ClauseResult.UNKNOWN
                            : ClauseResult.FAILED,
                    behind.get().module() + " was last " + behind.get().exportStatus());
        }
        if (importFails(backup)) {
            return unknown(
                    ClauseResult.FAILED,
                    backup.pool().fqdn() + " could not import what it was sent");
        }
        Duration bound = bound(home, counted, failedAt);
        boolean steady = counted.stream().allMatch(BackupService::steady);
        String words =
                steady
                        ? "all modules of " + home.pool().fqdn() + " were last steady"
                        : "not all modules of " + home.pool().fqdn() + " are steady now";
        return new BackupService(
                new GateClause(
                        Clause.BACKUP_SERVICE_STEADY,
                        steady ? ClauseResult.PASSED : ClauseResult.FAILED,
                        false,
                        words + "; lost is at most what was written in " + bound),
                new DataLoss.Bounded(bound));
    }

    private static BackupService unknown(ClauseResult result, String why) {
        return new BackupService(
                new GateClause(
                        Clause.BACKUP_SERVICE_STEADY,
                        result,
                        false,
                        why + "; what would be lost is not known and two people must accept that"),
                new DataLoss.Unknown());
    }

    /** NOT_INITIALIZED is normal for CMSMaster on a pool that does not host the CMS. */
    private static boolean counts(Facts.BackupModule module) {
        return module.exportStatus() != ExportStatus.NOT_INITIALIZED
                || !module.module().equals(CMS_MODULE);
    }

    /**
     * Final is no better than steady for a pool that was not frozen: it went on changing (domain.md
     * 2.5).
     */
    private static boolean steady(Facts.BackupModule module) {
        return module.exportStatus() == ExportStatus.STEADY_STATE
                || module.exportStatus() == ExportStatus.FINAL_STATE;
    }

    /**
     * It fell behind or failed, which a dead pool does, and it is told when it was steady last:
     * what was written since is at stake (row P11).
     */
    private static boolean boundedlyBehind(Facts.BackupModule module) {
        boolean behind =
                switch (module.exportStatus()) {
                    case NON_STEADY_STATE, ERROR_STATE -> true;
                    case STEADY_STATE, FINAL_STATE, NOT_INITIALIZED, UNKNOWN -> false;
                };
        return behind && module.lastSteadyAt().isPresent();
    }

    private static boolean importFails(PoolSituation backup) {
        return backup.sight()
                .lastFactsOfPool(backup.pool().id())
                .filter(facts ->
                        facts.backupService().stream()
                                .anyMatch(m -> m.importStatus() == ImportStatus.ERROR_STATE))
                .isPresent();
    }

    /**
     * From the oldest last steady time to the failure where that is told, in seconds begun, else
     * the release's objective.
     */
    private static Duration bound(
            PoolSituation home, List<Facts.BackupModule> modules, Instant failedAt) {
        Duration objective = home.pool().release().poolFailoverRpo();
        return modules.stream()
                .flatMap(m -> m.lastSteadyAt().stream())
                .min(Instant::compareTo)
                .map(steady -> secondsBegun(Duration.between(steady, failedAt)))
                .filter(Duration::isPositive)
                .map(gap ->
                        modules.stream().allMatch(m -> m.lastSteadyAt().isPresent())
                                ? gap
                                : larger(gap, objective))
                .orElse(objective);
    }

    private static Duration secondsBegun(Duration time) {
        return time.getNano() == 0 ? time : Duration.ofSeconds(time.getSeconds() + 1);
    }

    private static Duration larger(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    /** Modules that do not keep up, or fail, in either direction; of what is freshly told. */
    static List<String> troubled(PoolSituation pool) {
        List<Facts.BackupModule> modules =
                pool.told().map(Facts.OfPool::backupService).orElse(List.of());
        List<String> troubled = List.of();
        for (Facts.BackupModule module : modules) {
            if (counts(module) && isTroubled(module)) {
                troubled = troubled.isEmpty() ? new ArrayList<>() : troubled;
                troubled.add(
                        module.module()
                                + " exports "
                                + module.exportStatus()
                                + " and imports "
                                + module.importStatus());
            }
        }
        return troubled;
    }

    private static boolean isTroubled(Facts.BackupModule module) {
        return module.exportStatus() == ExportStatus.ERROR_STATE
                || module.exportStatus() == ExportStatus.NON_STEADY_STATE
                || module.importStatus() == ImportStatus.ERROR_STATE;
    }
}
