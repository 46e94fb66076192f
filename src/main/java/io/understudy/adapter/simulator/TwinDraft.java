package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.TwinState.ActiveFault;
import io.understudy.adapter.simulator.TwinState.CentralManagementNow;
import io.understudy.adapter.simulator.TwinState.ChatNow;
import io.understudy.adapter.simulator.TwinState.FrontEnd;
import io.understudy.adapter.simulator.TwinState.Lag;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.StoreName;
import io.understudy.runbook.Action.MoveApplication.Application;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The next state of the twin while it is put together; seen by one thread only. */
final class TwinDraft {

    Instant at;
    long faultsInjected;
    Map<String, ActiveFault> faults = Map.of();
    SortedMap<String, MirrorSession> sessions = new TreeMap<>();
    SortedMap<ServerFqdn, FrontEnd> frontEnds = new TreeMap<>();
    SortedMap<PoolFqdn, PoolNow> pools = new TreeMap<>();
    Optional<CentralManagementNow> centralManagement = Optional.empty();
    SortedMap<PoolFqdn, PoolFqdn> nextHops = new TreeMap<>();
    Map<String, Long> tokens = Map.of();
    List<Effect> effects = List.of();
    SortedMap<StoreName, Lag> lags = new TreeMap<>();
    SortedMap<StoreName, Instant> forcedServices = new TreeMap<>();
    SortedMap<StoreName, ShippedLog> shipped = new TreeMap<>();
    SortedMap<PoolFqdn, ChatNow> chats = new TreeMap<>();
    SortedMap<PoolFqdn, Set<Application>> moved = new TreeMap<>();
    Map<String, Instant> underWay = Map.of();

    /** Of nothing. */
    TwinDraft(Instant now) {
        at = now;
    }

    /** As it is. */
    TwinDraft(TwinState state) {
        at = state.at();
        faultsInjected = state.faultsInjected();
        faults = state.faults();
        sessions = state.sessions();
        frontEnds = state.frontEnds();
        pools = state.pools();
        centralManagement = state.centralManagement();
        nextHops = state.nextHops();
        tokens = state.tokens();
        effects = state.effects();
        lags = state.lags();
        forcedServices = state.forcedServices();
        shipped = state.shipped();
        chats = state.chats();
        moved = state.moved();
        underWay = state.underWay();
    }

    TwinState state() {
        return new TwinState(
                at,
                faultsInjected,
                faults,
                sessions,
                frontEnds,
                pools,
                centralManagement,
                nextHops,
                tokens,
                effects,
                lags,
                forcedServices,
                shipped,
                chats,
                moved,
                underWay);
    }
}
