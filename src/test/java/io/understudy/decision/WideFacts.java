package io.understudy.decision;

import io.understudy.estate.Pool;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.health.ChatState;
import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.ImportStatus;
import io.understudy.health.MirroringState;
import io.understudy.health.PoolState;
import io.understudy.health.Safety;
import io.understudy.health.UpgradeState;
import io.understudy.health.WitnessState;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

/** Random facts of pools and stores, mostly well. */
final class WideFacts {

    static final List<Duration> AGO =
            List.of(
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(3),
                    Duration.ofMinutes(31),
                    Duration.ofHours(3),
                    Duration.ofDays(4));

    private final Random random;
    private final Chance chance;

    WideFacts(Random random) {
        this.random = random;
        this.chance = new Chance(random);
    }

    Facts ofPool(Pool pool) {
        return new Facts.OfPool(
                Optional.of(chance.rarely() ? chance.any(PoolState.values()) : PoolState.ACTIVE),
                chance.rarely()
                        ? Optional.of(new Facts.RoutingGroups(random.nextInt(3), random.nextInt(3)))
                        : Optional.empty(),
                List.of(
                        new Facts.BackupModule(
                                "UserServices.PresenceFocus",
                                chance.rarely()
                                        ? chance.any(ExportStatus.values())
                                        : ExportStatus.STEADY_STATE,
                                ImportStatus.NORMAL_STATE,
                                Optional.of(Scene.NOON.minus(chance.any(AGO))))),
                OptionalInt.of(10),
                chance.rarely() ? Optional.of(chance.any(ChatState.values())) : Optional.empty(),
                pool.isFrontEnd() && chance.rarely() ? Optional.of(cms()) : Optional.empty(),
                Optional.empty(),
                chance.rarely() ? Optional.of(chance.any(UpgradeState.values())) : Optional.empty(),
                chance.rarely() ? Optional.of(random.nextBoolean()) : Optional.empty(),
                Optional.empty());
    }

    private Facts.CentralManagementState cms() {
        List<String> hosts = List.of("pool1.contoso.com", "pool2.contoso.com");
        return new Facts.CentralManagementState(
                random.nextBoolean() ? Optional.of(chance.any(hosts)) : Optional.empty(),
                List.of(chance.any(hosts)),
                Optional.of(random.nextBoolean()));
    }

    Facts ofStore(Store store) {
        MirroringState common =
                random.nextBoolean()
                        ? MirroringState.SYNCHRONIZED
                        : chance.any(MirroringState.values());
        Position side = chance.any(Position.values());
        List<Facts.MirroringRow> rows =
                store.databases().stream()
                        .map(database ->
                                new Facts.MirroringRow(
                                        database.name(),
                                        Optional.of(chance.rarely() ? side.other() : side),
                                        common,
                                        Safety.FULL,
                                        store.witness().isPresent()
                                                ? WitnessState.CONNECTED
                                                : WitnessState.UNKNOWN))
                        .toList();
        return new Facts.OfStore(
                rows,
                Optional.of(group()),
                Optional.of(
                        new Facts.ShippedLog(
                                Optional.of(chance.any(AGO)), Optional.of(chance.any(AGO)))),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.of(chance.rarely()),
                chance.rarely() ? Optional.of(forced()) : Optional.empty());
    }

    private Instant forced() {
        return Scene.NOON.minus(chance.any(AGO));
    }

    private Facts.AvailabilityGroup group() {
        return new Facts.AvailabilityGroup(
                Optional.of(chance.any(Position.values())),
                Optional.of(
                        chance.any(List.of("SYNCHRONIZED", "SYNCHRONIZING", "NOT_SYNCHRONIZING"))),
                Optional.of(chance.any(List.of("AUTOMATIC", "MANUAL"))),
                Optional.of(chance.rarely() ? "NO_QUORUM" : "NORMAL_QUORUM"),
                Optional.of(random.nextBoolean()),
                Optional.of(chance.any(AGO)));
    }
}
