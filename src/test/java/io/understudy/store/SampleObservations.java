package io.understudy.store;

import io.understudy.estate.ComponentId;
import io.understudy.estate.ObserverName;
import io.understudy.estate.Position;
import io.understudy.health.ChatState;
import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.ImportStatus;
import io.understudy.health.MirroringState;
import io.understudy.health.Observation;
import io.understudy.health.PoolState;
import io.understudy.health.Safety;
import io.understudy.health.ServiceState;
import io.understudy.health.Status;
import io.understudy.health.WitnessState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Observations as tests need them. */
final class SampleObservations {

    static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");
    static final ComponentId POOL = ComponentId.parse("pool:pool1.contoso.com");
    static final ComponentId STORE = ComponentId.parse("store:be1");

    private SampleObservations() {}

    static Observation at(String id, Instant at) {
        return new Observation(
                id, STORE, Status.DOWN, new ObserverName("o-dublin"), at, new Facts.None());
    }

    static Observation valid(String id, Instant until) {
        return valid(id, NOON, until);
    }

    static Observation valid(String id, Instant time, Instant until) {
        return new Observation(
                id,
                STORE,
                Status.UP,
                new ObserverName("alertmanager"),
                time,
                new Facts.None(),
                "fingerprint",
                3,
                Optional.of(until));
    }

    static Observation of(String id, ComponentId component, Facts facts) {
        return new Observation(
                id, component, Status.DEGRADED, new ObserverName("o-dublin"), NOON, facts);
    }

    /** Every case of facts, with every field told. */
    static List<Observation> withAllFacts() {
        Facts store =
                new Facts.OfStore(
                        List.of(
                                new Facts.MirroringRow(
                                        "rtcxds",
                                        Optional.of(Position.MIRROR),
                                        MirroringState.SYNCHRONIZED,
                                        Safety.FULL,
                                        WitnessState.CONNECTED)),
                        Optional.of(
                                new Facts.AvailabilityGroup(
                                        Optional.of(Position.PRIMARY),
                                        Optional.of("SYNCHRONIZED"),
                                        Optional.of("AUTOMATIC"),
                                        Optional.of("NORMAL_QUORUM"),
                                        Optional.of(true))),
                        Optional.of(
                                new Facts.ShippedLog(
                                        Optional.of(Duration.ofMinutes(5)),
                                        Optional.of(Duration.ofMillis(1500)))),
                        OptionalLong.of(Long.MAX_VALUE),
                        OptionalLong.of(0),
                        Optional.of(false));
        Facts pool =
                new Facts.OfPool(
                        Optional.of(PoolState.FAILING_OVER),
                        Optional.of(new Facts.RoutingGroups(1, 2)),
                        List.of(
                                new Facts.BackupModule(
                                        "UserServices.PresenceFocus",
                                        ExportStatus.STEADY_STATE,
                                        ImportStatus.NORMAL_STATE,
                                        Optional.of(NOON))),
                        OptionalInt.of(20_000),
                        Optional.of(ChatState.NORMAL),
                        Optional.of(
                                new Facts.CentralManagementState(
                                        Optional.of("pool1.contoso.com"),
                                        List.of("pool1.contoso.com"),
                                        Optional.of(true))),
                        Optional.of("pool2.contoso.com"));
        Facts server = new Facts.OfServer(Map.of("RTCSRV", ServiceState.RUNNING));
        return List.of(
                of("facts of a pool", POOL, pool),
                of("facts of a server", ComponentId.parse("server:fe1.contoso.com"), server),
                of("facts of a store", STORE, store),
                of("none", ComponentId.parse("sql:sql1.contoso.com/rtc"), new Facts.None()));
    }
}
