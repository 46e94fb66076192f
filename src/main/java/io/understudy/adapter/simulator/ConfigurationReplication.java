package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.adapter.simulator.TwinState.CentralManagementNow;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.Optional;

/** Invoke-CsManagementStoreReplication (domain.md 5.4). */
record ConfigurationReplication(Action.ReplicateConfiguration action) implements Change {

    @Override
    public Optional<Verdict> senseless(TwinView view) {
        return view.estate().pool(action.pool()).isPresent()
                ? Optional.empty()
                : Order.never(view, "there is no pool " + action.pool());
    }

    @Override
    public boolean there(TwinView view) {
        return !view.centralManagementStuck()
                && view.state()
                        .centralManagement()
                        .filter(CentralManagementNow::replicasBehind)
                        .isEmpty();
    }

    @Override
    public Optional<Verdict> refusal(TwinView view) {
        return view.configurable()
                ? Optional.empty()
                : Order.no(
                        view,
                        "the Central Management store does not answer: nothing is replicated",
                        "restore the Central Management store first");
    }

    @Override
    public Duration lasts(TwinSettings settings) {
        return settings.repairCentralManagement();
    }

    @Override
    public TwinState changed(TwinView view) {
        return view.state()
                .centralManagement()
                .map(now ->
                        new CentralManagementNow(
                                now.activeMaster(), now.movedAt(), now.copiesStale(), false))
                .map(view.state()::withCentralManagement)
                .orElse(view.state());
    }

    @Override
    public String done() {
        return "the replicas have the configuration of the store";
    }
}
