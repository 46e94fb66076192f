package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolRole;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.Optional;

/** Set-CsEdgeServer -Registrar: a change of configuration (domain.md 5.1 step 0). */
record EdgeServerSetting(Action.ChangeNextHop action) implements Order {

    @Override
    public Presence presence(TwinView view) {
        return there(view) ? Presence.DONE : Presence.NOT_DONE;
    }

    @Override
    public Verdict begin(TwinView view) {
        Optional<Pool> to = view.estate().pool(action.to());
        if (edge(view).isEmpty()
                || to.filter(p -> p.isFrontEnd() || p.role() == PoolRole.DIRECTOR).isEmpty()) {
            return Order.fatal(
                    view,
                    action.edgePool() + " is no Edge pool, or " + action.to() + " no registrar",
                    "correct the estate document");
        }
        if (!there(view) && !view.centralManagementWritable()) {
            return Order.refused(
                    view,
                    "the Central Management store does not answer: nothing can be configured",
                    "fail the Central Management store over first");
        }
        return Order.nothing(view, "begun");
    }

    @Override
    public Duration takes(TwinView view) {
        return there(view) ? Duration.ZERO : view.settings().changeNextHop();
    }

    @Override
    public Verdict end(TwinView view) {
        Verdict still = begin(view);
        if (there(view) || !(still.outcome() instanceof StepOutcome.Done)) {
            return still;
        }
        return new Verdict(
                view.state().withNextHop(action.edgePool(), action.to()),
                new StepOutcome.Done(
                        "the Registrar of " + action.edgePool() + " is " + action.to()));
    }

    private Optional<Pool> edge(TwinView view) {
        return view.estate().pool(action.edgePool()).filter(p -> p.role() == PoolRole.EDGE);
    }

    private boolean there(TwinView view) {
        return edge(view).flatMap(view::nextHop).filter(action.to()::equals).isPresent();
    }
}
