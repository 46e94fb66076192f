package io.understudy.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.document.Schemas;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The JSON Schemas of the contract, for editors and for those who write documents. */
@Path("/api/v1/schemas")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
@Scoped(Scoped.Way.PURE)
class SchemaResource {

    @GET
    @Path("/{name}")
    public String one(@PathParam("name") String name) {
        return Schemas.bundle(name)
                .orElseThrow(() ->
                        Problem.of(ProblemType.NOT_FOUND, "The contract has no such schema.")
                                .exception());
    }
}
