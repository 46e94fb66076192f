package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.TwinState.FrontEnd;
import io.understudy.adapter.simulator.TwinState.Lag;
import io.understudy.estate.ComponentId;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Server;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.health.ExportStatus;
import io.understudy.health.PoolState;
import java.time.Instant;
import java.util.List;
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
        return fitted(TwinState.empty(now));
    }

    /** The same state for this estate: what it does not have is dropped, what is new is well. */
    TwinState fitted(TwinState state) {
        return settled(new Fitting(estate).of(state), state.at());
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
        return nextDeadline(state).filter(due -> !due.isAfter(now));
    }

    /** When time alone will change the state next. */
    static Optional<Instant> nextDeadline(TwinState state) {
        Stream<Optional<Instant>> sessions =
                state.sessions().values().stream()
                        .flatMap(s -> Stream.of(s.failoverAt(), s.synchronizedAt(), s.resumedAt()));
        Stream<Optional<Instant>> servers =
                state.frontEnds().values().stream().map(FrontEnd::runningAt);
        Stream<Optional<Instant>> pools =
                state.pools().values().stream()
                        .flatMap(p -> Stream.of(p.failedOverAt(), p.steadyAt(), p.failedBackAt()));
        Stream<Optional<Instant>> logs =
                state.shipped().values().stream()
                        .flatMap(log -> Stream.of(log.nextBackupAt(), log.restoreAt()));
        return Stream.of(sessions, servers, pools, logs)
                .flatMap(all -> all)
                .flatMap(Optional::stream)
                .filter(due -> due.isAfter(state.at()))
                .min(Instant::compareTo);
    }

    /** What the faults in force and the deadlines that are due make of the state. */
    TwinState settled(TwinState state, Instant now) {
        TwinState withSessions = stores(state.withSessions(sessions(state, now)), now);
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
                        (_, then) -> BackupCopy.next(after, pool, moved(then, now), now));
            }
        }
        return withServers.withFrontEnds(now, servers, copied);
    }

    private SortedMap<String, MirrorSession> sessions(TwinState state, Instant now) {
        TwinView view = new TwinView(estate, settings, state);
        SortedMap<String, MirrorSession> next = new TreeMap<>(state.sessions());
        for (Store store : estate.stores()) {
            for (String key : Sessions.keys(store)) {
                MirrorSession session = state.sessions().getOrDefault(key, MirrorSession.FRESH);
                MirrorSession then =
                        session.next(view.links(store, session.principal()), settings, now);
                if (then.principal() != session.principal()) {
                    then = then.next(view.links(store, then.principal()), settings, now);
                }
                next.put(key, then);
            }
        }
        return next;
    }

    /** How far second and third copies lie behind the databases that are served. */
    private TwinState stores(TwinState state, Instant now) {
        TwinView view = new TwinView(estate, settings, state);
        SortedMap<StoreName, Lag> lags = new TreeMap<>(state.lags());
        SortedMap<StoreName, ShippedLog> shipped = new TreeMap<>(state.shipped());
        for (Store store : estate.stores()) {
            if (Sessions.grouped(store)) {
                lag(view, store, now, lags);
            }
            shipped.computeIfPresent(store.name(), (_, log) -> shipped(view, store, log, now));
        }
        return state.changed(draft -> {
            draft.lags = lags;
            draft.shipped = shipped;
        });
    }

    private static void lag(
            TwinView view, Store store, Instant now, SortedMap<StoreName, Lag> lags) {
        MirrorSession session = view.session(store);
        if (session.inStep()) {
            lags.remove(store.name());
            return;
        }
        Lag known = lags.getOrDefault(store.name(), new Lag(now, now));
        boolean serves = view.links(store, session.principal()).serves();
        lags.put(store.name(), serves ? new Lag(known.since(), now) : known);
    }

    private ShippedLog shipped(TwinView view, Store store, ShippedLog log, Instant now) {
        boolean secondaryUp =
                store.logShipping()
                        .filter(to -> view.world().up(ComponentId.of(to.secondary())))
                        .isPresent();
        return log.next(
                view.serves(store, List.of(DatabaseType.PERSISTENT_CHAT)),
                secondaryUp,
                settings,
                now);
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
                        .map(fqdn -> servers.getOrDefault(fqdn, Fitting.RUNNING))
                        .toList();
        PoolNow was = view.pool(pool.fqdn());
        boolean backEnd = view.backEndServes(pool);
        FrontEnds next = FrontEnds.of(view, pool, known, was, backEnd, now);
        for (int i = 0; i < pool.servers().size(); i++) {
            servers.put(pool.servers().get(i).fqdn(), next.servers().get(i));
        }
        pools.put(
                pool.fqdn(),
                was.withQuorum(
                        next.functional(),
                        backEnd
                                ? Optional.empty()
                                : was.backEndLostSince().or(() -> Optional.of(now)),
                        was.quorumReset() && !next.functional()));
    }

    /** A failover or failback that is due: a home pool that has died again takes nobody back. */
    private static PoolNow moved(PoolNow pool, Instant now) {
        if (pool.failedOverAt().filter(due -> !now.isBefore(due)).isPresent()) {
            return pool.withState(PoolState.FAILED_OVER, Optional.empty(), pool.exportStatus());
        }
        if (pool.failedBackAt().filter(due -> !now.isBefore(due)).isEmpty()) {
            return pool;
        }
        return pool.functional()
                ? pool.withState(
                        PoolState.FAILED_BACK, Optional.empty(), ExportStatus.NON_STEADY_STATE)
                : pool.withFailback(Optional.empty());
    }
}
