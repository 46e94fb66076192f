package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Pool;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.Optional;

/**
 * Reset-CsPoolRegistrarState -ResetType QuorumLossRecovery (domain.md 3.3): routing groups without
 * quorum are loaded from the Back End, and servers stuck in START_PENDING start with as many as
 * there are.
 */
record QuorumRecovery(Action.RecoverQuorum action) implements Change {

    @Override
    public Optional<Verdict> senseless(TwinView view) {
        return view.estate().pool(action.pool()).filter(Pool::isFrontEnd).isPresent()
                ? Optional.empty()
                : Order.never(view, action.pool() + " is no Front End pool");
    }

    @Override
    public boolean there(TwinView view) {
        PoolNow now = view.pool(action.pool());
        return !view.world().routingGroupsLost(action.pool())
                && (now.functional() || now.quorumReset());
    }

    @Override
    public Optional<Verdict> refusal(TwinView view) {
        Pool pool = view.estate().pool(action.pool()).orElseThrow();
        int needed = view.required(pool).required();
        long there =
                pool.servers().stream()
                        .limit(view.required(pool).ofFirst())
                        .filter(s -> view.world().up(ComponentId.of(s.fqdn())))
                        .filter(s -> !view.world().stopped(s.fqdn(), Services.REGISTRAR))
                        .count();
        if (pool.servers().stream().noneMatch(s -> view.world().up(ComponentId.of(s.fqdn())))) {
            return Order.later(
                    view, "no Front End Server of " + pool.fqdn() + " could run the cmdlet");
        }
        if (!view.backEndServes(pool)) {
            return Order.no(
                    view,
                    "the Back End of " + pool.fqdn() + " does not serve: nothing to load from",
                    "bring the store back first");
        }
        return there >= needed
                ? Optional.empty()
                : Order.no(
                        view,
                        there + " Front End Servers can start, " + needed + " must run",
                        "start more Front End Servers, or fail the pool over");
    }

    @Override
    public Duration lasts(TwinSettings settings) {
        return settings.recoverQuorum();
    }

    @Override
    public TwinState changed(TwinView view) {
        PoolNow now = view.pool(action.pool());
        return view.state()
                .without(new Fault.RoutingGroupsLost(action.pool())::equals)
                .withPool(
                        action.pool(),
                        now.withQuorum(
                                now.functional(), now.backEndLostSince(), !now.functional()));
    }

    @Override
    public String done() {
        return "every routing group of " + action.pool() + " has quorum";
    }
}
