package io.understudy.routing;

import io.understudy.adapter.spi.ManagementServer;
import java.util.List;
import java.util.Optional;

/**
 * Who carries what out.
 *
 * @param managementServers in document order: of several that would do the first is taken
 * @param routes no two of the same rank fit the same action ({@link Route#rivals})
 */
public record Routing(List<ManagementServer> managementServers, List<Route> routes) {

    /** No route at all: what holds is in the settings. */
    public static final Routing NONE = new Routing(List.of(), List.of());

    public Routing {
        managementServers = List.copyOf(managementServers);
        routes = List.copyOf(routes);
    }

    /** The management server of a name. */
    public Optional<ManagementServer> managementServer(String name) {
        return managementServers.stream().filter(server -> server.name().equals(name)).findFirst();
    }
}
