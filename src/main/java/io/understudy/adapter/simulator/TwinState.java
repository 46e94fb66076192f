package io.understudy.adapter.simulator;

import io.understudy.estate.PoolFqdn;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.StoreName;
import io.understudy.health.ChatState;
import io.understudy.health.ServiceState;
import io.understudy.runbook.Action.MoveApplication.Application;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All that the twin is, as a value that can be saved and brought back. What time alone changes is
 * not missing from a saved state: it follows from the state and the time.
 *
 * @param at up to when it has been evolved
 * @param faultsInjected how many faults there ever were; the next one's id counts on from it
 * @param faults those in force by id, oldest first
 * @param sessions mirroring sessions by {@code store/database}; of an Availability Group, which
 *     moves as a whole, one by {@code store}
 * @param frontEnds RTCSRV of every Front End Server
 * @param pools what changes of Front End pools
 * @param nextHops where each Edge pool sends sign-ins to
 * @param tokens the newest fencing token seen, by run, oldest run first
 * @param effects what orders have changed, oldest first, as far as it is not in a log yet that is
 *     kept apart
 * @param lags how far the secondary of an Availability Group that is not in step lies behind
 * @param forcedServices when the mirror of a store was last forced, giving up the unsent log
 * @param shipped log shipping of the stores that have it
 * @param chats what changes of Persistent Chat pools
 * @param moved the applications of a pool that are at its pair
 * @param underWay until when an order goes on that was begun and has not ended, by {@code run/step}
 */
public record TwinState(
        Instant at,
        long faultsInjected,
        Map<String, ActiveFault> faults,
        SortedMap<String, MirrorSession> sessions,
        SortedMap<ServerFqdn, FrontEnd> frontEnds,
        SortedMap<PoolFqdn, PoolNow> pools,
        Optional<CentralManagementNow> centralManagement,
        SortedMap<PoolFqdn, PoolFqdn> nextHops,
        Map<String, Long> tokens,
        List<Effect> effects,
        SortedMap<StoreName, Lag> lags,
        SortedMap<StoreName, Instant> forcedServices,
        SortedMap<StoreName, ShippedLog> shipped,
        SortedMap<PoolFqdn, ChatNow> chats,
        SortedMap<PoolFqdn, Set<Application>> moved,
        Map<String, Instant> underWay) {

    /** A fault and since when it is in force. */
    public record ActiveFault(Fault fault, Instant since) {}

    /**
     * RTCSRV of one Front End Server.
     *
     * @param away whether its machine is off, or somebody has stopped the service: it must start
     *     anew
     * @param runningAt when it will run, while it starts and has what it needs
     */
    public record FrontEnd(ServiceState service, boolean away, Optional<Instant> runningAt) {}

    /**
     * The pool that is active master and file transfer agent.
     *
     * @param movedAt when it last became so
     * @param copiesStale whether its servers' local copies are older than the store, since it was
     *     restored
     * @param replicasBehind whether the replicas of the estate are, for the same reason
     */
    public record CentralManagementNow(
            PoolFqdn activeMaster,
            Optional<Instant> movedAt,
            boolean copiesStale,
            boolean replicasBehind) {

        CentralManagementNow(PoolFqdn activeMaster, Optional<Instant> movedAt) {
            this(activeMaster, movedAt, false, false);
        }
    }

    /**
     * How far a secondary replica lies behind.
     *
     * @param since the commit that it has last
     * @param until the newest commit of the primary
     */
    public record Lag(Instant since, Instant until) {}

    /**
     * The active list of a Persistent Chat pool, and the state that was set.
     *
     * @param active in the pool's order
     */
    public record ChatNow(ChatState state, List<ServerFqdn> active) {
        public ChatNow {
            active = List.copyOf(active);
        }
    }

    public TwinState {
        faults = Collections.unmodifiableMap(new LinkedHashMap<>(faults));
        sessions = sorted(sessions);
        frontEnds = sorted(frontEnds);
        pools = sorted(pools);
        nextHops = sorted(nextHops);
        tokens = Collections.unmodifiableMap(new LinkedHashMap<>(tokens));
        effects = List.copyOf(effects);
        lags = sorted(lags);
        forcedServices = sorted(forcedServices);
        shipped = sorted(shipped);
        chats = sorted(chats);
        moved = sorted(moved);
        underWay = Map.copyOf(underWay);
    }

    private static <K, V> SortedMap<K, V> sorted(SortedMap<K, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    private static <K, V> SortedMap<K, V> with(SortedMap<K, V> map, K key, V value) {
        SortedMap<K, V> next = new TreeMap<>(map);
        next.put(key, value);
        return next;
    }

    /** A state to which nothing has happened yet, of nothing. */
    public static TwinState empty(Instant now) {
        return new TwinDraft(now).state();
    }

    /** This state with some changes. */
    TwinState changed(Consumer<TwinDraft> change) {
        TwinDraft draft = new TwinDraft(this);
        change.accept(draft);
        return draft.state();
    }

    TwinState withFaults(long injected, Map<String, ActiveFault> next) {
        return changed(draft -> {
            draft.faultsInjected = injected;
            draft.faults = next;
        });
    }

    /** Without the faults that an order has mended. */
    TwinState without(Predicate<Fault> mended) {
        Map<String, ActiveFault> left = new LinkedHashMap<>(faults);
        left.values().removeIf(active -> mended.test(active.fault()));
        return left.size() == faults.size() ? this : changed(draft -> draft.faults = left);
    }

    TwinState withSessions(SortedMap<String, MirrorSession> next) {
        return changed(draft -> draft.sessions = next);
    }

    TwinState withPool(PoolFqdn fqdn, PoolNow pool) {
        return changed(draft -> draft.pools = with(pools, fqdn, pool));
    }

    TwinState withFrontEnds(
            Instant now,
            SortedMap<ServerFqdn, FrontEnd> nextServers,
            SortedMap<PoolFqdn, PoolNow> nextPools) {
        return changed(draft -> {
            draft.at = now;
            draft.frontEnds = nextServers;
            draft.pools = nextPools;
        });
    }

    TwinState withCentralManagement(CentralManagementNow next) {
        return changed(draft -> draft.centralManagement = Optional.of(next));
    }

    TwinState withNextHop(PoolFqdn edge, PoolFqdn to) {
        return changed(draft -> draft.nextHops = with(nextHops, edge, to));
    }

    TwinState withShipped(StoreName store, ShippedLog next) {
        return changed(draft -> draft.shipped = with(shipped, store, next));
    }

    TwinState withChat(PoolFqdn pool, ChatNow next) {
        return changed(draft -> draft.chats = with(chats, pool, next));
    }

    TwinState withMoved(PoolFqdn pool, Set<Application> next) {
        return changed(draft -> draft.moved = with(moved, pool, next));
    }

    TwinState withLog(Map<String, Long> nextTokens, List<Effect> nextEffects) {
        return changed(draft -> {
            draft.tokens = nextTokens;
            draft.effects = nextEffects;
        });
    }

    /** Once its effects are in a log of their own. */
    public TwinState withoutEffects() {
        return withLog(tokens, List.of());
    }

    TwinState withUnderWay(Map<String, Instant> next) {
        return changed(draft -> draft.underWay = next);
    }
}
