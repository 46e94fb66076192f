package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * SET PARTNER FORCE_SERVICE_ALLOW_DATA_LOSS on the mirror (domain.md 4.5, 4.8): the session is
 * SUSPENDED afterwards, until it is resumed on the new principal.
 */
record ForcedService(Action.ForceService action) implements Change {

    @Override
    public Optional<Verdict> senseless(TwinView view) {
        return Mirrors.senseless(
                view, action.store(), action.newPrincipal(), action.to(), action.databases());
    }

    @Override
    public boolean there(TwinView view) {
        return left(view).isEmpty();
    }

    @Override
    public boolean unsettled(TwinView view) {
        return Mirrors.pending(view, action.store(), left(view));
    }

    @Override
    public Optional<Verdict> refusal(TwinView view) {
        Store store = Mirrors.store(view, action.store()).orElseThrow();
        for (String database : left(view)) {
            Optional<Verdict> no =
                    Mirrors.busy(view, store, database)
                            .or(() -> Mirrors.forcedRefusal(view, store, database));
            if (no.isPresent()) {
                return no;
            }
        }
        return Optional.empty();
    }

    @Override
    public Duration lasts(TwinSettings settings) {
        return settings.switchPrincipal();
    }

    @Override
    public TwinState changed(TwinView view) {
        SortedMap<StoreName, Instant> forced = new TreeMap<>(view.state().forcedServices());
        forced.put(action.store(), view.at());
        return Mirrors.switched(view, action.store(), left(view), true)
                .changed(draft -> draft.forcedServices = forced);
    }

    @Override
    public String done() {
        return String.join(", ", action.databases())
                + " principal on "
                + action.newPrincipal()
                + ", service forced";
    }

    private List<String> left(TwinView view) {
        return Mirrors.elsewhere(view, action.store(), action.databases(), action.newPrincipal());
    }
}
