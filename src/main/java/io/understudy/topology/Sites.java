package io.understudy.topology;

import io.understudy.estate.Site;
import io.understudy.estate.SiteName;
import io.understudy.topology.Topology.Cluster;
import io.understudy.topology.Topology.Place;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sites of the estate, and which of them a cluster stands at. */
final class Sites {

    private static final int LONGEST = 100;

    private final List<Site> sites = new ArrayList<>();
    private final Map<String, SiteName> byKey = new HashMap<>();
    private final FreeNames names = new FreeNames();
    private final Notes notes;

    Sites(Topology topology, Notes notes) {
        this.notes = notes;
        topology.sites().forEach(this::add);
        if (sites.isEmpty()) {
            sites.add(new Site(new SiteName("site-1")));
            notes.untold(
                    "/sites/0/name",
                    "what the site is called",
                    "the topology has no site; one was made up for what it lists",
                    "Get-CsSite");
        }
    }

    List<Site> all() {
        return List.copyOf(sites);
    }

    /**
     * Where a cluster stands; of one that names no known site the first one, with a note.
     *
     * @param pointer to the thing that is made of the cluster
     */
    SiteName of(Cluster cluster, String pointer) {
        SiteName named = cluster.site().map(byKey::get).orElse(null);
        if (named != null) {
            return named;
        }
        SiteName first = sites.getFirst().name();
        notes.untold(
                pointer + "/site",
                "at which site " + Shown.of(cluster.fqdn()) + " stands",
                "the topology does not say; " + first + " was taken",
                "Get-CsPool -Identity " + Shown.of(cluster.fqdn()));
        return first;
    }

    private void add(Place place) {
        SiteName name = free(place);
        if (!name.value().equals(place.name())) {
            notes.untold(
                    "/sites/" + sites.size() + "/name",
                    "what the site shall be called",
                    "the topology calls it '"
                            + Shown.of(place.name())
                            + "'; names here have letters, digits, dot, dash, underscore and dollar, and occur once",
                    "keep " + name + ", or replace it everywhere in the document");
        }
        sites.add(new Site(name));
        byKey.put(place.key(), name);
    }

    private SiteName free(Place place) {
        String plain =
                Normalizer.normalize(place.name(), Normalizer.Form.NFD)
                        .replaceAll("\\p{M}+", "")
                        .replaceAll("[^A-Za-z0-9_.$-]+", "-")
                        .replaceAll("^[^A-Za-z0-9_]+|-+$", "");
        String start =
                plain.isEmpty() ? "site-" + place.key().replaceAll("[^a-z0-9]+", "-") : plain;
        return new SiteName(names.free(Shown.cut(start, LONGEST)));
    }
}
