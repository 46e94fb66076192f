package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.Store;
import io.understudy.health.MirroringState;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Invoke-CsDatabaseFailover, with what SQL Server refuses underneath (domain.md 4.5, 4.8). */
record DatabaseFailOver(Action.SwitchPrincipal action) implements Order {

    @Override
    public Presence presence(TwinView view) {
        Optional<Store> store = view.estate().store(action.store()).filter(Sessions::mirrored);
        if (store.isEmpty()) {
            return Presence.CANNOT_TELL;
        }
        if (left(view, store.get()).isEmpty()) {
            return Presence.DONE;
        }
        boolean busy =
                action.databases().stream()
                        .map(database -> view.session(store.get(), database))
                        .anyMatch(session -> session.pending(view.settings(), view.at()));
        return busy ? Presence.CANNOT_TELL : Presence.NOT_DONE;
    }

    @Override
    public Verdict begin(TwinView view) {
        Optional<Store> found = view.estate().store(action.store()).filter(Sessions::mirrored);
        if (found.isEmpty()) {
            return Order.fatal(
                    view,
                    "error 1416: store:" + action.store() + " is not configured for mirroring",
                    "name a store that has a mirror");
        }
        Store store = found.get();
        Optional<Verdict> unknown = Mirrors.unknown(view, store, action.databases());
        if (unknown.isPresent()) {
            return unknown.get();
        }
        for (String database : left(view, store)) {
            Optional<Verdict> no = refusal(view, store, database);
            if (no.isPresent()) {
                return no.get();
            }
        }
        return Order.nothing(view, "begun");
    }

    @Override
    public Duration takes(TwinView view) {
        boolean nothingToDo =
                view.estate()
                        .store(action.store())
                        .filter(s -> left(view, s).isEmpty())
                        .isPresent();
        return nothingToDo ? Duration.ZERO : view.settings().switchPrincipal();
    }

    @Override
    public Verdict end(TwinView view) {
        Verdict still = begin(view);
        Optional<Store> store = view.estate().store(action.store());
        if (!(still.outcome() instanceof StepOutcome.Done) || store.isEmpty()) {
            return still;
        }
        List<String> left = left(view, store.get());
        if (left.isEmpty()) {
            return Order.nothing(view, "every database is principal there already");
        }
        return new Verdict(
                Mirrors.switched(view, action.store(), left, action.force()),
                new StepOutcome.Done(
                        String.join(", ", left)
                                + " principal on "
                                + action.newPrincipal()
                                + (action.force() ? ", by force" : "")));
    }

    /** The databases whose principal is not yet where it should be. */
    private List<String> left(TwinView view, Store store) {
        return Mirrors.elsewhere(view, store.name(), action.databases(), action.newPrincipal());
    }

    private Optional<Verdict> refusal(TwinView view, Store store, String database) {
        MirrorSession session = view.session(store, database);
        MirrorSession.Links links = view.links(store, session.principal());
        return Mirrors.busy(view, store, database)
                .or(() ->
                        action.force()
                                ? Mirrors.forcedRefusal(view, store, database)
                                : plannedRefusal(view, database, session, links));
    }

    private static Optional<Verdict> plannedRefusal(
            TwinView view, String database, MirrorSession session, MirrorSession.Links links) {
        if (!links.principalUp() || !links.partners()) {
            return Optional.of(
                    Order.refused(
                            view,
                            "the present principal of "
                                    + database
                                    + " is not accessible to its mirror",
                            "bring it back, or use -Force when it is down"));
        }
        MirroringState now = session.state(links, view.settings(), view.at());
        if (now != MirroringState.SYNCHRONIZED) {
            return Optional.of(
                    Order.refused(
                            view,
                            "error 1422: the mirror of "
                                    + database
                                    + " is "
                                    + now
                                    + " and not caught up",
                            "wait until it is SYNCHRONIZED"));
        }
        return Optional.empty();
    }
}
