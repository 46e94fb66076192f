package io.understudy.topology;

import io.understudy.topology.Imported.Source;
import io.understudy.topology.Topology.Cluster;
import io.understudy.topology.Topology.Found;
import io.understudy.topology.Topology.Instance;
import io.understudy.topology.Topology.Need;
import io.understudy.topology.Topology.Place;
import io.understudy.topology.Topology.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Elements to what they say. Both shapes are read by the same rules: a thing is known by its name
 * wherever it stands, and things are joined by their keys once all are read.
 */
final class TopologyReader {

    private static final Set<String> SITES = Set.of("centralsite", "remotesite", "branchsite");

    private final Element topology;
    private final List<Place> sites = new ArrayList<>();
    private final List<Cluster> clusters = new ArrayList<>();
    private final List<Instance> instances = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();
    private final Found found = new Found();

    private TopologyReader(Element topology) {
        this.topology = topology;
    }

    /**
     * Reads the topology of a document.
     *
     * @throws UnreadableTopology when there is none in it
     */
    static Topology read(Element root) {
        Element topology = TopologyElement.in(root);
        TopologyReader reader = new TopologyReader(topology);
        reader.clusters(topology, Optional.empty());
        reader.instances(topology, Optional.empty());
        topology.below("Service").forEach(reader::service);
        boolean plan = topology.isNamed("PartialTopology");
        return new Topology(
                plan ? Source.TOPOLOGY_BUILDER : Source.PUBLISHED_TOPOLOGY,
                !plan || topology.attribute("IsPublished").filter("true"::equals).isPresent(),
                List.copyOf(reader.sites),
                List.copyOf(reader.clusters),
                List.copyOf(reader.instances),
                List.copyOf(reader.services),
                reader.found,
                topology);
    }

    private void clusters(Element element, Optional<String> site) {
        Optional<String> here = site;
        if (SITES.contains(element.name()) && element.attribute("SiteId").isPresent()) {
            String key = Keys.key(element.attribute("SiteId").get());
            Place place =
                    new Place(
                            key,
                            element.told("Name").orElse(""),
                            element.isNamed("CentralSite"),
                            element);
            if (found.sites().putIfAbsent(key, place) == null) {
                sites.add(place);
            }
            here = Optional.of(key);
        } else if (element.isNamed("Cluster") && element.attribute("Fqdn").isPresent()) {
            cluster(element, element.attribute("Fqdn").get(), site);
        }
        for (Element child : element.children()) {
            clusters(child, here);
        }
    }

    private void cluster(Element element, String fqdn, Optional<String> siteAround) {
        Optional<Element> id = element.child("ClusterId");
        List<String> keys =
                Stream.of(
                                element.attribute("UniqueId").stream().map(Keys::key),
                                id.stream().flatMap(Keys::in),
                                element.attribute("ClusterId").stream().map(Keys::key),
                                Stream.of(Keys.key(fqdn)))
                        .flatMap(key -> key)
                        .toList();
        Optional<String> site =
                id.flatMap(e -> e.attribute("SiteId"))
                        .or(() -> element.attribute("SiteId"))
                        .map(Keys::key)
                        .or(() -> siteAround);
        Cluster cluster =
                new Cluster(
                        keys.getFirst(),
                        fqdn,
                        site,
                        machines(element, fqdn),
                        element.attribute("IsSingleMachineOnly").filter("true"::equals).isPresent(),
                        element);
        clusters.add(cluster);
        keys.forEach(key -> found.clusters().putIfAbsent(key, cluster));
    }

    /** In topology order: by ordinal where there is one, else as they stand (domain.md 3.1). */
    private static List<String> machines(Element cluster, String fqdn) {
        return cluster.below("Machine")
                .sorted(
                        Comparator.comparingInt(machine ->
                                machine.number("OrdinalInCluster").orElse(Integer.MAX_VALUE)))
                .map(machine -> machine.attribute("Fqdn").orElse(fqdn))
                .distinct()
                .toList();
    }

