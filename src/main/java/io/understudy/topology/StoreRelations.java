package io.understudy.topology;

import io.understudy.topology.Topology.Cluster;
import io.understudy.topology.Topology.Found;
import io.understudy.topology.Topology.Instance;
import io.understudy.topology.Topology.Service;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which SQL instance is another's mirror, witness or log-shipping secondary. A service that needs
 * two databases of one kind names the copy by the usage of its dependency; whatever else on the way
 * is called a mirror or a witness counts too ({@link Keys#mentioned}).
 */
final class StoreRelations {

    /** What one SQL instance is to another. */
    enum Part {
        ITSELF,
        MIRROR,
        WITNESS,
        SECONDARY,
        /** Named, but with no place in an estate: the mirror of a secondary. */
        OTHER;

        static Part called(String name) {
            boolean backup =
                    name.contains("backup")
                            || name.contains("secondary")
                            || name.contains("shipping");
            if (name.contains("witness")) {
                return backup ? OTHER : WITNESS;
            }
            if (name.contains("mirror")) {
                return backup ? OTHER : MIRROR;
            }
            return backup ? SECONDARY : ITSELF;
        }
    }

    private static final List<Part> COPIES = List.of(Part.MIRROR, Part.WITNESS, Part.SECONDARY);

    private final Topology topology;
    private final Map<Part, Map<String, Instance>> parts = new EnumMap<>(Part.class);
    private final Set<String> copies = new HashSet<>();
    private final Set<String> guessed = new HashSet<>();
    private final Set<String> used = new HashSet<>();

    StoreRelations(Topology topology) {
        this.topology = topology;
        for (Part part : Part.values()) {
            parts.put(part, new HashMap<>());
        }
        topology.services().forEach(this::dependencies);
        topology.services().forEach(this::mentions);
        topology.instances().forEach(instance -> mentions(instance, instance.element()));
    }

    /** The instance that has this part for another one. */
    Optional<Instance> of(Part part, Instance instance) {
        return Optional.ofNullable(parts.getOrDefault(part, Map.of()).get(instance.key()));
    }

    /** Whether the topology calls the mirror so, or merely lists a second database of the kind. */
    boolean isGuessed(Instance instance) {
        return guessed.contains(instance.key());
    }

    /** Whether a database service is the copy of another one. */
    boolean isCopy(Service store) {
        return copies.contains(store.key());
    }

    /** Whether an instance has a part for another one. */
    boolean isUsed(Instance instance) {
        return used.contains(instance.key());
    }

    private record Target(Part part, Service store, Instance instance) {}

    private void dependencies(Service service) {
        if (service.isStore()) {
            return;
        }
        List<Target> targets = targets(service);
        Map<StoreRole, Instance> own = new EnumMap<>(StoreRole.class);
        for (Target target : targets) {
            if (target.part() == Part.ITSELF) {
                own(own, target);
            }
        }
        for (Target target : targets) {
            Instance primary = own.get(role(target));
            if (primary != null && target.part() != Part.ITSELF && hasPlace(target)) {
                relate(target.part(), primary, target.instance());
                copies.add(target.store().key());
            }
        }
    }

    /**
     * Only Persistent Chat ships its log (domain.md 6.1): another's backup is a store of its own.
     */
    private static boolean hasPlace(Target target) {
        return target.part() != Part.SECONDARY
                || role(target) == StoreRole.PERSISTENT_CHAT
                || role(target) == StoreRole.PERSISTENT_CHAT_COMPLIANCE;
    }

    /** A second database of one kind that is not called a mirror can hardly be anything else. */
    private void own(Map<StoreRole, Instance> own, Target target) {
        Instance before = own.putIfAbsent(role(target), target.instance());
        if (before != null && !before.key().equals(target.instance().key())) {
            relate(Part.MIRROR, before, target.instance());
            copies.add(target.store().key());
            guessed.add(before.key());
        }
    }

    private static StoreRole role(Target target) {
        return StoreRole.of(target.store().role()).orElseThrow();
    }

    private List<Target> targets(Service service) {
        List<Target> targets = new ArrayList<>();
        service.needs()
                .forEach(need ->
                        topology.found()
                                .service(need.keys())
                                .ifPresent(s -> add(targets, Part.called(need.usage()), s)));
        for (Part part : COPIES) {
            Keys.mentioned(service.element(), name -> Part.called(name) == part)
                    .flatMap(key -> topology.found().service(List.of(key)).stream())
                    .forEach(store -> add(targets, part, store));
        }
        return targets;
    }

    private static void add(List<Target> targets, Part part, Service store) {
        if (store.isStore()) {
            store.instance().ifPresent(i -> targets.add(new Target(part, store, i)));
        }
    }

    private void mentions(Service store) {
        store.instance().ifPresent(instance -> mentions(instance, store.element()));
    }

    private void mentions(Instance primary, Element element) {
        for (Part part : COPIES) {
            Keys.mentioned(element, name -> Part.called(name) == part)
                    .flatMap(key -> named(key, primary))
                    .forEach(other -> relate(part, primary, other));
        }
    }

    /** The instance of this key, or the one on the host of this key: of the same name, or alone. */
    private Stream<Instance> named(String key, Instance like) {
        Found found = topology.found();
        return found
                .instance(List.of(key))
                .or(() -> found.service(List.of(key)).flatMap(Service::instance))
                .or(() -> found.cluster(List.of(key)).flatMap(host -> on(host, like)))
                .stream();
    }

    private Optional<Instance> on(Cluster host, Instance like) {
        List<Instance> there = topology.found().instancesOn().getOrDefault(host.key(), List.of());
        return there.stream()
                .filter(instance -> instance.name().equalsIgnoreCase(like.name()))
                .findFirst()
                .or(() -> there.size() == 1 ? Optional.of(there.getFirst()) : Optional.empty());
    }

    private void relate(Part part, Instance primary, Instance other) {
        if (!primary.key().equals(other.key())) {
            parts.getOrDefault(part, new HashMap<>()).putIfAbsent(primary.key(), other);
            used.add(other.key());
        }
    }
}
