package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Store;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * SET PARTNER RESUME on the principal (domain.md 4.5): the mirror is SYNCHRONIZING afterwards. What
 * has suspended a store here has suspended all its sessions, and ends for all of them.
 */
record MirroringResumption(Action.ResumeMirroring action) implements Change {

    @Override
    public Optional<Verdict> senseless(TwinView view) {
        return Mirrors.senseless(
                view, action.store(), action.principalOn(), action.principal(), action.databases());
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
        return left(view).stream().flatMap(d -> refusal(view, store, d).stream()).findFirst();
    }

    private Optional<Verdict> refusal(TwinView view, Store store, String database) {
        MirrorSession session = view.session(store, database);
        MirrorSession.Links links = view.links(store, session.principal());
        if (!view.world().up(ComponentId.of(action.principal()))) {
            return Order.later(view, ComponentId.of(action.principal()) + " cannot be reached");
        }
        if (session.principal() != action.principalOn()) {
            return Order.no(
                    view,
                    "error 1470: only the principal of " + database + " may resume it",
                    "look which partner is principal now, and decide anew");
        }
        return links.partners()
                ? Optional.empty()
                : Order.no(
                        view,
                        "the partner of "
                                + database
                                + ", "
                                + ComponentId.of(TwinView.at(store, session.principal().other()))
                                + ", is not connected",
                        "bring it back first, or the network between the two");
    }

    @Override
    public Duration lasts(TwinSettings settings) {
        return settings.switchPrincipal();
    }

    @Override
    public TwinState changed(TwinView view) {
        SortedMap<String, MirrorSession> sessions = new TreeMap<>(view.state().sessions());
        for (String database : left(view)) {
            sessions.computeIfPresent(
                    Sessions.key(action.store(), database), (_, session) -> session.resumed());
        }
        return view.state()
                .without(new Fault.MirroringSuspended(action.store())::equals)
                .withSessions(sessions);
    }

    @Override
    public String done() {
        return "mirroring of " + String.join(", ", action.databases()) + " is resumed";
    }

    private List<String> left(TwinView view) {
        Store store = Mirrors.store(view, action.store()).orElseThrow();
        return action.databases().stream()
                .filter(d -> {
                    MirrorSession session = view.session(store, d);
                    return session.suspended(view.links(store, session.principal()));
                })
                .toList();
    }
}
