package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.adapter.simulator.TwinState.CentralManagementNow;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Pool;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.Optional;

/** Invoke-CsManagementServerFailover (domain.md 5.1 step 5, 5.4). */
record ManagementServerFailOver(Action.MoveCentralManagement action) implements Order {

    @Override
    public Presence presence(TwinView view) {
        return there(view) ? Presence.DONE : Presence.NOT_DONE;
    }

    @Override
    public Verdict begin(TwinView view) {
        if (there(view)) {
            return Order.nothing(view, "it is at " + action.to() + " already");
        }
        return refusal(view).orElseGet(() -> Order.nothing(view, "begun"));
    }

    @Override
    public Duration takes(TwinView view) {
        return there(view) ? Duration.ZERO : view.settings().moveCentralManagement();
    }

    @Override
    public Verdict end(TwinView view) {
        Verdict still = begin(view);
        if (there(view) || !(still.outcome() instanceof StepOutcome.Done)) {
            return still;
        }
        return new Verdict(
                view.state()
                        .withCentralManagement(
                                new CentralManagementNow(action.to(), Optional.of(view.at()))),
                new StepOutcome.Done("the Central Management store is active at " + action.to()));
    }

    private boolean there(TwinView view) {
        return !view.centralManagementStuck()
                && view.state()
                        .centralManagement()
                        .filter(cms -> cms.activeMaster().equals(action.to()))
                        .isPresent();
    }

    private Optional<Verdict> refusal(TwinView view) {
        Optional<Pool> to = view.estate().pool(action.to());
        boolean standby =
                to.filter(pool -> pool.backupPool().filter(action.from()::equals).isPresent())
                        .isPresent();
        boolean active =
                view.centralManagement().filter(p -> p.fqdn().equals(action.from())).isPresent();
        if (!active || !standby || to.isEmpty()) {
            return Optional.of(
                    Order.refused(
                            view,
                            "the store at "
                                    + action.to()
                                    + " is not in backup mode for one that is active at "
                                    + action.from(),
                            "look up where the active master is, and its backup pool"));
        }
        return stuck(view)
                .or(() -> tooSoon(view))
                .or(() -> targetUnfit(view, to.get()))
                .or(() -> forceWrong(view));
    }

    private static Optional<Verdict> stuck(TwinView view) {
        return view.centralManagementStuck()
                ? Order.no(
                        view,
                        "the active master is blank: the store is not in Backup mode",
                        "restore it where Get-CsManagementConnection says, do not move it")
                : Optional.empty();
    }

    private static Optional<Verdict> tooSoon(TwinView view) {
        return view.state()
                .centralManagement()
                .flatMap(CentralManagementNow::movedAt)
                .map(moved -> moved.plus(view.settings().centralManagementPause()))
                .filter(until -> view.at().isBefore(until))
                .map(until ->
                        Order.refused(
                                view,
                                "a failover is in progress already, or Active Directory has"
                                        + " not replicated the last one",
                                "wait until " + until + " before moving it again"));
    }

    private Optional<Verdict> targetUnfit(TwinView view, Pool to) {
        if (!view.functional(to)) {
            return Optional.of(
                    Order.retryable(
                            view, to.id() + " has no Front End Server that could run the cmdlet"));
        }
        boolean sqlDown =
                !view.world().up(ComponentId.of(action.backupSql()))
                        && action.backupMirror()
                                .filter(mirror -> view.world().up(ComponentId.of(mirror)))
                                .isEmpty();
        if (sqlDown || !view.centralManagementStoreServes(to)) {
            return Optional.of(
                    Order.fatal(
                            view,
                            "the SQL store of " + to.id() + " does not answer",
                            "restore the backup pool's store first"));
        }
        return Optional.empty();
    }

    private Optional<Verdict> forceWrong(TwinView view) {
        boolean alive = view.centralManagementWritable();
        if (action.force() && alive) {
            return Optional.of(
                    Order.refused(
                            view,
                            "the Central Management store at "
                                    + action.from()
                                    + " is alive: -Force is for disaster only",
                            "move it without -Force"));
        }
        if (!action.force() && !alive) {
            return Optional.of(
                    Order.refused(
                            view,
                            "the Central Management store at "
                                    + action.from()
                                    + " does not answer, so it cannot be set read-only",
                            "use -Force once it is proven down"));
        }
        return Optional.empty();
    }
}
