package io.understudy.control;

import io.understudy.estate.ComponentId;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolRole;
import io.understudy.estate.SiteName;
import io.understudy.runbook.Composite;
import io.understudy.runbook.Composite.ByHand;
import io.understudy.runbook.Composite.Part;
import java.util.ArrayList;
import java.util.List;

/** What people do around the runs of a lost site (domain.md 5.5, 5.7). */
final class SiteWork {

    private static final List<String> BEFORE =
            List.of(
                    "Confirm the loss by signals that do not depend on one another, and decide: the"
                            + " recovery time runs from here",
                    "The order is Central Management store, Edge next hops, pools, Persistent Chat;"
                            + " each part is a run of its own, and the next one is opened when the"
                            + " one before has ended well",
                    "Run everything from a server of the surviving site");

    private SiteWork() {}

    static Composite of(Estate estate, SiteName site, List<Part> parts, List<String> besides) {
        List<String> before = new ArrayList<>(BEFORE);
        if (parts.isEmpty()) {
            before.add("Nothing is decided around " + ComponentId.of(site) + " now");
        }
        return new Composite(
                "Runbook of " + ComponentId.of(site), before, parts, besides, byHand(estate, site));
    }

    private static List<ByHand> byHand(Estate estate, SiteName site) {
        List<ByHand> items = new ArrayList<>();
        List<Pool> edges =
                estate.edges().stream().filter(edge -> edge.site().equals(site)).toList();
        if (!edges.isEmpty()) {
            items.addAll(edge(edges.stream().anyMatch(Pool::federationRoute)));
        }
        items.add(
                new ByHand(
                        "Names",
                        "DNS or GeoDNS of the simple URLs, of autodiscover and of the reverse"
                                + " proxies to the surviving site, where no step of a pool's"
                                + " runbook did it"));
        items.add(
                new ByHand(
                        "PSTN",
                        "failover routes and trunks to the surviving Mediation pools; event 46046"
                                + " says that all gateways of a pool are down"));
        if (estate.pools().stream()
                .anyMatch(p -> p.site().equals(site) && p.role() == PoolRole.FRONT_END)) {
            items.add(
                    new ByHand(
                            "Branches",
                            "users of a Survivable Branch Appliance whose pool was here stay in"
                                    + " resiliency mode: promise them voice, no more"));
        }
        items.add(new ByHand("Others", others(estate, site)));
        return items;
    }

    private static List<ByHand> edge(boolean federation) {
        List<ByHand> items = new ArrayList<>();
        if (federation) {
            items.add(
                    new ByHand(
                            "Federation route",
                            "Topology Builder: untick \"Enable federation for this Edge pool (port"
                                    + " 5061)\" on the lost Edge pool, tick it on another, publish,"
                                    + " run setup on the Edge servers; one Edge pool carries"
                                    + " federation, DNS priorities do not fail it over"));
            items.add(
                    new ByHand(
                            "XMPP",
                            "Stop-CsWindowsService on the other Edge servers; Set-CsSite <site>"
                                    + " -XmppExternalFederationRoute <edge pool>; SRV"
                                    + " _xmpp-server._tcp to port 5269; Start-CsWindowsService"));
        }
        items.add(
                new ByHand(
                        "Media of remote users",
                        "Topology Builder: Front End pools that were associated with the lost Edge"
                                + " pool, Associations, Associate Edge pool (for media components),"
                                + " the other one, publish"));
        return items;
    }

    private static String others(Estate estate, SiteName site) {
        List<String> stores =
                estate.stores().stream()
                        .filter(store -> store.site().equals(site))
                        .filter(store ->
                                store.databaseTypes().contains(DatabaseType.MONITORING)
                                        || store.databaseTypes().contains(DatabaseType.ARCHIVING))
                        .map(store -> store.id().toString())
                        .toList();
        return "Office Web Apps and Exchange Unified Messaging have their own means; monitoring and"
                + " archiving stores are associated anew in Topology Builder"
                + (stores.isEmpty() ? "" : ": " + String.join(", ", stores));
    }
}
