package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.estate.Pool;
import io.understudy.runbook.Action;
import io.understudy.runbook.Action.MoveApplication.Application;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What an application of a pool needs besides the pool's failover (domain.md 5.6), and back. */
record ApplicationMove(Action.MoveApplication action) implements Change {

    @Override
    public Optional<Verdict> senseless(TwinView view) {
        Optional<Pool> home = view.estate().pool(action.pool()).filter(Pool::isFrontEnd);
        return home.flatMap(view.estate()::backupOf)
                        .filter(pool -> pool.fqdn().equals(action.to()))
                        .isPresent()
                ? Optional.empty()
                : Order.never(view, action.to() + " is not the pair of " + action.pool());
    }

    @Override
    public boolean there(TwinView view) {
        return away(view).contains(action.application()) != action.back();
    }

    @Override
    public Optional<Verdict> refusal(TwinView view) {
        Pool target = view.estate().pool(action.back() ? action.pool() : action.to()).orElseThrow();
        return switch (action.application()) {
            case RESPONSE_GROUPS ->
                    configuration(view)
                            .or(() -> serves(view, target))
                            .or(() -> backEnd(view, target));
            case CALL_PARK_ORBITS, ANNOUNCEMENTS ->
                    configuration(view).or(() -> serves(view, target));
            case LOCATIONS -> configuration(view);
            case NAMES -> Optional.empty();
        };
    }

    private static Optional<Verdict> configuration(TwinView view) {
        return view.configurable()
                ? Optional.empty()
                : Order.no(
                        view,
                        "the Central Management store does not answer: nothing can be configured",
                        "fail the Central Management store over first");
    }

    private static Optional<Verdict> serves(TwinView view, Pool target) {
        return view.functional(target)
                ? Optional.empty()
                : Order.later(view, target.fqdn() + " has no application server that runs");
    }

    private static Optional<Verdict> backEnd(TwinView view, Pool target) {
        return view.backEndServes(target)
                ? Optional.empty()
                : Order.no(
                        view,
                        "the SQL store of " + target.fqdn() + " does not serve",
                        "bring the store back first");
    }

    @Override
    public Duration lasts(TwinSettings settings) {
        return settings.moveApplication();
    }

    @Override
    public TwinState changed(TwinView view) {
        Set<Application> next = EnumSet.noneOf(Application.class);
        next.addAll(away(view));
        if (action.back()) {
            next.remove(action.application());
        } else {
            next.add(action.application());
        }
        return view.state().withMoved(action.pool(), next);
    }

    @Override
    public String done() {
        return action.application()
                + " of "
                + action.pool()
                + " at "
                + (action.back() ? action.pool() : action.to());
    }

    private Set<Application> away(TwinView view) {
        return view.state().moved().getOrDefault(action.pool(), Set.of());
    }
}
