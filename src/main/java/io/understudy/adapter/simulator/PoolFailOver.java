package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolRole;
import io.understudy.health.ExportStatus;
import io.understudy.health.PoolState;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Invoke-CsPoolFailOver (domain.md 5.1 step 7, 5.2). Running it again while the pool is
 * FAILING_OVER joins what is under way, as the documented rerun does, and changes nothing.
 */
record PoolFailOver(Action.FailOverPool action) implements Order {

    @Override
    public Presence presence(TwinView view) {
        return view.pool(action.pool()).state() == PoolState.FAILED_OVER
                ? Presence.DONE
                : Presence.NOT_DONE;
    }

    @Override
    public Verdict begin(TwinView view) {
        PoolNow now = view.pool(action.pool());
        if (now.state() == PoolState.FAILING_OVER) {
            return Order.nothing(view, "already failing over");
        }
        Optional<Verdict> no = refusal(view, now);
        if (no.isPresent()) {
            return no.get();
        }
        Instant until = view.at().plus(view.settings().failOverPool());
        ExportStatus export = action.disasterMode() ? now.exportStatus() : ExportStatus.FINAL_STATE;
        return new Verdict(
                view.state()
                        .withPool(
                                action.pool(),
                                now.withState(PoolState.FAILING_OVER, Optional.of(until), export)),
                new StepOutcome.Done("failing over"));
    }

    @Override
    public Duration takes(TwinView view) {
        return view.pool(action.pool())
                .failedOverAt()
                .map(until -> Duration.between(view.at(), until))
                .orElse(Duration.ZERO);
    }

    @Override
    public Verdict end(TwinView view) {
        return view.pool(action.pool()).state() == PoolState.FAILED_OVER
                ? Order.nothing(view, action.pool() + " is failed over to " + action.to())
                : new Verdict(
                        view.state(),
                        new StepOutcome.Uncertain(
                                action.pool()
                                        + " is "
                                        + view.pool(action.pool()).state()
                                        + " and not yet failed over"));
    }

    private Optional<Verdict> refusal(TwinView view, PoolNow now) {
        Optional<Pool> home = view.estate().pool(action.pool());
        Optional<Pool> backup = home.flatMap(view.estate()::backupOf);
        if (home.isEmpty() || backup.filter(p -> p.fqdn().equals(action.to())).isEmpty()) {
            return Order.no(
                    view,
                    action.to() + " is not the backup pool of " + action.pool(),
                    "pair the pools, or name the pool's own backup");
        }
        if (now.state() != PoolState.ACTIVE && now.state() != PoolState.FAILED_BACK) {
            return Order.no(
                    view,
                    "PoolState of " + action.pool() + " is " + now.state() + ", not ACTIVE",
                    "fail it back before it is failed over again");
        }
        return backupUnfit(view, backup.get())
                .or(() -> centralManagement(view))
                .or(() -> nextHop(view))
                .or(() -> planned(view, home.get(), now));
    }

    private Optional<Verdict> backupUnfit(TwinView view, Pool backup) {
        PoolState state = view.pool(backup.fqdn()).state();
        if (state == PoolState.FAILED_OVER || state == PoolState.FAILING_OVER) {
            return Order.no(
                    view,
                    backup.fqdn() + " is itself failed over onto " + action.pool(),
                    "fail " + backup.fqdn() + " back first");
        }
        if (!view.functional(backup) || !view.backEndServes(backup)) {
            return Order.no(
                    view,
                    backup.fqdn() + " is not functional and cannot take the users",
                    "restore the backup pool or the home pool");
        }
        return Optional.empty();
    }

    private Optional<Verdict> centralManagement(TwinView view) {
        if (view.state().centralManagement().isEmpty()) {
            return Optional.empty();
        }
        boolean here =
                view.centralManagement().filter(p -> p.fqdn().equals(action.pool())).isPresent();
        if (here || !view.centralManagementWritable()) {
            return Order.no(
                    view,
                    here
                            ? action.pool() + " hosts the active Central Management store"
                            : "the Central Management store does not answer",
                    "fail the Central Management store over first, then run this again");
        }
        return Optional.empty();
    }

    private Optional<Verdict> nextHop(TwinView view) {
        return view.estate().pools().stream()
                .filter(pool -> pool.role() == PoolRole.EDGE)
                .filter(edge -> view.nextHop(edge).filter(action.pool()::equals).isPresent())
                .findFirst()
                .flatMap(edge ->
                        Order.no(
                                view,
                                action.pool()
                                        + " is the next hop of the Edge pool "
                                        + edge.fqdn()
                                        + ": external access and federation would stop",
                                "give " + edge.fqdn() + " another next hop first"));
    }

    private Optional<Verdict> planned(TwinView view, Pool home, PoolNow now) {
        if (action.disasterMode()) {
            return Optional.empty();
        }
        if (!view.functional(home) || !view.backEndServes(home)) {
            return Order.no(
                    view,
                    action.pool() + " or its SQL store is down",
                    "use -DisasterMode once it is proven down");
        }
        boolean steady =
                now.exportStatus() == ExportStatus.STEADY_STATE
                        || now.exportStatus() == ExportStatus.FINAL_STATE;
        return steady
                ? Optional.empty()
                : Order.no(
                        view,
                        "the Backup Service of " + action.pool() + " is in " + now.exportStatus(),
                        "wait until it is steady");
    }
}
