package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.TwinState.CentralManagementNow;
import io.understudy.adapter.simulator.TwinState.ChatNow;
import io.understudy.adapter.simulator.TwinState.FrontEnd;
import io.understudy.estate.CentralManagement;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolRole;
import io.understudy.estate.Server;
import io.understudy.estate.Store;
import io.understudy.health.ChatState;
import io.understudy.health.ExportStatus;
import io.understudy.health.ServiceState;
import java.util.Optional;
import java.util.TreeMap;

/** A state made to fit an estate: what it does not have is dropped, what is new is well. */
record Fitting(Estate estate) {

    static final FrontEnd RUNNING = new FrontEnd(ServiceState.RUNNING, false, Optional.empty());

    TwinState of(TwinState state) {
        return state.changed(draft -> {
            draft.sessions = new TreeMap<>();
            draft.shipped = new TreeMap<>();
            estate.stores().forEach(store -> store(state, store, draft));
            draft.forcedServices = new TreeMap<>(state.forcedServices());
            draft.forcedServices.keySet().removeIf(name -> estate.store(name).isEmpty());
            draft.lags = new TreeMap<>(state.lags());
            draft.lags.keySet().removeIf(name -> estate.store(name).isEmpty());
            pools(state, draft);
            draft.centralManagement = centralManagement(state);
        });
    }

    private static void store(TwinState state, Store store, TwinDraft draft) {
        for (String key : Sessions.keys(store)) {
            draft.sessions.put(key, state.sessions().getOrDefault(key, MirrorSession.FRESH));
        }
        if (store.logShipping().isPresent()) {
            ShippedLog known = state.shipped().get(store.name());
            draft.shipped.put(store.name(), known == null ? ShippedLog.fresh(state.at()) : known);
        }
    }

    private void pools(TwinState state, TwinDraft draft) {
        draft.frontEnds = new TreeMap<>();
        draft.pools = new TreeMap<>();
        draft.chats = new TreeMap<>();
        draft.nextHops = new TreeMap<>(state.nextHops());
        draft.nextHops.keySet().removeIf(edge -> estate.pool(edge).isEmpty());
        draft.moved = new TreeMap<>(state.moved());
        draft.moved.keySet().removeIf(pool -> estate.pool(pool).isEmpty());
        for (Pool pool : estate.pools()) {
            if (pool.isFrontEnd()) {
                frontEnds(state, pool, draft);
            }
            if (pool.role() == PoolRole.PERSISTENT_CHAT) {
                draft.chats.put(pool.fqdn(), chat(state, pool));
            }
        }
    }

    private static void frontEnds(TwinState state, Pool pool, TwinDraft draft) {
        PoolNow known = state.pools().get(pool.fqdn());
        draft.pools.put(
                pool.fqdn(),
                known == null ? PoolNow.well(ExportStatus.STEADY_STATE, state.at()) : known);
        for (Server server : pool.servers()) {
            FrontEnd now = state.frontEnds().get(server.fqdn());
            draft.frontEnds.put(server.fqdn(), now == null ? RUNNING : now);
        }
    }

    private static ChatNow chat(TwinState state, Pool pool) {
        ChatNow known = state.chats().get(pool.fqdn());
        return known == null
                ? new ChatNow(
                        ChatState.NORMAL,
                        pool.servers().stream().filter(Server::active).map(Server::fqdn).toList())
                : new ChatNow(
                        known.state(),
                        pool.servers().stream()
                                .map(Server::fqdn)
                                .filter(known.active()::contains)
                                .toList());
    }

    private Optional<CentralManagementNow> centralManagement(TwinState state) {
        return state.centralManagement()
                .filter(cms -> estate.pool(cms.activeMaster()).isPresent())
                .or(() ->
                        estate.pools().stream()
                                .filter(pool ->
                                        pool.centralManagement() == CentralManagement.ACTIVE)
                                .findFirst()
                                .map(pool ->
                                        new CentralManagementNow(pool.fqdn(), Optional.empty())));
    }
}
