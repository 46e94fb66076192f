package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import io.understudy.runbook.Action;
import java.util.List;
import java.util.Optional;

/** A full backup of the recovered databases, to the log shipping share. */
record DatabaseBackup(Action.BackUpDatabases action) implements ShippedChange {

    @Override
    public StoreName store() {
        return action.store();
    }

    @Override
    public List<String> databases() {
        return action.databases();
    }

    @Override
    public SqlInstance instance() {
        return action.secondary();
    }

    @Override
    public boolean there(TwinView view) {
        return log(view).fullBackup();
    }

    @Override
    public Optional<Verdict> refusal(TwinView view, ShippedLog log) {
        return log.recovered()
                ? inUse(view)
                : Order.no(
                        view,
                        "the databases are RESTORING and cannot be backed up",
                        "only a secondary that was recovered is backed up");
    }

    @Override
    public ShippedLog next(ShippedLog log) {
        return log.withFullBackup(false);
    }

    @Override
    public String done() {
        return "full backup of " + String.join(", ", databases()) + " on the share";
    }
}
