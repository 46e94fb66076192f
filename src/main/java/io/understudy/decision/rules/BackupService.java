package io.understudy.decision.rules;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.DataLoss;
import io.understudy.decision.GateClause;
import io.understudy.estate.Pool;
import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.ImportStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of a home pool's data its pair has (domain.md 2.5), from the last known state of the
 * Backup Service, and what a failover would lose.
 *
 * @param clause not required: where it has not passed the loss is unknown, and two people must
 *     accept it (domain.md 8.5)
 */
record BackupService(GateClause clause, DataLoss loss) {

    private static final String CMS_MODULE = "CentralMgmt.CMSMaster";

    static BackupService of(PoolSituation home, Pool backup, Instant failedAt) {
        List<Facts.BackupModule> counted = counted(home);
        if (counted.isEmpty()) {
            return unknown(
                    ClauseResult.UNKNOWN,
                    "nobody has told the Backup Service state of " + home.pool().fqdn());
        }
        boolean steady = true;
        for (Facts.BackupModule module : counted) {
            if (!steady(module) && !boundedlyBehind(module)) {
                return unknown(
                        module.exportStatus() == ExportStatus.UNKNOWN
                                ? ClauseResult.UNKNOWN
                                : ClauseResult.FAILED,
                        module.module() + " was last " + module.exportStatus());
            }
            steady &= steady(module);
        }
        if (importFails(home.sight(), backup)) {
            return unknown(
                    ClauseResult.FAILED, backup.fqdn() + " could not import what it was sent");
        }
        return bounded(home.pool(), steady, bound(home, counted, failedAt));
    }

    private static BackupService bounded(Pool home, boolean steady, Duration bound) {
        String words =
                steady
                        ? "all modules of " + home.fqdn() + " were last steady"
                        : "not all modules of " + home.fqdn() + " are steady now";
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

    private static List<Facts.BackupModule> counted(PoolSituation home) {
        List<Facts.BackupModule> counted = new ArrayList<>();
        if (home.facts().facts() instanceof Facts.OfPool told) {
            for (Facts.BackupModule module : told.backupService()) {
                if (counts(module)) {
                    counted.add(module);
                }
            }
        }
        return counted;
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

    private static boolean importFails(Sight sight, Pool backup) {
        if (sight.facts(backup.id()).facts() instanceof Facts.OfPool told) {
            for (Facts.BackupModule module : told.backupService()) {
                if (module.importStatus() == ImportStatus.ERROR_STATE) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * From the oldest last steady time to the failure where that is told, in seconds begun, else
     * the release's objective.
     */
    private static Duration bound(
            PoolSituation home, List<Facts.BackupModule> modules, Instant failedAt) {
        Duration objective = home.pool().release().poolFailoverRpo();
        Instant oldest = failedAt;
        boolean allTold = true;
        for (Facts.BackupModule module : modules) {
            Instant steady = module.lastSteadyAt().orElse(failedAt);
            oldest = steady.isBefore(oldest) ? steady : oldest;
            allTold &= module.lastSteadyAt().isPresent();
        }
        Duration gap = secondsBegun(Duration.between(oldest, failedAt));
        return gap.isPositive() && allTold ? gap : larger(gap, objective);
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
