package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.TwinState.ChatNow;
import io.understudy.estate.ComponentId;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.LogShipping;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.PoolRole;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.Store;
import io.understudy.health.ChatState;
import java.util.List;
import java.util.Optional;

/** What follows from the twin for Persistent Chat pools (domain.md 6). */
final class Chats {

    /** How many servers of a pool may be active (domain.md 6.1). */
    static final int MOST_ACTIVE = 4;

    private Chats() {}

    static Optional<Pool> pool(TwinView view, PoolFqdn fqdn) {
        return view.estate().pool(fqdn).filter(p -> p.role() == PoolRole.PERSISTENT_CHAT);
    }

    static ChatNow of(TwinView view, Pool pool) {
        ChatNow known = view.state().chats().get(pool.fqdn());
        return known == null ? new ChatNow(ChatState.NORMAL, List.of()) : known;
    }

    /** Log shipping of the pool's store, where it has any. */
    static Optional<ShippedLog> shipped(TwinView view, Pool pool) {
        return pool.store().map(view.state().shipped()::get);
    }

    /** Whether an active server runs and has its database. */
    static boolean serves(TwinView view, Pool pool) {
        List<ServerFqdn> active = of(view, pool).active();
        return databaseServes(view, pool)
                && pool.servers().stream()
                        .filter(server -> active.contains(server.fqdn()))
                        .anyMatch(server -> view.runs(pool, server, Services.CHAT));
    }

    /** Whether the database is where the state says; a pool without a store needs none. */
    private static boolean databaseServes(TwinView view, Pool pool) {
        Optional<Store> store = view.estate().storeOf(pool);
        if (of(view, pool).state() == ChatState.NORMAL) {
            return store.filter(s -> !view.serves(s, List.of(DatabaseType.PERSISTENT_CHAT)))
                    .isEmpty();
        }
        return store.flatMap(Store::logShipping)
                .map(LogShipping::secondary)
                .filter(secondary -> view.world().up(ComponentId.of(secondary)))
                .isPresent();
    }
}
