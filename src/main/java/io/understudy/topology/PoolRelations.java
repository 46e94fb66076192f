package io.understudy.topology;

import io.understudy.estate.PoolRole;
import io.understudy.topology.Topology.Cluster;
import io.understudy.topology.Topology.Service;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What pools are to each other: backup pool, next hop, federation route. */
final class PoolRelations {

    private static final Set<String> HOMES = Set.of("registrar", "userservices");

    private final Topology topology;
    private final Set<String> federation;
    private final Map<String, String> pairs = new HashMap<>();

    PoolRelations(Topology topology) {
        this.topology = topology;
        this.federation =
                Keys.mentioned(topology.element(), PoolRelations::isFederationRoute)
                        .flatMap(key -> place(key).stream())
                        .map(Cluster::key)
                        .collect(Collectors.toUnmodifiableSet());
        topology.element().all().filter(e -> e.name().contains("pair")).forEach(this::pair);
    }

    private void pair(Element element) {
        List<String> both =
                Keys.in(element)
                        .flatMap(key -> place(key).stream())
                        .filter(is(PoolRole.FRONT_END))
                        .map(Cluster::key)
                        .distinct()
                        .toList();
        if (both.size() == 2) {
            pairs.putIfAbsent(both.getFirst(), both.getLast());
            pairs.putIfAbsent(both.getLast(), both.getFirst());
        }
    }

    /**
     * The Front End pool that a Front End pool names as its backup: its Registrar or its user
     * services depend on those of another (domain.md 1), or it is called a backup, or an element
     * that is called a pair names both.
     */
    Optional<Cluster> backupOf(Cluster pool) {
        Stream<Cluster> needed =
                homes(pool)
                        .flatMap(service -> topology.needsOf(service).stream())
                        .filter(other -> HOMES.contains(other.role()))
                        .flatMap(other -> other.on().stream());
        Stream<Cluster> mentioned =
                Stream.concat(Stream.of(pool.element()), homes(pool).map(Service::element))
                        .flatMap(element -> Keys.mentioned(element, PoolRelations::isBackup))
                        .flatMap(key -> place(key).stream());
        return Stream.of(
                        needed,
                        mentioned,
                        Stream.ofNullable(pairs.get(pool.key()))
                                .flatMap(key -> place(key).stream()))
                .flatMap(others -> others)
                .filter(other -> !other.key().equals(pool.key()))
                .filter(is(PoolRole.FRONT_END))
                .findFirst();
    }

    /**
     * The pool that a pool's main service depends on: a Front End pool, or for an Edge pool a
     * Director pool as well.
     */
    Optional<Cluster> nextHopOf(Cluster pool, PoolRole role) {
        Predicate<Cluster> hop =
                role == PoolRole.EDGE
                        ? is(PoolRole.FRONT_END).or(is(PoolRole.DIRECTOR))
                        : is(PoolRole.FRONT_END);
        return PoolRoles.main(topology, pool, role).stream()
                .flatMap(service -> topology.needsOf(service).stream())
                .filter(other -> HOMES.contains(other.role()) || other.role().equals("director"))
                .flatMap(other -> other.on().stream())
                .filter(hop)
                .findFirst();
    }

    boolean carriesFederation(Cluster pool) {
        return federation.contains(pool.key());
    }

    /** Whether any site names its federation route. */
    boolean isFederationTold() {
        return !federation.isEmpty();
    }

    private Stream<Service> homes(Cluster pool) {
        return topology.on(pool).stream().filter(service -> HOMES.contains(service.role()));
    }

    private Predicate<Cluster> is(PoolRole role) {
        return cluster -> PoolRoles.of(topology, cluster).filter(role::equals).isPresent();
    }

    private Optional<Cluster> place(String key) {
        return topology.found()
                .service(List.of(key))
                .flatMap(Service::on)
                .or(() -> topology.found().cluster(List.of(key)));
    }

    private static boolean isBackup(String name) {
        return name.contains("backup") || name.contains("pair");
    }

    private static boolean isFederationRoute(String name) {
        return name.contains("federationroute") && !name.contains("xmpp");
    }
}
