package io.understudy.testing;

import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.PoolRole;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.estate.StoreTechnology;
import io.understudy.health.ChatState;
import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import io.understudy.health.PoolState;
import io.understudy.health.ServiceState;
import io.understudy.health.UpgradeState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What might be told of a component, by chance. */
final class RandomFacts {

    private final Random random;
    private final Estate estate;

    RandomFacts(Random random, Estate estate) {
        this.random = random;
        this.estate = estate;
    }

    /** The facts of a component that is well. */
    Facts well(ComponentId component) {
        return switch (component.kind()) {
            case STORE ->
                    store(component)
                            .map(s ->
                                    StoreTold.mirrored(
                                            s, MirroringState.SYNCHRONIZED, Position.PRIMARY))
                            .map(StoreTold::facts)
                            .map(Facts.class::cast)
                            .orElseGet(Facts.None::new);
            case POOL -> frontEnd(component) ? PoolTold.WELL.facts() : PoolTold.NOTHING.facts();
            case SERVER, SQL, FILE_STORE, SITE, OBSERVER -> new Facts.None();
        };
    }

    /** Any facts. */
    Facts any(ComponentId component) {
        return switch (component.kind()) {
            case STORE -> store(component).map(this::ofStore).orElseGet(Facts.None::new);
            case POOL -> frontEnd(component) ? ofFrontEnds() : ofOther();
            case SERVER ->
                    new Facts.OfServer(
                            Map.of(
                                    "RTCSRV",
                                    one(ServiceState.values()),
                                    "LYNCBACKUP",
                                    one(ServiceState.values())));
            case SQL, FILE_STORE, SITE, OBSERVER -> new Facts.None();
        };
    }

    private Optional<Store> store(ComponentId component) {
        return estate.store(new StoreName(component.name()));
    }

    private boolean frontEnd(ComponentId component) {
        return estate.pool(new PoolFqdn(component.name()))
                .map(Pool::role)
                .filter(PoolRole.FRONT_END::equals)
                .isPresent();
    }

    private Facts ofStore(Store store) {
        if (store.technology() == StoreTechnology.AVAILABILITY_GROUP) {
            return StoreTold.nothing().group(group()).facts();
        }
        StoreTold told =
                StoreTold.mirrored(store, one(MirroringState.values()), one(Position.values()));
        return switch (random.nextInt(6)) {
            case 0 ->
                    told.principal(store.databases().getFirst().name(), one(Position.values()))
                            .facts();
            case 1 -> told.logFull(random.nextBoolean()).facts();
            case 2 -> told.forcedAt(Scene.NOON).facts();
            case 3 ->
                    told.shipped(
                                    Optional.of(Duration.ofMinutes(50 + random.nextInt(20))),
                                    Optional.of(Duration.ofMinutes(40 + random.nextInt(10))))
                            .facts();
            default -> told.facts();
        };
    }

    private Facts.AvailabilityGroup group() {
        return new Facts.AvailabilityGroup(
                Optional.of(one(Position.values())),
                Optional.of(one("SYNCHRONIZED", "NOT SYNCHRONIZING", "REVERTING")),
                Optional.of(one("AUTOMATIC", "MANUAL")),
                Optional.of(one("NORMAL_QUORUM", "LOST", "?")),
                Optional.of(random.nextBoolean()),
                Optional.of(Duration.ofMinutes(random.nextInt(10))));
    }

    private Facts ofFrontEnds() {
        PoolTold told =
                PoolTold.of(
                        random.nextBoolean() ? PoolState.ACTIVE : one(PoolState.values()),
                        one(ExportStatus.values()));
        String pool = one("pool1.contoso.com", "pool2.contoso.com", "pool3.contoso.com");
        return switch (random.nextInt(6)) {
            case 0 -> told.routingGroups(random.nextInt(2), random.nextInt(2)).facts();
            case 1, 2 -> PoolTold.WELL.upgrade(one(UpgradeState.values())).facts();
            case 3 -> PoolTold.WELL.noActiveMaster().facts();
            case 4 ->
                    PoolTold.WELL
                            .centralManagement(
                                    pool,
                                    random.nextBoolean() ? pool : "pool2.contoso.com",
                                    Optional.of(random.nextBoolean()))
                            .facts();
            default -> told.facts();
        };
    }

    private Facts ofOther() {
        return switch (random.nextInt(3)) {
            case 0 -> PoolTold.NOTHING.gatewaysDown(random.nextBoolean()).facts();
            case 1 -> PoolTold.NOTHING.chat(one(ChatState.values())).facts();
            default ->
                    PoolTold.NOTHING.nextHop(one("pool1.contoso.com", "pool2.contoso.com")).facts();
        };
    }

    @SafeVarargs
    private <T> T one(T... of) {
        return of[random.nextInt(of.length)];
    }
}
