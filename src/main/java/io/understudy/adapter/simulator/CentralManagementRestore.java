package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.adapter.simulator.TwinState.CentralManagementNow;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Invoke-CsManagementServerFailover -Restore (domain.md 5.4): the active master is named again; its
 * local copies and the replicas are older than the store afterwards.
 */
record CentralManagementRestore(Action.RestoreCentralManagement action) implements Change {

    private static final List<String> NEEDED =
            List.of(Services.BACKUP, Services.MASTER, Services.REPLICA, Services.FTA);

    @Override
    public Optional<Verdict> senseless(TwinView view) {
        return view.estate()
                        .pool(action.pool())
                        .filter(TwinView::keepsCentralManagement)
                        .isPresent()
                ? Optional.empty()
                : Order.never(view, action.pool() + " keeps no Central Management store");
    }

    @Override
    public boolean there(TwinView view) {
        return holds(view) && !view.centralManagementStuck();
    }

    @Override
    public Optional<Verdict> refusal(TwinView view) {
        Pool pool = view.estate().pool(action.pool()).orElseThrow();
        if (!holds(view)) {
            return Order.no(
                    view,
                    "the connection point in Active Directory does not name " + action.pool(),
                    "run it at the pool that Get-CsManagementConnection names");
        }
        if (!view.functional(pool)) {
            return Order.later(
                    view, "no Front End Server of " + pool.fqdn() + " could run the cmdlet");
        }
        if (!view.centralManagementStoreServes(pool)) {
            return Order.no(
                    view,
                    "the SQL store of " + pool.fqdn() + " does not answer",
                    "bring the store back first");
        }
        return Stream.concat(Stream.of(pool), view.estate().backupOf(pool).stream())
                .flatMap(half -> missing(view, half).stream())
                .findFirst();
    }

    private static Optional<Verdict> missing(TwinView view, Pool half) {
        return NEEDED.stream()
                .filter(Services.of(half)::contains)
                .filter(service -> !view.anyRuns(half, service))
                .findFirst()
                .flatMap(service ->
                        Order.no(
                                view,
                                service + " does not run in " + half.fqdn(),
                                "start LYNCBACKUP, MASTER, REPLICA and FTA in both pools first"));
    }

    @Override
    public Duration lasts(TwinSettings settings) {
        return settings.repairCentralManagement();
    }

    @Override
    public TwinState changed(TwinView view) {
        PoolFqdn pool = action.pool();
        CentralManagementNow now = view.state().centralManagement().orElseThrow();
        return view.state()
                .without(new Fault.CentralManagementStuck(pool)::equals)
                .withCentralManagement(new CentralManagementNow(pool, now.movedAt(), true, true));
    }

    @Override
    public String done() {
        return "the Central Management store is active at " + action.pool();
    }

    private boolean holds(TwinView view) {
        return view.centralManagement().filter(p -> p.fqdn().equals(action.pool())).isPresent();
    }
}
