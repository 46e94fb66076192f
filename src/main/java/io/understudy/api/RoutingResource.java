package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.control.DocumentStore.Version;
import io.understudy.control.LiveDocument;
import io.understudy.document.RoutingDocument;
import io.understudy.estate.Estate;
import io.understudy.estate.Violation;
import io.understudy.routing.Routing;
import io.understudy.run.ExecutorRouting;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who carries what out. Changed by administrators only: it says on which machines commands run, and
 * as whom.
 */
@Path("/api/v1/routing")
@Singleton
@RunOnVirtualThread
@RolesAllowed(Roles.VIEWER)
class RoutingResource {

    private final LiveDocument<Routing> routings;
    private final LiveDocument<Estate> estates;
    private final ExecutorRouting executors;
    private final Bodies bodies;

    @Inject
    RoutingResource(
            LiveDocument<Routing> routings,
            LiveDocument<Estate> estates,
            ExecutorRouting executors,
            Bodies bodies) {
        this.routings = routings;
        this.estates = estates;
        this.executors = executors;
        this.bodies = bodies;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, Bodies.YAML, Bodies.OLD_YAML, Bodies.TEXT_YAML})
    public Response current(
            @Context HttpHeaders headers,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        Version<Routing> routing = DocumentAnswers.found(routings.current(), "routing");
        return DocumentAnswers.shown(
                routing, RoutingDocument.write(routing.body()), headers, ifNoneMatch);
    }

    @PUT
    @Consumes({MediaType.APPLICATION_JSON, Bodies.YAML, Bodies.OLD_YAML, Bodies.TEXT_YAML})
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMIN)
    public Response put(
            InputStream body,
            @Context HttpHeaders headers,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @Context SecurityIdentity who) {
        Optional<Integer> expected = Preconditions.expected(ifMatch, ifNoneMatch);
        JsonNode document = bodies.read(body, headers);
        Routing routing = RoutingDocument.read(document, executors.names());
        List<Violation> advice =
                estates.current()
                        .map(estate -> RoutingDocument.advice(document, routing, estate.body()))
                        .orElse(List.of());
        return DocumentAnswers.saved(
                routings.save(routing, expected, who.getPrincipal().getName()), advice);
    }

    @GET
    @Path("/versions")
    @Produces(MediaType.APPLICATION_JSON)
    public Page<EstateResource.VersionView> versions(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return EstateResource.VersionView.page(routings, limit, cursor);
    }

    @GET
    @Path("/versions/{version}")
    @Produces({MediaType.APPLICATION_JSON, Bodies.YAML, Bodies.OLD_YAML, Bodies.TEXT_YAML})
    public Response version(@PathParam("version") String version, @Context HttpHeaders headers) {
        int number = Parameters.number("version", version, 1, Integer.MAX_VALUE).orElseThrow();
        Version<Routing> found =
                DocumentAnswers.found(routings.version(number), "routing of version " + number);
        return DocumentAnswers.shown(found, RoutingDocument.write(found.body()), headers, null);
    }
}