    private void instances(Element element, Optional<Cluster> around) {
        if (element.isNamed("SqlInstance")) {
            Optional<Element> id = element.child("SqlInstanceId");
            Optional<Cluster> cluster =
                    around.or(() ->
                            found.cluster(element.below("ClusterId").flatMap(Keys::in).toList()));
            String name =
                    element.attribute("Name")
                            .or(() -> id.flatMap(e -> e.attribute("Name")))
                            .or(() -> element.attribute("InstanceName"))
                            .orElse("");
            cluster.ifPresent(host -> instance(element, host, name));
        }
        Optional<Cluster> here =
                element.isNamed("Cluster")
                        ? found.cluster(element.attribute("Fqdn").map(Keys::key).stream().toList())
                        : around;
        for (Element child : element.children()) {
            instances(child, here);
        }
    }

    private Instance instance(Element element, Cluster cluster, String name) {
        String key = Keys.ofInstance(cluster.key(), name);
        Instance instance =
                found.instances()
                        .computeIfAbsent(
                                key,
                                _ -> {
                                    Instance made =
                                            new Instance(
                                                    key,
                                                    cluster,
                                                    name,
                                                    element.told("AlwaysOnPrimaryNodeFqdn"),
                                                    element);
                                    instances.add(made);
                                    found.instancesOn()
                                            .computeIfAbsent(cluster.key(), _ -> new ArrayList<>())
                                            .add(made);
                                    return made;
                                });
        element.attribute("UniqueId")
                .ifPresent(id -> found.instances().putIfAbsent(Keys.key(id), instance));
        return instance;
    }

    private void service(Element element) {
        Optional<Element> id = element.child("ServiceId");
        Optional<String> role =
                element.attribute("RoleName").or(() -> id.flatMap(e -> e.attribute("RoleName")));
        List<String> keys =
                Stream.concat(
                                element.attribute("UniqueId").stream().map(Keys::key),
                                id.stream().flatMap(Keys::in))
                        .toList();
        if (role.isEmpty() || keys.isEmpty()) {
            return;
        }
        Service service = service(element, role.get(), keys.getFirst());
        services.add(service);
        keys.forEach(key -> found.services().putIfAbsent(key, service));
        Stream.concat(
                        service.on().stream().map(Cluster::key),
                        service.instance().stream().map(Instance::key))
                .forEach(key ->
                        found.on().computeIfAbsent(key, _ -> new ArrayList<>()).add(service));
    }

    private Service service(Element element, String role, String key) {
        List<String> place = place(element);
        Optional<Instance> instance =
                StoreRole.of(Element.folded(role)).flatMap(_ -> instance(element, place));
        return new Service(
                key,
                Element.folded(role),
                role,
                element.number("ServiceVersion"),
                instance.map(Instance::cluster).or(() -> found.cluster(place)),
                instance,
                needs(element),
                element);
    }

    private static List<String> place(Element service) {
        Stream<String> attribute = service.attribute("InstalledOn").stream().map(Keys::key);
        Stream<String> child = service.child("InstalledOn").stream().flatMap(Keys::in);
        return Stream.concat(attribute, child).toList();
    }

    /**
     * Where a store is installed. An instance that is listed nowhere exists all the same; a host
     * that is named without its instance means its only one, else the default instance.
     */
    private Optional<Instance> instance(Element store, List<String> place) {
        return found.instance(place)
                .or(() ->
                        found.cluster(place)
                                .map(cluster -> {
                                    Optional<Element> id = store.below("SqlInstanceId").findFirst();
                                    List<Instance> there =
                                            found.instancesOn()
                                                    .getOrDefault(cluster.key(), List.of());
                                    return id.isEmpty() && there.size() == 1
                                            ? there.getFirst()
                                            : instance(
                                                    EMPTY,
                                                    cluster,
                                                    id.flatMap(e -> e.attribute("Name"))
                                                            .orElse(""));
                                }));
    }

    private static final Element EMPTY =
            new Element("sqlinstance", "SqlInstance", "", Map.of(), List.of(), "", 0);

    private static List<Need> needs(Element service) {
        return service.child("DependsOn").stream()
                .flatMap(e -> e.below("Dependency"))
                .map(need ->
                        new Need(
                                Element.folded(need.attribute("Usage").orElse("default")),
                                Keys.in(need).toList()))
                .toList();
    }
}
