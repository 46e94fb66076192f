package io.understudy.adapter.simulator;

import io.understudy.estate.ComponentId;
import io.understudy.estate.Database;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.estate.StoreTechnology;
import java.util.List;
import java.util.Optional;

/** Which sessions the stores of an estate have, and who sees whom in them. */
final class Sessions {

    private Sessions() {}

    /** Whether the store keeps each database twice, in mirroring sessions of their own. */
    static boolean mirrored(Store store) {
        return store.technology() == StoreTechnology.MIRRORING && store.mirror().isPresent();
    }

    /** Whether the store is an Availability Group: one session for all databases. */
    static boolean grouped(Store store) {
        return store.technology() == StoreTechnology.AVAILABILITY_GROUP
                && store.mirror().isPresent();
    }

    /** Whether there is a second copy that can take over. */
    static boolean paired(Store store) {
        return mirrored(store) || grouped(store);
    }

    /** By what the session of a mirrored database is found. */
    static String key(StoreName store, String database) {
        return store + "/" + database;
    }

    /** By what the session is found in which a database is kept. */
    static String key(Store store, String database) {
        return grouped(store) ? store.name().value() : key(store.name(), database);
    }

    /** All sessions of a store. */
    static List<String> keys(Store store) {
        if (!paired(store)) {
            return List.of();
        }
        return store.databases().stream()
                .map(Database::name)
                .map(database -> key(store, database))
                .distinct()
                .toList();
    }

    /** Who sees whom when the principal is on this side. */
    static MirrorSession.Links links(Store store, Position principal, World world) {
        ComponentId p = ComponentId.of(TwinView.at(store, principal));
        ComponentId m = ComponentId.of(TwinView.at(store, principal.other()));
        if (grouped(store)) {
            return replicas(store, p, m, world);
        }
        Optional<ComponentId> w = store.witness().map(ComponentId::of);
        return new MirrorSession.Links(
                world.up(p),
                world.up(m),
                world.linked(p, m),
                w.isPresent(),
                w.filter(witness -> world.linked(p, witness)).isPresent(),
                w.filter(witness -> world.linked(m, witness)).isPresent(),
                world.hold(store.name()));
    }

    /**
     * The cluster of an Availability Group is a session whose witness is always set: where the
     * estate names none it is a file share elsewhere that never fails (domain.md 4.10). Without the
     * cluster's quorum nobody sees anybody.
     */
    private static MirrorSession.Links replicas(
            Store store, ComponentId p, ComponentId m, World world) {
        Optional<ComponentId> w = store.witness().map(ComponentId::of);
        boolean quorum = !world.clusterQuorumLost(store.name());
        return new MirrorSession.Links(
                world.up(p),
                world.up(m),
                quorum && world.linked(p, m),
                true,
                quorum && w.map(witness -> world.linked(p, witness)).orElse(world.up(p)),
                quorum && w.map(witness -> world.linked(m, witness)).orElse(world.up(m)),
                world.hold(store.name()));
    }
}
