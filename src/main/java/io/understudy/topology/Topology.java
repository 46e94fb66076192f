package io.understudy.topology;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a topology says, whichever of the two shapes said it (domain.md 10).
 *
 * @param deployed whether it says to be what is deployed, and no plan
 * @param sites in document order
 * @param clusters what the topology calls pools, and every host of SQL Server, files and the like
 * @param found every key and the thing that it names; the first owner of a key keeps it
 * @param element the topology itself
 */
record Topology(
        Imported.Source source,
        boolean deployed,
        List<Place> sites,
        List<Cluster> clusters,
        List<Instance> instances,
        List<Service> services,
        Found found,
        Element element) {

    /**
     * A site.
     *
     * @param central false for a branch site
     */
    record Place(String key, String name, boolean central, Element element) {}

    /**
     * Machines under one name.
     *
     * @param site the key of its site; empty when it names none
     * @param machines host names, in topology order
     * @param singleMachine whether it says that it can never have more than one
     */
    record Cluster(
            String key,
            String fqdn,
            Optional<String> site,
            List<String> machines,
            boolean singleMachine,
            Element element) {}

    /**
     * A SQL Server instance.
     *
     * @param name empty for the default instance
     * @param alwaysOnPrimary the host of the Availability Group's primary replica
     */
    record Instance(
            String key,
            Cluster cluster,
            String name,
            Optional<String> alwaysOnPrimary,
            Element element) {}

    /**
     * A service.
     *
     * @param role its role name in lower case
     * @param written its role name as it is written
     * @param on where it is installed; empty when the topology does not have that
     * @param instance the SQL instance that it is installed on, of a store
     */
    record Service(
            String key,
            String role,
            String written,
            OptionalInt version,
            Optional<Cluster> on,
            Optional<Instance> instance,
            List<Need> needs,
            Element element) {

        boolean isStore() {
            return StoreRole.of(role).isPresent();
        }
    }

    /**
     * A dependency of a service on another.
     *
     * @param usage what for, in lower case; "default" mostly
     * @param keys by what the other is named, the most telling first
     */
    record Need(String usage, List<String> keys) {}

    /**
     * Things by their keys, and what is installed where by the key of that.
     *
     * @param on services by the key of their cluster, and stores by the key of their instance too
     */
    record Found(
            Map<String, Place> sites,
            Map<String, Cluster> clusters,
            Map<String, Instance> instances,
            Map<String, Service> services,
            Map<String, List<Instance>> instancesOn,
            Map<String, List<Service>> on) {

        Found() {
            this(
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>());
        }

        Optional<Service> service(List<String> keys) {
            return first(services, keys);
        }

        Optional<Cluster> cluster(List<String> keys) {
            return first(clusters, keys);
        }

        Optional<Instance> instance(List<String> keys) {
            return first(instances, keys);
        }

        private static <T> Optional<T> first(Map<String, T> by, List<String> keys) {
            return keys.stream()
                    .flatMap(key -> Optional.ofNullable(by.get(key)).stream())
                    .findFirst();
        }
    }

    /** What a service needs, as far as the topology has it. */
    List<Service> needsOf(Service service) {
        return service.needs().stream()
                .flatMap(need -> found.service(need.keys()).stream())
                .toList();
    }

    List<Service> on(Cluster cluster) {
        return found.on().getOrDefault(cluster.key(), List.of());
    }

    List<Service> on(Instance instance) {
        return found.on().getOrDefault(instance.key(), List.of());
    }
}
