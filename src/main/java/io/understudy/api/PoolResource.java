package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.document.EstateDocument;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pools with what is believed of them. */
@Path("/api/v1/pools")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
class PoolResource {

    private final Watched watched;

    @Inject
    PoolResource(Watched watched) {
        this.watched = watched;
    }

    @GET
    public Page<Components.View> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Page.Request page = Page.Request.of(limit, cursor);
        Components components = watched.components();
        return page.ofAll(
                components.estate().pools(),
                pool -> pool.fqdn().value(),
                pool -> components.pool(pool.id(), configured(pool)));
    }

    @GET
    @Path("/{fqdn}")
    public Components.View one(@PathParam("fqdn") String fqdn) {
        PoolFqdn name = Parameters.named("fqdn", fqdn, PoolFqdn::new).orElseThrow();
        Components components = watched.components();
        return components
                .estate()
                .pool(name)
                .map(pool -> components.pool(pool.id(), configured(pool)))
                .orElseThrow(() ->
                        Problem.of(ProblemType.NOT_FOUND, "The estate has no pool " + name + ".")
                                .exception());
    }

    /** The pool as the estate's document has it. */
    private static JsonNode configured(Pool pool) {
        Estate alone = new Estate("", List.of(), List.of(pool), List.of(), List.of());
        return EstateDocument.write(alone).at("/pools/0");
    }
}
