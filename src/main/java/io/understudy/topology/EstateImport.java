package io.understudy.topology;

import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.Site;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads an estate out of a topology: what Topology Builder saves, or Get-CsTopology -AsXml gives.
 */
public final class EstateImport {

    /** Parts of a topology whose things become parts of the estate. */
    private static final Set<String> READ =
            Set.of("sites", "centralsites", "clusters", "sqlinstances", "services");

    private static final List<String> ORDER = List.of("", "sites", "pools", "stores", "observers");

    private final Topology topology;
    private final Notes notes = new Notes();

    private EstateImport(Topology topology) {
        this.topology = topology;
    }

    /**
     * Reads a document of either shape, in UTF-8 or UTF-16.
     *
     * @param xml the bytes as they were exported
     * @throws UnreadableTopology when they are no XML, XML that is not taken, or no topology
     */
    public static Imported read(byte[] xml) {
        return new EstateImport(TopologyReader.read(XmlReader.read(xml))).imported();
    }

    private Imported imported() {
        Sites sites = new Sites(topology, notes);
        StoreRelations relations = new StoreRelations(topology);
        Stores stores = new Stores(topology, relations, sites, notes);
        List<Pool> pools = new Pools(topology, relations, stores, sites, notes).all();
        whole(pools);
        observers(sites.all());
        unreadParts();
        return new Imported(
                topology.source(),
                new Estate(name(), sites.all(), pools, stores.all(), List.of()),
                notes.untold().stream()
                        .sorted(
                                Comparator.comparingInt(EstateImport::part)
                                        .thenComparingInt(EstateImport::place))
                        .toList(),
                notes.ignored());
    }

    /** Where in the document a note belongs: its part, and the place in the list there. */
    private static int part(Untold untold) {
        return ORDER.indexOf(segment(untold, 1));
    }

    private static int place(Untold untold) {
        String index = segment(untold, 2);
        return index.matches("\\d{1,9}") ? Integer.parseInt(index) : 0;
    }

    private static String segment(Untold untold, int number) {
        String[] segments = untold.pointer().split("/", -1);
        return segments.length > number ? segments[number] : "";
    }

    private String name() {
        return topology.element()
                .below("InternalDomains")
                .flatMap(domains -> domains.attribute("DefaultDomain").stream())
                .findFirst()
                .map(domain -> Shown.cut(domain, 253))
                .orElse("imported");
    }

    private void whole(List<Pool> pools) {
        if (!topology.deployed()) {
            notes.untold(
                    "",
                    "whether this is what is deployed",
                    "Topology Builder says of this file that it is not published: it may be a plan",
                    "(Get-CsTopology -AsXml).ToString(), and import that");
        }
        if (pools.isEmpty()) {
            notes.untold(
                    "/pools",
                    "the pools",
                    "the topology has no cluster with a Front End, Edge, Mediation, Director or Persistent Chat service",
                    "Get-CsPool");
        }
    }

    private void observers(List<Site> sites) {
        String all =
                sites.stream()
                        .limit(5)
                        .map(site -> "{name: o-" + site.name() + ", site: " + site.name() + "}")
                        .collect(Collectors.joining(", ", "[", "]"));
        String third =
                sites.size() < 3
                        ? "; better with a site of its own that has no pool, so that the loss of a site can be told"
                                + " from the loss of a line"
                        : "";
        notes.untold(
                "/observers",
                "who watches, and from where",
                "a topology has no observers; nothing is taken for down unless observers at two sites say so",
                "decide where observers run, for instance observers: " + all + third);
    }

    private void unreadParts() {
        topology.element().children().stream()
                .filter(part -> !READ.contains(part.name()))
                .map(Element::written)
                .distinct()
                .limit(50)
                .forEach(part ->
                        notes.ignored(
                                "element " + Shown.of(part),
                                "it says nothing of sites, pools, servers or stores"));
    }
}
