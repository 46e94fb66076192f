package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Position;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What SQL Server refuses of every switch of a mirroring session (domain.md 4.5, 4.8). */
final class Mirrors {

    private Mirrors() {}

    /** The store, if it is mirrored. */
    static Optional<Store> store(TwinView view, StoreName name) {
        return view.estate().store(name).filter(Sessions::mirrored);
    }

    /** A database that the store does not have. */
    static Optional<Verdict> unknown(TwinView view, Store store, List<String> databases) {
        return databases.stream()
                .filter(name -> store.databases().stream().noneMatch(d -> d.name().equals(name)))
                .findFirst()
                .map(name ->
                        Order.fatal(
                                view,
                                "error 1416: " + name + " is not a database of " + store.id(),
                                "correct the estate document or the run's databases"));
    }

    /** What no state of the twin could make right: an instance or a database that is not its. */
    static Optional<Verdict> senseless(
            TwinView view,
            StoreName name,
            Position position,
            SqlInstance instance,
            List<String> databases) {
        Optional<Store> store = store(view, name);
        if (store.flatMap(s -> s.at(position)).filter(instance::equals).isEmpty()) {
            return Optional.of(
                    Order.fatal(
                            view,
                            "error 1416: "
                                    + ComponentId.of(instance)
                                    + " is no partner of a mirrored store:"
                                    + name
                                    + " in this position",
                            "correct the estate document"));
        }
        return unknown(view, store.get(), databases);
    }

    /** Whether any of these is taking over by itself. */
    static boolean pending(TwinView view, StoreName name, List<String> databases) {
        return store(view, name).stream()
                .flatMap(store -> databases.stream().map(d -> view.session(store, d)))
                .anyMatch(session -> session.pending(view.settings(), view.at()));
    }

    /** Those whose principal is not yet in this position. */
    static List<String> elsewhere(
            TwinView view, StoreName name, List<String> databases, Position position) {
        return store(view, name).stream()
                .flatMap(store ->
                        databases.stream()
                                .filter(d -> view.session(store, d).principal() != position))
                .toList();
    }

    /** A mirror that is away, or is taking over by itself. */
    static Optional<Verdict> busy(TwinView view, Store store, String database) {
        MirrorSession session = view.session(store, database);
        Position target = session.principal().other();
        if (!view.links(store, session.principal()).mirrorUp()) {
            return Optional.of(
                    Order.retryable(
                            view,
                            ComponentId.of(TwinView.at(store, target))
                                    + " cannot be reached; "
                                    + database
                                    + " is unchanged"));
        }
        return session.pending(view.settings(), view.at())
                ? Optional.of(
                        Order.retryable(
                                view,
                                "error 1404: the mirror of " + database + " is busy taking over"))
                : Optional.empty();
    }

    static Optional<Verdict> forcedRefusal(TwinView view, Store store, String database) {
        MirrorSession.Links links = view.links(store, view.session(store, database).principal());
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

    /** With the other partner of each database as principal. */
    static TwinState switched(
            TwinView view, StoreName store, List<String> databases, boolean force) {
        SortedMap<String, MirrorSession> sessions = new TreeMap<>(view.state().sessions());
        for (String database : databases) {
            sessions.computeIfPresent(
                    Sessions.key(store, database), (_, session) -> session.switched(force, false));
        }
        return view.state().withSessions(sessions);
    }
}
