package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.control.Composites;
import io.understudy.control.Present;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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
    private final Composites composites;

    @Inject
    PoolResource(Watched watched, Composites composites) {
        this.watched = watched;
        this.composites = composites;
    }

    /** How to try both directions of a pair, on one page. */
    @GET
    @Path("/{fqdn}/swap-test")
    @Produces({MediaType.APPLICATION_JSON, "text/markdown"})
    public Response swapTest(
            @PathParam("fqdn") String fqdn,
            @QueryParam("format") @Nullable String format,
            @Context HttpHeaders headers) {
        Form form = Form.ofReport(format, headers);
        PoolFqdn name = Parameters.named("fqdn", fqdn, PoolFqdn::new).orElseThrow();
        Present now = watched.present();
        return now.estate()
                .body()
                .pool(name)
                .flatMap(pool -> composites.swapTest(now, pool))
                .map(test -> CompositeView.answer(test, form))
                .orElseThrow(() ->
                        Problem.of(
                                        ProblemType.NOT_FOUND,
                                        "The estate has no pair of a pool " + name + ".")
                                .exception());
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
