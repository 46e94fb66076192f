package io.understudy.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.adapter.spi.ManagementServer;
import io.understudy.adapter.spi.ManagementServer.Transport;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.SiteName;
import io.understudy.estate.StoreName;
import io.understudy.estate.Violation;
import io.understudy.routing.Route;
import io.understudy.routing.Routing;
import io.understudy.runbook.Operation;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** The routing document. */
public final class RoutingDocument {

    private static final String HERE = "localhost";

    private RoutingDocument() {}

    /**
     * Reads a routing.
     *
     * @param executors the names of those that there are
     * @throws InvalidDocument when it has not the shape of the contract's {@code Routing}, names
     *     what there is not, or says two things of the same action
     */
    public static Routing read(JsonNode document, Set<String> executors) {
        Schemas.check("Routing", document);
        Cursor routing = Cursor.of(document);
        RoutingRules.check(routing, executors);
        Routing read =
                new Routing(
                        routing.list("managementServers", RoutingDocument::server),
                        routing.list("routes", RoutingDocument::route));
        RoutingRules.checkRivals(read, routing.at("routes"));
        return read;
    }

    /**
     * What is worth a second look in a routing that has been read: what the estate does not have,
     * and a site that could only be failed over by way of itself.
     */
    public static List<Violation> advice(JsonNode document, Routing routing, Estate estate) {
        return RoutingAdvice.of(Cursor.of(document), routing, estate);
    }

    private static ManagementServer server(Cursor server) {
        OptionalInt port = server.integer("port");
        return new ManagementServer(
                server.text("name"),
                server.value("site", SiteName::new),
                server.constant("transport", Transport.class),
                server.has("host") ? server.text("host").toLowerCase(Locale.ROOT) : HERE,
                port.isPresent() ? Optional.of(port.getAsInt()) : Optional.empty(),
                server.optional("user", user -> user),
                server.optional("credential", reference -> reference),
                server.list("hostKeys", key -> key.node().asText()));
    }

    private static Route route(Cursor route) {
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        route.list("operations", o -> operations.add(Operation.valueOf(o.node().asText())));
        return new Route(
                operations,
                scope(route),
                route.text("executor"),
                route.optional("managementServer", name -> name),
                route.duration("timeLimit"));
    }

    private static Optional<ComponentId> scope(Cursor route) {
        return route.optional("store", name -> ComponentId.of(new StoreName(name)))
                .or(() -> route.optional("pool", fqdn -> ComponentId.of(new PoolFqdn(fqdn))))
                .or(() -> route.optional("site", name -> ComponentId.of(new SiteName(name))));
    }

    /** The document of a routing; what is absent is left out. */
    public static ObjectNode write(Routing routing) {
        ObjectNode document = Tree.object();
        ArrayNode servers = document.putArray("managementServers");
        routing.managementServers().forEach(server -> write(server, servers.addObject()));
        ArrayNode routes = document.putArray("routes");
        routing.routes().forEach(route -> write(route, routes.addObject()));
        return document;
    }

    private static void write(ManagementServer server, ObjectNode to) {
        to.put("name", server.name())
                .put("site", server.site().value())
                .put("transport", server.transport().name());
        if (server.transport() != Transport.LOCAL) {
            to.put("host", server.host());
        }
        server.port().ifPresent(port -> to.put("port", port));
        Tree.text(to, "user", server.user());
        Tree.text(to, "credential", server.credential());
        if (!server.hostKeys().isEmpty()) {
            Tree.texts(to, "hostKeys", server.hostKeys());
        }
    }

    private static void write(Route route, ObjectNode to) {
        if (!route.operations().isEmpty()) {
            Tree.texts(to, "operations", new TreeSet<>(route.operations()));
        }
        route.scope().ifPresent(scope -> to.put(scope.kind().label(), scope.name()));
        to.put("executor", route.executor());
        Tree.text(to, "managementServer", route.managementServer());
        Tree.text(to, "timeLimit", route.timeLimit());
    }
}
