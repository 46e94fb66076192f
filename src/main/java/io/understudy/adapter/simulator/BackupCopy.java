package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.TwinState.PoolNow;
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
            return with(now, now.exportStatus(), now.lastSteadyAt(), Optional.empty());
        }
        if (now.exportStatus() == ExportStatus.FINAL_STATE) {
            return with(now, ExportStatus.FINAL_STATE, at, Optional.empty());
        }
        if (view.world().backupError(pool.fqdn())) {
            return with(now, ExportStatus.ERROR_STATE, now.lastSteadyAt(), Optional.empty());
        }
        if (!imports(view, pool, partner.get())) {
            return with(now, ExportStatus.NON_STEADY_STATE, now.lastSteadyAt(), Optional.empty());
        }
        if (now.exportStatus() == ExportStatus.STEADY_STATE) {
            return with(now, ExportStatus.STEADY_STATE, at, Optional.empty());
        }
        Instant due = now.steadyAt().orElseGet(() -> at.plus(view.settings().backupSync()));
        return at.isBefore(due)
                ? with(now, ExportStatus.NON_STEADY_STATE, now.lastSteadyAt(), Optional.of(due))
                : with(now, ExportStatus.STEADY_STATE, at, Optional.empty());
    }

    /** Whether the pool is there to send anything. */
    static boolean sends(TwinView view, Pool pool) {
        return view.functional(pool)
                && view.backEndServes(pool)
                && view.anyRuns(pool, Services.BACKUP);
    }

    private static boolean imports(TwinView view, Pool from, Pool to) {
        return sends(view, to)
                && !view.world().backupError(to.fqdn())
                && view.world().connected(from.id(), to.id());
    }

    private static PoolNow with(
            PoolNow now, ExportStatus export, Instant lastSteadyAt, Optional<Instant> steadyAt) {
        return new PoolNow(
                now.state(),
                now.failedOverAt(),
                now.functional(),
                now.backEndLostSince(),
                export,
                lastSteadyAt,
                steadyAt);
    }
}
