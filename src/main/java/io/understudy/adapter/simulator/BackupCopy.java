package io.understudy.adapter.simulator;

import io.understudy.estate.Pool;
import io.understudy.health.ExportStatus;
import io.understudy.health.PoolState;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a pool's Backup Service has sent its data to the other half of the pair (domain.md 2.5).
 * What a pool that is gone had sent stays known to its partner.
 */
final class BackupCopy {

    private BackupCopy() {}

    static PoolNow next(TwinView view, Pool pool, PoolNow now, Instant at) {
        Optional<Pool> partner = view.estate().backupOf(pool);
        if (partner.isEmpty() || now.state() == PoolState.FAILED_OVER || !sends(view, pool)) {
            return now.withCopy(now.exportStatus(), now.lastSteadyAt(), Optional.empty());
        }
        if (now.exportStatus() == ExportStatus.FINAL_STATE) {
            return now.withCopy(ExportStatus.FINAL_STATE, at, Optional.empty());
        }
        if (view.world().backupError(pool.fqdn())) {
            return now.withCopy(ExportStatus.ERROR_STATE, now.lastSteadyAt(), Optional.empty());
        }
        if (!imports(view, pool, partner.get())) {
            return now.withCopy(
                    ExportStatus.NON_STEADY_STATE, now.lastSteadyAt(), Optional.empty());
        }
        if (now.exportStatus() == ExportStatus.STEADY_STATE) {
            return now.withCopy(ExportStatus.STEADY_STATE, at, Optional.empty());
        }
        Instant due = now.steadyAt().orElseGet(() -> at.plus(view.settings().backupSync()));
        return at.isBefore(due)
                ? now.withCopy(ExportStatus.NON_STEADY_STATE, now.lastSteadyAt(), Optional.of(due))
                : now.withCopy(ExportStatus.STEADY_STATE, at, Optional.empty());
    }

    /** Whether the pool is there to send anything. */
    static boolean sends(TwinView view, Pool pool) {
        return view.functional(pool)
                && view.backEndServes(pool)
                && view.anyRuns(pool, Services.BACKUP);
    }

    /** Whether what one pool sends reaches the other. */
    static boolean imports(TwinView view, Pool from, Pool to) {
        return sends(view, to)
                && !view.world().backupError(to.fqdn())
                && view.world().connected(from.id(), to.id());
    }
}
