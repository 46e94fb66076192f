package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import io.understudy.runbook.Action;
import java.util.List;
import java.util.Optional;

/** sp_delete_log_shipping_secondary_database: the copy and restore jobs go. */
record LogShippingStop(Action.StopLogShipping action) implements ShippedChange {

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
        return !log(view).shipping();
    }

    @Override
    public Optional<Verdict> refusal(TwinView view, ShippedLog log) {
        return Optional.empty();
    }

    @Override
    public ShippedLog next(ShippedLog log) {
        return log.stopped();
    }

    @Override
    public String done() {
        return "log shipping of " + String.join(", ", databases()) + " stopped";
    }
}
