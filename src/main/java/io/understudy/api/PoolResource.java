package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.control.Composites;
import io.understudy.control.Present;
import io.understudy.document.EstateDocument;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.runbook.Composite;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pools with what is believed of them. */
@Path("/api/v1/pools")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
@Scoped(Scoped.Way.FILTERED)
class PoolResource {

    private final Access access;
    private final Watched watched;
    private final Composites composites;

    @Inject
    PoolResource(Access access, Watched watched, Composites composites) {
        this.access = access;
        this.watched = watched;
        this.composites = composites;
    }

    /** How to try both directions of a pair, on one page. */
    @GET
    @Path("/{fqdn}/swap-test")
    @Scoped(Scoped.Way.TARGET)
    @Produces({MediaType.APPLICATION_JSON, "text/markdown"})
    public Response swapTest(
            @PathParam("fqdn") String fqdn,
            @QueryParam("format") @Nullable String format,
            @Context HttpHeaders headers,
            @Context SecurityIdentity who) {
        Form form = Form.ofReport(format, headers);
        PoolFqdn name = Parameters.named("fqdn", fqdn, PoolFqdn::new).orElseThrow();
        Present now = watched.present();
        Reach sight = access.sight(who);
        return now.estate()
                .body()
                .pool(name)
                .filter(pool -> sight.covers(pool.id()))
                .flatMap(pool -> swapTest(now, pool, sight))
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
            @QueryParam("cursor") @Nullable String cursor,
            @Context SecurityIdentity who) {
        Page.Request page = Page.Request.of(limit, cursor);
        Components components = watched.components();
        Reach sight = access.sight(who);
        return page.ofAll(
                components.estate().pools().stream().filter(p -> sight.covers(p.id())).toList(),
                pool -> pool.fqdn().value(),
                pool -> components.pool(pool.id(), configured(pool)));
    }

    @GET
    @Path("/{fqdn}")
    @Scoped(Scoped.Way.TARGET)
    public Components.View one(@PathParam("fqdn") String fqdn, @Context SecurityIdentity who) {
        PoolFqdn name = Parameters.named("fqdn", fqdn, PoolFqdn::new).orElseThrow();
        Components components = watched.components();
        return components
                .estate()
                .pool(name)
                .filter(pool -> access.sight(who).covers(pool.id()))
                .map(pool -> components.pool(pool.id(), configured(pool)))
                .orElseThrow(() ->
                        Problem.of(ProblemType.NOT_FOUND, "The estate has no pool " + name + ".")
                                .exception());
    }

    /** Both directions: what is said of the partner is as detailed as of the pool itself. */
    private Optional<Composite> swapTest(Present now, Pool pool, Reach sight) {
        now.estate()
                .body()
                .backupOf(pool)
                .ifPresent(partner -> sight.require(List.of(partner.id())));
        return composites.swapTest(now, pool);
    }

    /** The pool as the estate's document has it. */
    private static JsonNode configured(Pool pool) {
        Estate alone = new Estate("", List.of(), List.of(pool), List.of(), List.of());
        return EstateDocument.write(alone).at("/pools/0");
    }
}
