package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.health.MirroringState;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Invoke-CsDatabaseFailover, with what SQL Server refuses underneath (domain.md 4.5, 4.8). */
record DatabaseFailOver(Action.SwitchPrincipal action) implements Order {

    @Override
    public Presence presence(TwinView view) {
        Optional<Store> store = view.estate().store(action.store()).filter(TwinView::mirrored);
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
        Optional<Store> found = view.estate().store(action.store()).filter(TwinView::mirrored);
        if (found.isEmpty()) {
            return Order.fatal(
                    view,
                    "error 1416: store:" + action.store() + " is not configured for mirroring",
                    "name a store that has a mirror");
        }
        Store store = found.get();
        for (String database : action.databases()) {
            if (store.databases().stream().noneMatch(d -> d.name().equals(database))) {
                return Order.fatal(
                        view,
                        "error 1416: " + database + " is not a mirrored database of " + store.id(),
                        "correct the estate document or the run's databases");
            }
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
        SortedMap<String, MirrorSession> sessions = new TreeMap<>(view.state().sessions());
        for (String database : left) {
            sessions.computeIfPresent(
                    TwinView.key(action.store(), database),
                    (_, session) -> session.switched(action.force(), false));
        }
        return new Verdict(
                view.state().withSessions(sessions),
                new StepOutcome.Done(
                        String.join(", ", left)
                                + " principal on "
                                + action.newPrincipal()
                                + (action.force() ? ", by force" : "")));
    }

    /** The databases whose principal is not yet where it should be. */
    private List<String> left(TwinView view, Store store) {
        return action.databases().stream()
                .filter(d -> view.session(store, d).principal() != action.newPrincipal())
                .toList();
    }

    private Optional<Verdict> refusal(TwinView view, Store store, String database) {
        MirrorSession session = view.session(store, database);
        Position principal = session.principal();
        MirrorSession.Links links = view.links(store, principal);
        ComponentId target = ComponentId.of(TwinView.at(store, action.newPrincipal()));
        if (!links.mirrorUp()) {
            return Optional.of(
                    Order.retryable(
                            view, target + " cannot be reached; " + database + " is unchanged"));
        }
        if (session.pending(view.settings(), view.at())) {
            return Optional.of(
                    Order.retryable(
                            view,
                            "error 1404: the mirror of " + database + " is busy taking over"));
        }
        return action.force()
                ? forcedRefusal(view, database, links)
                : plannedRefusal(view, database, session, links);
    }

    private static Optional<Verdict> forcedRefusal(
            TwinView view, String database, MirrorSession.Links links) {
        if (links.partners() || links.serves()) {
            return Optional.of(
                    Order.refused(
                            view,
                            "error 1455: the principal of "
                                    + database
                                    + " can still be reached, so service cannot be forced",
                            "fail over without -Force, or make sure that the principal is down"));
        }
        if (links.witnessSet() && !links.mirrorToWitness()) {
            return Optional.of(
                    Order.refused(
                            view,
                            "error 1406: service of "
                                    + database
                                    + " cannot be forced safely while its witness is not connected",
                            "bring the witness or the principal back"));
        }
        return Optional.empty();
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
