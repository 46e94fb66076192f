package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.TwinState.Lag;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Database;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import io.understudy.health.Safety;
import io.understudy.health.WitnessState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * What the views of SQL Server say of a store on the partner or replica that can be asked
 * (domain.md 4.4, 4.10, 6.6).
 */
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
        if (Sessions.mirrored(store)) {
            store.databases().forEach(database -> rows.add(row(database.name())));
        }
        return new Facts.OfStore(
                rows,
                Sessions.grouped(store) ? Optional.of(group()) : Optional.empty(),
                Optional.ofNullable(view.state().shipped().get(store.name())).map(this::shipped),
                OptionalLong.of(view.settings().redo().toSeconds() * REDO_KB_PER_SECOND),
                OptionalLong.of(REDO_KB_PER_SECOND),
                Optional.of(false),
                Optional.ofNullable(view.state().forcedServices().get(store.name())));
    }

    private Facts.ShippedLog shipped(ShippedLog log) {
        return new Facts.ShippedLog(
                Optional.of(Duration.between(log.backedUpAt(), view.at())),
                Optional.of(log.latency(view.settings())));
    }

    /** The cluster knows who is ready for failover, also when the primary cannot be asked. */
    private Facts.AvailabilityGroup group() {
        MirrorSession session = view.session(store);
        MirrorSession.Links links = view.links(store, session.principal());
        boolean quorum = links.partners() || links.principalToWitness() || links.mirrorToWitness();
        String synchronization =
                switch (session.state(links, view.settings(), view.at())) {
                    case SYNCHRONIZED -> "SYNCHRONIZED";
                    case SYNCHRONIZING -> "SYNCHRONIZING";
                    case SUSPENDED, DISCONNECTED, PENDING_FAILOVER, UNSYNCHRONIZED, UNKNOWN ->
                            "NOT SYNCHRONIZING";
                };
        Lag lag = view.state().lags().get(store.name());
        return new Facts.AvailabilityGroup(
                Optional.of(session.principal()),
                Optional.of(synchronization),
                Optional.of("AUTOMATIC"),
                Optional.of(quorum ? "NORMAL_QUORUM" : "NO_QUORUM"),
                Optional.of(session.inStep()),
                Optional.of(
                        lag == null ? Duration.ZERO : Duration.between(lag.since(), lag.until())));
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
