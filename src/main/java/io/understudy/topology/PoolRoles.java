package io.understudy.topology;

import io.understudy.estate.PoolRole;
import io.understudy.topology.Topology.Cluster;
import io.understudy.topology.Topology.Service;
import java.util.List;
import java.util.Optional;

/** What the servers of a cluster do, by the services that are installed there. */
final class PoolRoles {

    private PoolRoles() {}

    /**
     * The role of a cluster; empty when it is none that is watched. Mediation and Persistent Chat
     * beside a Front End are part of that pool; a Registrar without user services that says to be
     * no Director is a survivable branch appliance, which has no pair (domain.md 1).
     */
    static Optional<PoolRole> of(Topology topology, Cluster cluster) {
        List<Service> services = topology.on(cluster);
        if (has(services, "userservices")) {
            return Optional.of(PoolRole.FRONT_END);
        }
        if (has(services, "edgeserver")) {
            return Optional.of(PoolRole.EDGE);
        }
        if (services.stream().anyMatch(PoolRoles::isChat)) {
            return Optional.of(PoolRole.PERSISTENT_CHAT);
        }
        Optional<Service> registrar = find(services, "registrar");
        if (registrar.isPresent() || has(services, "director")) {
            return registrar.filter(r -> !isDirector(topology, cluster, r)).isPresent()
                    ? Optional.empty()
                    : Optional.of(PoolRole.DIRECTOR);
        }
        return has(services, "mediationserver")
                ? Optional.of(PoolRole.MEDIATION)
                : Optional.empty();
    }

    /** The service that makes a cluster what it is. */
    static Optional<Service> main(Topology topology, Cluster cluster, PoolRole role) {
        List<Service> services = topology.on(cluster);
        return switch (role) {
            case FRONT_END -> find(services, "userservices");
            case EDGE -> find(services, "edgeserver");
            case MEDIATION -> find(services, "mediationserver");
            case DIRECTOR -> find(services, "registrar").or(() -> find(services, "director"));
            case PERSISTENT_CHAT -> services.stream().filter(PoolRoles::isChat).findFirst();
        };
    }

    static boolean isChat(Service service) {
        return service.role().startsWith("persistentchat") && !service.isStore();
    }

    private static boolean isDirector(Topology topology, Cluster cluster, Service registrar) {
        return registrar
                .element()
                .all()
                .flatMap(element -> element.attribute("IsDirector").stream())
                .findFirst()
                .map("true"::equals)
                .orElseGet(() -> isCentral(topology, cluster));
    }

    private static boolean isCentral(Topology topology, Cluster cluster) {
        return cluster.site()
                .flatMap(key -> Optional.ofNullable(topology.found().sites().get(key)))
                .map(Topology.Place::central)
                .orElse(true);
    }

    private static boolean has(List<Service> services, String role) {
        return find(services, role).isPresent();
    }

    static Optional<Service> find(List<Service> services, String role) {
        return services.stream().filter(service -> service.role().equals(role)).findFirst();
    }
}
