package io.understudy.proof;

import io.understudy.estate.ComponentId;
import io.understudy.estate.ObserverName;
import io.understudy.estate.Pool;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.health.ComponentFacts;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import io.understudy.health.Observation;
import io.understudy.health.Safety;
import io.understudy.health.ServiceState;
import io.understudy.health.Status;
import io.understudy.health.WitnessState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * The facts that go with a world: told by an observer of their own, who says nothing of up or down.
 */
final class FactsTold {

    /** What was told of one component, the oldest first, and what it comes to. */
    record Telling(List<Observation> observations, ComponentFacts facts) {
        static Telling of(List<Observation> observations) {
            ComponentFacts facts = ComponentFacts.NONE;
            for (Observation observation : observations) {
                facts = facts.next(observation);
            }
            return new Telling(List.copyOf(observations), facts);
        }
    }

    private record StoreKey(
            Store store, Mirroring mirroring, boolean principalSpeaks, Duration age) {}

    private record PoolKey(Pool pool, Told told, World.CmsTold cms, Duration age) {}

    private static final ObserverName READER = new ObserverName("o-lisbon");
    private static final Map<StoreKey, Telling> STORES = new ConcurrentHashMap<>();
    private static final Map<PoolKey, Telling> POOLS = new ConcurrentHashMap<>();

    private FactsTold() {}

    static void forEach(World world, BiConsumer<ComponentId, Telling> told) {
        for (int i = 1; i <= 2; i++) {
            Side side = world.side(i);
            if (side.mirroring().copy() != Mirroring.Copy.UNTOLD) {
                Store store = Sight.store(world, i);
                StoreKey key =
                        new StoreKey(store, side.mirroring(), side.principal().isUp(), world.age());
                told.accept(store.id(), STORES.computeIfAbsent(key, FactsTold::ofStore));
            }
            Pool pool = Sight.pool(world, i);
            PoolKey key = new PoolKey(pool, side.told(), world.around().cms(), world.age());
            told.accept(pool.id(), POOLS.computeIfAbsent(key, FactsTold::ofPool));
            services(pool, side.told().services(), told);
        }
        if (world.shape().edgeHop() != 0 && world.around().edgeToldHop() != 0) {
            ComponentId edge = world.shape().estate().pools().get(2).id();
            told.accept(edge, ofEdge(edge, world.around().edgeToldHop()));
        }
    }

    /** Before the loss in step or not, and after it, if anybody tells it then, apart. */
    private static Telling ofStore(StoreKey key) {
        Instant loss = Sight.NOW.minus(key.age());
        Instant last = key.principalSpeaks() ? Sight.NOW : loss;
        MirroringState inStep = MirroringState.SYNCHRONIZED;
        MirroringState apart = MirroringState.DISCONNECTED;
        Instant before = loss.minus(Duration.ofMinutes(10));
        return Telling.of(
                switch (key.mirroring().copy()) {
                    case SYNCHRONIZED -> List.of(row(key, inStep, last));
                    case SYNCHRONIZING -> List.of(row(key, MirroringState.SYNCHRONIZING, last));
                    case SUSPENDED -> List.of(row(key, MirroringState.SUSPENDED, last));
                    case DISCONNECTED_IN_STEP ->
                            List.of(
                                    row(key, inStep, loss.minusSeconds(5)),
                                    row(
                                            key,
                                            apart,
                                            key.age().isZero() ? loss : loss.plusSeconds(5)),
                                    row(key, apart, Sight.NOW));
                    case DISCONNECTED_BEHIND ->
                            List.of(
                                    row(key, inStep, before),
                                    row(key, apart, before.plusSeconds(10)),
                                    row(key, apart, Sight.NOW));
                    case SYNCHRONIZED_LONG_AGO -> List.of(row(key, inStep, before));
                    case UNTOLD -> List.<Observation>of();
                });
    }

    private static Observation row(StoreKey key, MirroringState state, Instant at) {
        boolean configured = key.store().witness().isPresent();
        WitnessState witness =
                !configured
                        ? WitnessState.UNKNOWN
                        : key.mirroring().witnessLinked()
                                ? WitnessState.CONNECTED
                                : WitnessState.DISCONNECTED;
        Optional<Position> principal = Optional.of(key.mirroring().principalOn());
        List<Facts.MirroringRow> rows = new ArrayList<>();
        key.store()
                .databases()
                .forEach(database ->
                        rows.add(
                                new Facts.MirroringRow(
                                        database.name(), principal, state, Safety.FULL, witness)));
        Facts facts =
                new Facts.OfStore(
                        rows,
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.empty());
        return told(key.store().id(), facts, at);
    }

    private static Telling ofPool(PoolKey key) {
        Instant at = key.told().stale() ? Sight.NOW.minus(Duration.ofHours(1)) : Sight.NOW;
        Optional<Facts.CentralManagementState> cms =
                switch (key.cms()) {
                    case UNTOLD -> Optional.empty();
                    case POOL_1 -> Optional.of(master(Shape.fqdn(1).value()));
                    case POOL_2 -> Optional.of(master(Shape.fqdn(2).value()));
                    case BLANK ->
                            Optional.of(
                                    new Facts.CentralManagementState(
                                            Optional.empty(), List.of(), Optional.empty()));
                };
        Facts facts =
                new Facts.OfPool(
                        key.told().state(),
                        Optional.empty(),
                        BackupTold.modules(key.told().backup(), Sight.NOW.minus(key.age())),
                        OptionalInt.empty(),
                        Optional.empty(),
                        cms,
                        Optional.empty());
        return Telling.of(List.of(told(key.pool().id(), facts, at)));
    }

    private static Facts.CentralManagementState master(String pool) {
        return new Facts.CentralManagementState(
                Optional.of(pool), List.of(pool), Optional.of(true));
    }

    private static void services(
            Pool pool, Told.Services services, BiConsumer<ComponentId, Telling> told) {
        if (services == Told.Services.UNTOLD) {
            return;
        }
        for (int i = 0; i < pool.servers().size(); i++) {
            ComponentId server = ComponentId.of(pool.servers().get(i).fqdn());
            boolean frontEnd =
                    services == Told.Services.FRONT_END_STOPPED_EVERYWHERE
                            || (services == Told.Services.FRONT_END_STOPPED_ON_ONE && i == 0);
            boolean backup = services == Told.Services.BACKUP_STOPPED_EVERYWHERE;
            Facts facts =
                    new Facts.OfServer(
                            Map.of("RTCSRV", state(frontEnd), "LYNCBACKUP", state(backup)));
            told.accept(server, Telling.of(List.of(told(server, facts, Sight.NOW))));
        }
    }

    private static ServiceState state(boolean stopped) {
        return stopped ? ServiceState.STOPPED : ServiceState.RUNNING;
    }

    private static Telling ofEdge(ComponentId edge, int hop) {
        Facts facts =
                new Facts.OfPool(
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Shape.fqdn(hop).value()));
        return Telling.of(List.of(told(edge, facts, Sight.NOW)));
    }

    private static Observation told(ComponentId of, Facts facts, Instant at) {
        return new Observation(
                "facts " + of + " " + at,
                of,
                Status.UNKNOWN,
                READER,
                at,
                facts,
                "facts",
                1,
                Optional.empty());
    }
}
