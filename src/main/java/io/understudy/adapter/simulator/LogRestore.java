package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import io.understudy.runbook.Action;
import java.util.List;
import java.util.Optional;

/** RESTORE LOG … WITH NORECOVERY of every backup that is not applied yet, in order. */
record LogRestore(Action.RestoreLogs action) implements ShippedChange {

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
        return !log(view).unapplied() && !log(view).shipping();
    }

    @Override
    public Optional<Verdict> refusal(TwinView view, ShippedLog log) {
        if (log.shipping()) {
            return Order.no(
                    view,
                    "the restore job still works on the databases",
                    "stop log shipping first");
        }
        return log.recovered()
                ? Order.no(
                        view,
                        "the databases are recovered: no log can be applied any more",
                        "what is missing can only be restored from the start")
                : Optional.empty();
    }

    @Override
    public ShippedLog next(ShippedLog log) {
        return log.applied();
    }

    @Override
    public String done() {
        return "every backup of " + String.join(", ", databases()) + " is applied";
    }
}
