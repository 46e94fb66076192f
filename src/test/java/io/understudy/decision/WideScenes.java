package io.understudy.decision;

import io.understudy.document.DocumentReader;
import io.understudy.document.EstateDocument;
import io.understudy.document.Format;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.Estate;
import io.understudy.estate.Part;
import io.understudy.estate.Pool;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.health.Conditions;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import io.understudy.health.Observation;
import io.understudy.health.ServiceState;
import io.understudy.health.Status;
import io.understudy.testing.Scene;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Random scenes of an estate that has one of everything that a row looks at; most trouble is close
 * together, so that rows about several losses are met too.
 */
final class WideScenes {

    private static final Estate ESTATE = estate();

    private final Random random;
    private final Chance chance;
    private final WideFacts facts;
    private final Scene scene = new Scene(ESTATE);

    private WideScenes(long seed) {
        this.random = new Random(seed);
        this.chance = new Chance(random);
        this.facts = new WideFacts(random);
    }

    static Snapshot snapshot(long seed) {
        return new WideScenes(seed).snapshot();
    }

    private static Estate estate() {
        try (InputStream in = WideScenes.class.getResourceAsStream("/estates/wide.yaml")) {
            return EstateDocument.read(DocumentReader.read(in.readAllBytes(), Format.YAML));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Snapshot snapshot() {
        if (chance.rarely()) {
            scene.silent(chance.any(Scene.ALL));
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            trouble(chance.any(ESTATE.parts()));
        }
        if (chance.rarely()) {
            someStatus(ComponentId.of(chance.any(ESTATE.sites()).name()));
        }
        if (chance.rarely()) {
            cutOff();
        }
        if (chance.rarely()) {
            scene.policy(withQuietHours());
        }
        Duration ago = chance.any(WideFacts.AGO);
        scene.since(ago);
        Snapshot seen = scene.snapshot();
        return new Snapshot(
                seen.estate(),
                Conditions.of(ESTATE, toldBefore(ago), seen.policy().thresholds(), seen.takenAt()),
                List.of(),
                planned(),
                seen.policy(),
                seen.takenAt());
    }

    /** All that is seen, and in some scenes what was told so long ago: the same, or all well. */
    private List<Observation> toldBefore(Duration ago) {
        List<Observation> all = new ArrayList<>(scene.observations());
        if (random.nextBoolean()) {
            boolean well = random.nextBoolean();
            scene.observations().stream()
                    .filter(o -> !(o.facts() instanceof Facts.None))
                    .map(o ->
                            new Observation(
                                    o.id() + " before",
                                    o.component(),
                                    o.status(),
                                    o.observer(),
                                    o.observedAt().minus(ago),
                                    well ? well(o) : o.facts()))
                    .forEach(all::add);
        }
        return all;
    }

    private static Facts well(Observation told) {
        return ESTATE.stores().stream()
                .filter(store -> store.id().equals(told.component()))
                .findFirst()
                .map(store -> Scene.mirroring(store, MirroringState.SYNCHRONIZED, Position.PRIMARY))
                .orElse(told.facts());
    }

    private static Policy withQuietHours() {
        Policy usual = Policy.DEFAULT;
        return new Policy(
                usual.thresholds(),
                usual.modes(),
                usual.settings(),
                usual.scoped(),
                usual.primaryStoreVotes(),
                usual.limits(),
                List.of(
                        new Window(
                                "the nights",
                                Window.Kind.QUIET_HOURS,
                                Optional.empty(),
                                at -> Optional.of(at.plusSeconds(3_600)))));
    }

    /** No observer sees anything across the border of a site; or only one of them does not. */
    private void cutOff() {
        String lone = "o-" + chance.any(ESTATE.sites()).name();
        boolean bothWays = random.nextBoolean();
        for (String observer : Scene.ALL) {
            ESTATE.components().stream()
                    .filter(c -> c.kind() != ComponentKind.OBSERVER)
                    .filter(c -> across(c, observer, lone, bothWays))
                    .forEach(c -> scene.by(observer, Status.DOWN, c.toString()));
        }
    }

    private static boolean across(
            ComponentId component, String observer, String lone, boolean bothWays) {
        Optional<String> at = ESTATE.siteOf(component).map(site -> "o-" + site);
        return observer.equals(lone)
                ? at.filter(lone::equals).isEmpty()
                : bothWays && at.filter(lone::equals).isPresent();
    }

    /** Most of what happens, happens to one pool or one store of the part. */
    private void trouble(Part part) {
        List<List<ComponentId>> groups = new ArrayList<>();
        for (Pool pool : part.pools()) {
            groups.add(Stream.concat(servers(pool), Stream.of(pool.id())).toList());
            ESTATE.components().stream()
                    .filter(c -> c.toString().equals("fileStore:" + pool.fqdn()))
                    .forEach(c -> groups.add(List.of(c)));
        }
        part.stores().forEach(store -> groups.add(store.instances()));
        for (int i = random.nextInt(3); i >= 0; i--) {
            List<ComponentId> group = chance.any(groups);
            boolean whole = random.nextInt(3) == 0;
            group.stream().filter(_ -> whole || random.nextBoolean()).forEach(this::someStatus);
        }
        part.pools().forEach(this::pool);
        part.stores().forEach(this::store);
    }

    private static Stream<ComponentId> servers(Pool pool) {
        return pool.servers().stream().map(server -> ComponentId.of(server.fqdn()));
    }

    private void someStatus(ComponentId component) {
        switch (random.nextInt(8)) {
            case 0 -> scene.all(Status.DEGRADED, component.toString());
            case 1 ->
                    scene.by(
                            chance.any(Scene.ALL),
                            chance.any(Status.values()),
                            component.toString());
            default -> scene.down(component.toString());
        }
    }

    private void pool(Pool pool) {
        if (random.nextInt(3) == 0) {
            boolean pending = random.nextBoolean();
            pool.servers().stream()
                    .filter(_ -> random.nextInt(3) > 0)
                    .forEach(server ->
                            scene.facts(
                                    ComponentId.of(server.fqdn()).toString(),
                                    new Facts.OfServer(
                                            Map.of(
                                                    "RTCSRV",
                                                    pending
                                                            ? ServiceState.START_PENDING
                                                            : ServiceState.STOPPED))));
        }
        if (random.nextInt(3) > 0) {
            scene.facts(pool.id().toString(), facts.ofPool(pool));
        }
    }

    private void store(Store store) {
        if (random.nextInt(3) > 0) {
            scene.facts(store.id().toString(), facts.ofStore(store));
        }
    }

    private List<Snapshot.Planned> planned() {
        List<Snapshot.Planned> planned = new ArrayList<>();
        if (chance.rarely()) {
            planned.add(
                    new Snapshot.Planned(
                            Remediation.POOL_FAILOVER, chance.any(ESTATE.pools()).id()));
        }
        if (chance.rarely()) {
            planned.add(
                    new Snapshot.Planned(
                            Remediation.MIRROR_FAILOVER, chance.any(ESTATE.stores()).id()));
        }
        if (chance.rarely()) {
            planned.add(
                    new Snapshot.Planned(
                            Remediation.AVAILABILITY_GROUP_FAILOVER,
                            ComponentId.of(new StoreName("be5"))));
        }
        return planned;
    }
}
