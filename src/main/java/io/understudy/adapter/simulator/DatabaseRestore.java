package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.runbook.Action;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The full backup restored over the primary's databases, WITH RECOVERY. A mirror has to be brought
 * in step with them anew.
 */
record DatabaseRestore(Action.RestoreDatabases action) implements ShippedChange {

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
        return action.primary();
    }

    @Override
    public boolean there(TwinView view) {
        return log(view).returned();
    }

    @Override
    public Optional<Verdict> refusal(TwinView view, ShippedLog log) {
        return log.fullBackup()
                ? inUse(view)
                : Order.no(
                        view,
                        "there is no full backup of the secondary on the share",
                        "back the databases up on the secondary first");
    }

    @Override
    public ShippedLog next(ShippedLog log) {
        return log.withFullBackup(true);
    }

    @Override
    public String done() {
        return String.join(", ", databases()) + " restored on the primary";
    }

    @Override
    public Optional<SqlInstance> place(Store store) {
        return Optional.of(store.primary());
    }

    @Override
    public TwinState changed(TwinView view) {
        SortedMap<String, MirrorSession> sessions = new TreeMap<>(view.state().sessions());
        for (String database : databases()) {
            sessions.computeIfPresent(
                    Sessions.key(store(), database), (_, _) -> MirrorSession.REBUILT);
        }
        return ShippedChange.super.changed(view).withSessions(sessions);
    }
}
