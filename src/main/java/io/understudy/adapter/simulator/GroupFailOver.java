package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Store;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * ALTER AVAILABILITY GROUP … FAILOVER, or FORCE_FAILOVER_ALLOW_DATA_LOSS, on the secondary
 * (domain.md 4.10). Forced onto a synchronized secondary it is as good as planned; else the old
 * primary's data movement stays suspended until it is resumed.
 */
record GroupFailOver(Action.FailOverGroup action) implements Change {

    @Override
    public Optional<Verdict> senseless(TwinView view) {
        Optional<Store> group = view.estate().store(action.store()).filter(Sessions::grouped);
        if (group.filter(s -> s.at(action.newPrimary()).filter(action.to()::equals).isPresent())
                .isEmpty()) {
            return Optional.of(
                    Order.fatal(
                            view,
                            ComponentId.of(action.to())
                                    + " is no replica of an Availability Group store:"
                                    + action.store()
                                    + " in this position",
                            "correct the estate document"));
        }
        return Mirrors.unknown(view, group.get(), action.databases());
    }

    @Override
    public boolean there(TwinView view) {
        return session(view).principal() == action.newPrimary();
    }

    @Override
    public boolean unsettled(TwinView view) {
        return session(view).pending(view.settings(), view.at());
    }

    @Override
    public Optional<Verdict> refusal(TwinView view) {
        MirrorSession session = session(view);
        MirrorSession.Links links = links(view);
        ComponentId target = ComponentId.of(action.to());
        if (!links.mirrorUp()) {
            return Optional.of(Order.retryable(view, target + " cannot be reached"));
        }
        if (unsettled(view)) {
            return Optional.of(
                    Order.retryable(
                            view, target + " is PENDING_FAILOVER and takes over by itself"));
        }
        if (!links.partners() && !links.mirrorToWitness()) {
            return Order.no(
                    view,
                    "the cluster of store:" + action.store() + " has no quorum",
                    "bring the cluster's quorum back first");
        }
        return action.force() ? forced(view, links) : planned(view, session, links);
    }

    private Optional<Verdict> forced(TwinView view, MirrorSession.Links links) {
        return links.serves()
                ? Order.no(
                        view,
                        "the primary replica of store:" + action.store() + " still serves",
                        "fail over without force, or make sure that the primary is down")
                : Optional.empty();
    }

    private Optional<Verdict> planned(
            TwinView view, MirrorSession session, MirrorSession.Links links) {
        if (!links.partners()) {
            return Order.no(
                    view,
                    "the primary replica of store:" + action.store() + " is not connected",
                    "bring it back, or force the failover when it is down");
        }
        return session.inStep()
                ? Optional.empty()
                : Order.no(
                        view,
                        "the databases on "
                                + ComponentId.of(action.to())
                                + " are not SYNCHRONIZED: it is not ready for failover",
                        "wait until is_failover_ready is 1");
    }

    @Override
    public Duration lasts(TwinSettings settings) {
        return settings.switchPrincipal();
    }

    @Override
    public TwinState changed(TwinView view) {
        SortedMap<String, MirrorSession> sessions = new TreeMap<>(view.state().sessions());
        MirrorSession session = session(view);
        boolean losing = action.force() && !session.inStep();
        boolean apart = !links(view).partners();
        sessions.put(action.store().value(), session.switched(losing, apart));
        return view.state().withSessions(sessions);
    }

    @Override
    public String done() {
        return "store:"
                + action.store()
                + " primary on "
                + action.newPrimary()
                + (action.force() ? ", by force" : "");
    }

    private MirrorSession session(TwinView view) {
        return view.session(store(view));
    }

    private MirrorSession.Links links(TwinView view) {
        return view.links(store(view), session(view).principal());
    }

    private Store store(TwinView view) {
        return view.estate().store(action.store()).orElseThrow();
    }
}
