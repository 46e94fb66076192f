package io.understudy.document;

import io.understudy.adapter.spi.ManagementServer;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.SiteName;
import io.understudy.estate.Violation;
import io.understudy.routing.Route;
import io.understudy.routing.Routing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is worth a second look in a routing, and not wrong, since the estate may come later. */
final class RoutingAdvice {

    private RoutingAdvice() {}

    static List<Violation> of(Cursor document, Routing routing, Estate estate) {
        List<Violation> advice = new ArrayList<>();
        for (Cursor server : document.list("managementServers", server -> server)) {
            SiteName site = server.value("site", SiteName::new);
            if (estate.site(site).isEmpty()) {
                advice.add(unknown(server.at("site"), ComponentId.of(site)));
            }
        }
        for (int i = 0; i < routing.routes().size(); i++) {
            Cursor place = document.at("routes").at(Integer.toString(i));
            Route route = routing.routes().get(i);
            route.scope()
                    .filter(scope -> !estate.components().contains(scope))
                    .ifPresent(scope -> advice.add(unknown(place.at(scope.kind().label()), scope)));
        }
        if (!routing.managementServers().isEmpty()) {
            cornered(document, routing, estate, advice);
        }
        return advice;
    }

    private static Violation unknown(Cursor place, ComponentId what) {
        return advice(
                "UNKNOWN_SCOPE",
                place.pointer(),
                "the estate has no " + what + ": nothing is meant until it has");
    }

    /** Sites that are failed over to another one, with management servers nowhere else. */
    private static void cornered(
            Cursor document, Routing routing, Estate estate, List<Violation> advice) {
        Set<SiteName> served =
                routing.managementServers().stream()
                        .map(ManagementServer::site)
                        .collect(Collectors.toSet());
        Set<SiteName> left = new TreeSet<>();
        for (Pool pool : estate.pools()) {
            estate.backupOf(pool)
                    .filter(backup -> !backup.site().equals(pool.site()))
                    .filter(_ -> served.equals(Set.of(pool.site())))
                    .ifPresent(_ -> left.add(pool.site()));
        }
        left.forEach(site ->
                advice.add(
                        advice(
                                "NO_MANAGEMENT_SERVER_ELSEWHERE",
                                document.at("managementServers").pointer(),
                                "all management servers stand at "
                                        + site
                                        + ": once it is lost nothing can fail its pools over;"
                                        + " name one at another site")));
    }

    private static Violation advice(String code, String pointer, String message) {
        return new Violation(code, Violation.Severity.ADVICE, pointer, message, "domain.md 5");
    }
}
