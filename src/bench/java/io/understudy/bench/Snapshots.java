package io.understudy.bench;

import io.understudy.decision.Policy;
import io.understudy.decision.Snapshot;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.Database;
import io.understudy.estate.Estate;
import io.understudy.estate.Observer;
import io.understudy.estate.Pool;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.health.Conditions;
import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.ImportStatus;
import io.understudy.health.MirroringState;
import io.understudy.health.Observation;
import io.understudy.health.PoolState;
import io.understudy.health.Safety;
import io.understudy.health.Status;
import io.understudy.health.WitnessState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** What all observers of an estate see, and the snapshot that it comes to. */
final class Snapshots {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** Longer than SQL Server is given to fail over by itself. */
    private static final Duration AGO = Duration.ofSeconds(90);

    private Snapshots() {}

    /** Everything is well, but what is down has been so for a minute and a half. */
    static Snapshot of(Estate estate, Set<ComponentId> down) {
        Map<ComponentId, Facts> facts = facts(estate);
        List<Observation> seen = new ArrayList<>();
        for (ComponentId component : estate.components()) {
            if (component.kind() != ComponentKind.OBSERVER) {
                Status status = down.contains(component) ? Status.DOWN : Status.UP;
                Facts told = facts.getOrDefault(component, new Facts.None());
                estate.observers().forEach(o -> seen.addAll(said(o, component, status, told)));
            }
        }
        Policy policy = Policy.DEFAULT;
        return new Snapshot(
                estate,
                Conditions.of(estate, seen, policy.thresholds(), NOON),
                List.of(),
                policy,
                NOON);
    }

    /** What is down is said twice, so that it is believed since the first time. */
    private static List<Observation> said(
            Observer observer, ComponentId component, Status status, Facts told) {
        Stream<Instant> times =
                status == Status.DOWN ? Stream.of(NOON.minus(AGO), NOON) : Stream.of(NOON);
        return times.map(at ->
                        new Observation(
                                observer.name() + " " + component + " " + at,
                                component,
                                status,
                                observer.name(),
                                at,
                                told))
                .toList();
    }

    private static Map<ComponentId, Facts> facts(Estate estate) {
        Map<ComponentId, Facts> facts = new HashMap<>();
        estate.stores().forEach(store -> facts.put(store.id(), mirroring(store)));
        estate.pools().stream()
                .filter(Pool::isFrontEnd)
                .forEach(pool -> facts.put(pool.id(), backupService()));
        return facts;
    }

    private static Facts mirroring(Store store) {
        List<Facts.MirroringRow> rows =
                store.databases().stream()
                        .map(Database::name)
                        .map(name ->
                                new Facts.MirroringRow(
                                        name,
                                        Optional.of(Position.PRIMARY),
                                        MirroringState.SYNCHRONIZED,
                                        Safety.FULL,
                                        WitnessState.CONNECTED))
                        .toList();
        return new Facts.OfStore(
                rows,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty());
    }

    private static Facts backupService() {
        List<Facts.BackupModule> modules =
                Stream.of("UserServices.PresenceFocus", "ConfServices.DataConf")
                        .map(module ->
                                new Facts.BackupModule(
                                        module,
                                        ExportStatus.STEADY_STATE,
                                        ImportStatus.NORMAL_STATE,
                                        Optional.of(NOON)))
                        .toList();
        return new Facts.OfPool(
                Optional.of(PoolState.ACTIVE),
                Optional.empty(),
                modules,
                OptionalInt.of(10_000),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
