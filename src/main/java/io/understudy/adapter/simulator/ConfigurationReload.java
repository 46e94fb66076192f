package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.adapter.simulator.TwinState.CentralManagementNow;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.Optional;

/** Export-CsConfiguration and Import-CsConfiguration -LocalStore on each server of a pool. */
record ConfigurationReload(Action.ReloadConfiguration action) implements Change {

    @Override
    public Optional<Verdict> senseless(TwinView view) {
        return view.estate().pool(action.pool()).isPresent()
                ? Optional.empty()
                : Order.never(view, "there is no pool " + action.pool());
    }

    @Override
    public boolean there(TwinView view) {
        return !view.centralManagementStuck() && stale(view).isEmpty();
    }

    @Override
    public Optional<Verdict> refusal(TwinView view) {
        return view.configurable()
                ? Optional.empty()
                : Order.no(
                        view,
                        "the Central Management store does not answer: nothing to export",
                        "restore the Central Management store first");
    }

    @Override
    public Duration lasts(TwinSettings settings) {
        return settings.repairCentralManagement();
    }

    @Override
    public TwinState changed(TwinView view) {
        return stale(view)
                .map(now ->
                        new CentralManagementNow(
                                now.activeMaster(), now.movedAt(), false, now.replicasBehind()))
                .map(view.state()::withCentralManagement)
                .orElse(view.state());
    }

    @Override
    public String done() {
        return "the servers of " + action.pool() + " have the configuration of the store";
    }

    private Optional<CentralManagementNow> stale(TwinView view) {
        return view.state()
                .centralManagement()
                .filter(CentralManagementNow::copiesStale)
                .filter(now -> now.activeMaster().equals(action.pool()));
    }
}
