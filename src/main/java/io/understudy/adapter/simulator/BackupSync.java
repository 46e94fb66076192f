package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.estate.Pool;
import io.understudy.health.ExportStatus;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.Optional;

/** Invoke-CsBackupServiceSync (domain.md 2.5): it is steady sooner than by itself. */
record BackupSync(Action.SyncBackup action) implements Change {

    @Override
    public Optional<Verdict> senseless(TwinView view) {
        return pool(view).flatMap(view.estate()::backupOf).isPresent()
                ? Optional.empty()
                : Order.never(view, action.pool() + " has no backup pool to send to");
    }

    @Override
    public boolean there(TwinView view) {
        ExportStatus sent = view.pool(action.pool()).exportStatus();
        return sent == ExportStatus.STEADY_STATE || sent == ExportStatus.FINAL_STATE;
    }

    @Override
    public Optional<Verdict> refusal(TwinView view) {
        Pool pool = pool(view).orElseThrow();
        Pool partner = view.estate().backupOf(pool).orElseThrow();
        if (!BackupCopy.sends(view, pool)) {
            return Order.later(view, "no Backup Service of " + pool.fqdn() + " answers");
        }
        if (view.world().backupError(pool.fqdn())) {
            return Order.no(
                    view,
                    "the Backup Service of " + pool.fqdn() + " is in ERROR_STATE",
                    "mend services, file share, permissions or update level of the pool");
        }
        return BackupCopy.imports(view, pool, partner)
                ? Optional.empty()
                : Order.no(
                        view,
                        partner.fqdn() + " does not import what is sent",
                        "bring the backup pool and its Backup Service back");
    }

    @Override
    public Duration lasts(TwinSettings settings) {
        return settings.syncBackup();
    }

    @Override
    public TwinState changed(TwinView view) {
        return view.state()
                .withPool(
                        action.pool(),
                        view.pool(action.pool())
                                .withCopy(ExportStatus.STEADY_STATE, view.at(), Optional.empty()));
    }

    @Override
    public String done() {
        return "the Backup Service of " + action.pool() + " is steady";
    }

    private Optional<Pool> pool(TwinView view) {
        return view.estate().pool(action.pool()).filter(Pool::isFrontEnd);
    }
}
