package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.TwinState.FrontEnd;
import io.understudy.estate.CentralManagement;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Database;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.QuorumTable;
import io.understudy.estate.Server;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.health.ExportStatus;
import io.understudy.health.ServiceState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The twin at one moment, and what follows from it. */
final class TwinView {

    private static final PoolNow NEVER = PoolNow.well(ExportStatus.UNKNOWN, Instant.EPOCH);

    private final Estate estate;
    private final TwinSettings settings;
    private final TwinState state;
    private final World world;

    TwinView(Estate estate, TwinSettings settings, TwinState state) {
        this.estate = estate;
        this.settings = settings;
        this.state = state;
        this.world =
                new World(
                        estate,
                        state.faults().values().stream()
                                .map(TwinState.ActiveFault::fault)
                                .toList());
    }

    Estate estate() {
        return estate;
    }

    TwinSettings settings() {
        return settings;
    }

    TwinState state() {
        return state;
    }

    World world() {
        return world;
    }

    Instant at() {
        return state.at();
    }

    /** What follows from another state of the same estate. */
    TwinView with(TwinState other) {
        return new TwinView(estate, settings, other);
    }

    MirrorSession session(Store store, String database) {
        return state.sessions().getOrDefault(Sessions.key(store, database), MirrorSession.FRESH);
    }

    /** The one session of an Availability Group. */
    MirrorSession session(Store group) {
        return state.sessions().getOrDefault(group.name().value(), MirrorSession.FRESH);
    }

    /** Who sees whom in the session of a store whose principal is on this side. */
    MirrorSession.Links links(Store store, Position principal) {
        return Sessions.links(store, principal, world);
    }

    /** The instance at a position of a mirrored store. */
    static SqlInstance at(Store store, Position position) {
        return store.at(position).orElse(store.primary());
    }

    /** Whether clients get the database. */
    boolean serves(Store store, String database) {
        if (!Sessions.paired(store)) {
            return world.up(ComponentId.of(store.primary()));
        }
        return links(store, session(store, database).principal()).serves();
    }

    /** Whether every database of these types is served; of all types when it has none of them. */
    boolean serves(Store store, List<DatabaseType> types) {
        List<String> databases =
                store.databases().stream()
                        .filter(database -> types.contains(database.type()))
                        .map(Database::name)
                        .toList();
        if (databases.isEmpty()) {
            return world.up(ComponentId.of(store.primary()))
                    || store.databases().stream().anyMatch(d -> serves(store, d.name()));
        }
        return databases.stream().allMatch(database -> serves(store, database));
    }

    /** Whether the pool's Back End serves it; a pool without a store has it on its server. */
    boolean backEndServes(Pool pool) {
        return estate.storeOf(pool)
                .map(store -> serves(store, List.of(DatabaseType.USER, DatabaseType.APPLICATION)))
                .orElse(true);
    }

    /** The next state of a Front End pool, or of any pool what it would be if nothing changed. */
    PoolNow pool(PoolFqdn fqdn) {
        return state.pools().getOrDefault(fqdn, NEVER);
    }

    ServiceState frontEnd(ServerFqdn server) {
        FrontEnd known = state.frontEnds().get(server);
        return known == null ? ServiceState.STOPPED : known.service();
    }

    /** Whether a machine is on and its service runs; only RTCSRV waits for anything. */
    boolean runs(Pool pool, Server server, String service) {
        return serviceState(pool, server, service) == ServiceState.RUNNING;
    }

    ServiceState serviceState(Pool pool, Server server, String service) {
        if (!world.up(ComponentId.of(server.fqdn())) || world.stopped(server.fqdn(), service)) {
            return ServiceState.STOPPED;
        }
        if (!pool.isFrontEnd() || service.equals(Services.FABRIC)) {
            return ServiceState.RUNNING;
        }
        return service.equals(Services.REGISTRAR)
                ? frontEnd(server.fqdn())
                : halted(pool, server) ? ServiceState.STOPPED : ServiceState.RUNNING;
    }

    /** Whether the services of a Front End Server have stopped because its pool has no quorum. */
    boolean halted(Pool pool, Server server) {
        return pool.isFrontEnd()
                && frontEnd(server.fqdn()) == ServiceState.STOPPED
                && !pool(pool.fqdn()).functional()
                && !world.stopped(server.fqdn(), Services.REGISTRAR);
    }

    boolean anyRuns(Pool pool, String service) {
        return pool.servers().stream().anyMatch(server -> runs(pool, server, service));
    }

    /** Whether the pool does its work for anybody. */
    boolean functional(Pool pool) {
        return anyRuns(pool, Services.of(pool).getFirst());
    }

    /**
     * How many Front End Servers must run, of how many at the top: the primary SQL store is one
     * more voter of an even-sized pool, so without it one more server must run (domain.md 3.1 note,
     * 8.1 F10).
     */
    QuorumTable.Functional required(Pool pool) {
        int servers = pool.servers().size();
        QuorumTable.Functional table = QuorumTable.functional(servers, pool.release());
        boolean voterLost =
                servers % 2 == 0
                        && estate.storeOf(pool)
                                .filter(store -> !world.up(ComponentId.of(store.primary())))
                                .isPresent();
        return voterLost
                ? new QuorumTable.Functional(table.required() + 1, table.ofFirst())
                : table;
    }

    /** Whether the users of the pool have been without Back End for longer than it bridges. */
    boolean inResiliency(Pool pool) {
        return pool(pool.fqdn())
                .backEndLostSince()
                .filter(since -> !at().isBefore(since.plus(settings.backEndLossThreshold())))
                .isPresent();
    }

    /** The pool whose copy of the Central Management store is active. */
    Optional<Pool> centralManagement() {
        return state.centralManagement().flatMap(cms -> estate.pool(cms.activeMaster()));
    }

    /** Whether the active master and the file transfer agents are blank (domain.md 5.4). */
    boolean centralManagementStuck() {
        return centralManagement()
                .filter(pool -> world.centralManagementStuck(pool.fqdn()))
                .isPresent();
    }

    /** Whether configuration can be changed. */
    boolean centralManagementWritable() {
        return !centralManagementStuck()
                && centralManagement()
                        .filter(pool -> functional(pool) && centralManagementStoreServes(pool))
                        .isPresent();
    }

    /** Whether nothing keeps configuration from being changed, for there may be no such store. */
    boolean configurable() {
        return state.centralManagement().isEmpty() || centralManagementWritable();
    }

    boolean centralManagementStoreServes(Pool pool) {
        List<Store> apart =
                pool.otherStores().stream()
                        .flatMap(name -> estate.store(name).stream())
                        .filter(s -> s.databaseTypes().contains(DatabaseType.CENTRAL_MGMT))
                        .toList();
        return (apart.isEmpty() ? estate.storeOf(pool).stream() : apart.stream())
                .allMatch(store -> serves(store, List.of(DatabaseType.CENTRAL_MGMT)));
    }

    /** Where an Edge pool sends sign-ins to now. */
    Optional<PoolFqdn> nextHop(Pool edge) {
        return Optional.ofNullable(state.nextHops().get(edge.fqdn())).or(edge::nextHopPool);
    }

    /** Whether the pool keeps the Central Management store, or its standby copy. */
    static boolean keepsCentralManagement(Pool pool) {
        return pool.centralManagement() != CentralManagement.NONE;
    }
}
