package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.decision.Window;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Stops everything that would start, for an operator who is in a hurry. */
@Path(FreezeResource.PATH)
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
@Scoped(Scoped.Way.TARGET)
class FreezeResource {

    static final String PATH = "/api/v1/freeze";

    private final PolicyWindows windows;
    private final Bodies bodies;

    @Inject
    FreezeResource(PolicyWindows windows, Bodies bodies) {
        this.windows = windows;
        this.bodies = bodies;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Scoped(Scoped.Way.FILTERED)
    public Page<JsonNode> list(@Context SecurityIdentity who) {
        return windows.list(Window.Kind.FREEZE, who);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(
            InputStream body,
            @Context HttpHeaders headers,
            @HeaderParam(Idempotency.HEADER) @Nullable String key,
            @Context SecurityIdentity who) {
        JsonNode wanted = bodies.read(body, headers, "FreezeRequest");
        return windows.add(Window.Kind.FREEZE, PATH, wanted, key, who);
    }

    @DELETE
    @Path("/{name}")
    public Response remove(@PathParam("name") String name, @Context SecurityIdentity who) {
        return windows.remove(Window.Kind.FREEZE, name, who);
    }
}
