package io.understudy.adapter.simulator;

import io.understudy.estate.ComponentId;
import io.understudy.estate.Database;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import io.understudy.health.Safety;
import io.understudy.health.WitnessState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** What sys.database_mirroring says of a store on the partner that can be asked (domain.md 4.4). */
final class StoreFacts {

    /** How fast the twin's mirrors redo their log; the queue is what its redo time makes of it. */
    private static final long REDO_KB_PER_SECOND = 10_000;

    private final TwinView view;
    private final Predicate<ComponentId> reaches;
    private final Store store;

    StoreFacts(TwinView view, Predicate<ComponentId> reaches, Store store) {
        this.view = view;
        this.reaches = reaches;
        this.store = store;
    }

    boolean anyReachable() {
        return reachable(Position.PRIMARY) || reachable(Position.MIRROR);
    }

    private boolean reachable(Position position) {
        return reaches.test(ComponentId.of(TwinView.at(store, position)));
    }

    /** The databases that are served, and reached from here. */
    List<String> served() {
        return store.databases().stream()
                .map(Database::name)
                .filter(d -> view.serves(store, d))
                .filter(d -> reachable(view.session(store, d).principal()))
                .toList();
    }

    Facts told() {
        if (!anyReachable()) {
            return new Facts.None();
        }
        List<Facts.MirroringRow> rows = new ArrayList<>();
        store.databases().forEach(database -> rows.add(row(database.name())));
        return new Facts.OfStore(
                rows,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(view.settings().redo().toSeconds() * REDO_KB_PER_SECOND),
                OptionalLong.of(REDO_KB_PER_SECOND),
                Optional.of(false));
    }

    /** The principal's row where it can be asked, else what the mirror knows. */
    private Facts.MirroringRow row(String database) {
        MirrorSession session = view.session(store, database);
        Position principal = session.principal();
        MirrorSession.Links links = view.links(store, principal);
        boolean byPrincipal = reachable(principal);
        MirroringState state =
                byPrincipal && !links.partners()
                        ? MirroringState.DISCONNECTED
                        : session.state(links, view.settings(), view.at());
        return new Facts.MirroringRow(
                database,
                Optional.of(principal),
                state,
                Safety.FULL,
                witness(byPrincipal ? links.principalToWitness() : links.mirrorToWitness()));
    }

    private WitnessState witness(boolean linked) {
        if (store.witness().isEmpty()) {
            return WitnessState.UNKNOWN;
        }
        return linked ? WitnessState.CONNECTED : WitnessState.DISCONNECTED;
    }
}
