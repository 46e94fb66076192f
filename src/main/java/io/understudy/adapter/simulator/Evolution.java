package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.TwinState.CentralManagementNow;
import io.understudy.adapter.simulator.TwinState.FrontEnd;
import io.understudy.adapter.simulator.TwinState.PoolNow;
import io.understudy.estate.CentralManagement;
import io.understudy.estate.Database;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Server;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.Store;
import io.understudy.health.ExportStatus;
import io.understudy.health.PoolState;
import io.understudy.health.ServiceState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How the twin changes with time: from one deadline to the next, so that it comes out the same
 * however often it is asked.
 */
final class Evolution {

    private final Estate estate;
    private final TwinSettings settings;

    Evolution(Estate estate, TwinSettings settings) {
        this.estate = estate;
        this.settings = settings;
    }

    /** A twin in which everything is well. */
    TwinState initial(Instant now) {
        return fitted(
                new TwinState(
                        now,
                        0,
                        Map.of(),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        Optional.empty(),
                        new TreeMap<>(),
                        Map.of(),
                        List.of()));
    }

    /** The same state for this estate: what it does not have is dropped, what is new is well. */
    TwinState fitted(TwinState state) {
        SortedMap<String, MirrorSession> sessions = new TreeMap<>();
        for (Store store : estate.stores()) {
            if (TwinView.mirrored(store)) {
                for (Database database : store.databases()) {
                    String key = TwinView.key(store.name(), database.name());
                    sessions.put(key, state.sessions().getOrDefault(key, MirrorSession.FRESH));
                }
            }
        }
        SortedMap<ServerFqdn, FrontEnd> servers = new TreeMap<>();
        SortedMap<PoolFqdn, PoolNow> pools = new TreeMap<>();
        SortedMap<PoolFqdn, PoolFqdn> nextHops = new TreeMap<>(state.nextHops());
        nextHops.keySet().removeIf(edge -> estate.pool(edge).isEmpty());
        estate.pools().stream()
                .filter(Pool::isFrontEnd)
                .forEach(pool -> {
                    pools.put(
                            pool.fqdn(), state.pools().getOrDefault(pool.fqdn(), well(state.at())));
                    pool.servers()
                            .forEach(s ->
                                    servers.put(
                                            s.fqdn(),
                                            state.frontEnds().getOrDefault(s.fqdn(), running())));
                });
        TwinState fitted =
                new TwinState(
                        state.at(),
                        state.faultsInjected(),
                        state.faults(),
                        sessions,
                        servers,
                        pools,
                        centralManagement(state),
                        nextHops,
                        state.tokens(),
                        state.effects());
        return settled(fitted, state.at());
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

    private static PoolNow well(Instant now) {
        return new PoolNow(
                PoolState.ACTIVE,
                Optional.empty(),
                true,
                Optional.empty(),
                ExportStatus.STEADY_STATE,
                now,
                Optional.empty());
    }

    private static FrontEnd running() {
        return new FrontEnd(ServiceState.RUNNING, false, Optional.empty());
    }

    /** The state at {@code now}; the same state when that is not later than it is already. */
    TwinState advanced(TwinState state, Instant now) {
        TwinState current = state;
        Optional<Instant> due = nextDeadline(current, now);
        while (due.isPresent()) {
            current = settled(current, due.get());
            due = nextDeadline(current, now);
        }
        return now.isAfter(current.at()) ? settled(current, now) : current;
    }

    private static Optional<Instant> nextDeadline(TwinState state, Instant now) {
        Stream<Optional<Instant>> sessions =
                state.sessions().values().stream()
                        .flatMap(s -> Stream.of(s.failoverAt(), s.synchronizedAt(), s.resumedAt()));
        Stream<Optional<Instant>> servers =
                state.frontEnds().values().stream().map(FrontEnd::runningAt);
        Stream<Optional<Instant>> pools =
                state.pools().values().stream()
                        .flatMap(p -> Stream.of(p.failedOverAt(), p.steadyAt()));
        return Stream.of(sessions, servers, pools)
                .flatMap(all -> all)
                .flatMap(Optional::stream)
                .filter(due -> due.isAfter(state.at()) && !due.isAfter(now))
                .min(Instant::compareTo);
    }

    /** What the faults in force and the deadlines that are due make of the state. */
    TwinState settled(TwinState state, Instant now) {
        TwinState withSessions = state.withSessions(sessions(state, now));
        SortedMap<ServerFqdn, FrontEnd> servers = new TreeMap<>(state.frontEnds());
        SortedMap<PoolFqdn, PoolNow> pools = new TreeMap<>(state.pools());
        TwinView before = new TwinView(estate, settings, withSessions);
        for (Pool pool : estate.pools()) {
            if (pool.isFrontEnd()) {
                frontEnds(before, pool, now, servers, pools);
            }
        }
        TwinState withServers = withSessions.withFrontEnds(now, servers, pools);
        TwinView after = new TwinView(estate, settings, withServers);
        SortedMap<PoolFqdn, PoolNow> copied = new TreeMap<>(pools);
        for (Pool pool : estate.pools()) {
            if (pool.isFrontEnd()) {
                copied.computeIfPresent(
                        pool.fqdn(),
                        (_, then) -> BackupCopy.next(after, pool, failingOver(then, now), now));
            }
        }
        return withServers.withFrontEnds(now, servers, copied);
    }

    private SortedMap<String, MirrorSession> sessions(TwinState state, Instant now) {
        TwinView view = new TwinView(estate, settings, state);
        SortedMap<String, MirrorSession> next = new TreeMap<>();
        for (Store store : estate.stores()) {
            if (TwinView.mirrored(store)) {
                for (Database database : store.databases()) {
                    MirrorSession session = view.session(store, database.name());
                    MirrorSession then =
                            session.next(view.links(store, session.principal()), settings, now);
                    if (then.principal() != session.principal()) {
                        then = then.next(view.links(store, then.principal()), settings, now);
                    }
                    next.put(TwinView.key(store.name(), database.name()), then);
                }
            }
        }
        return next;
    }

    private void frontEnds(
            TwinView view,
            Pool pool,
            Instant now,
            SortedMap<ServerFqdn, FrontEnd> servers,
            SortedMap<PoolFqdn, PoolNow> pools) {
        List<FrontEnd> known =
                pool.servers().stream()
                        .map(Server::fqdn)
                        .map(fqdn -> servers.getOrDefault(fqdn, running()))
                        .toList();
        PoolNow was = view.pool(pool.fqdn());
        boolean backEnd = view.backEndServes(pool);
        FrontEnds next = FrontEnds.of(view, pool, known, was.functional(), backEnd, now);
        for (int i = 0; i < pool.servers().size(); i++) {
            servers.put(pool.servers().get(i).fqdn(), next.servers().get(i));
        }
        pools.put(
                pool.fqdn(),
                new PoolNow(
                        was.state(),
                        was.failedOverAt(),
                        next.functional(),
                        backEnd
                                ? Optional.empty()
                                : was.backEndLostSince().or(() -> Optional.of(now)),
                        was.exportStatus(),
                        was.lastSteadyAt(),
                        was.steadyAt()));
    }

    private static PoolNow failingOver(PoolNow pool, Instant now) {
        boolean over = pool.failedOverAt().filter(due -> !now.isBefore(due)).isPresent();
        return over
                ? pool.withState(PoolState.FAILED_OVER, Optional.empty(), pool.exportStatus())
                : pool;
    }
}
