package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import io.understudy.runbook.Action;
import java.util.List;
import java.util.Optional;

/** RESTORE DATABASE … WITH RECOVERY: the secondary opens, and its log chain ends. */
record DatabaseRecovery(Action.RecoverDatabases action) implements ShippedChange {

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
        return log(view).recovered();
    }

    @Override
    public Optional<Verdict> refusal(TwinView view, ShippedLog log) {
        if (log.shipping()) {
            return Order.no(
                    view,
                    "the restore job still works on the databases",
                    "stop log shipping first");
        }
        return log.unapplied()
                ? Order.no(
                        view,
                        "log backups up to " + log.backedUpAt() + " are not applied",
                        "restore them first: nothing can be applied after the recovery")
                : Optional.empty();
    }

    @Override
    public ShippedLog next(ShippedLog log) {
        return log.opened();
    }

    @Override
    public String done() {
        return String.join(", ", databases()) + " recovered";
    }
}
