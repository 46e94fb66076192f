package io.understudy.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.control.Composites;
import io.understudy.estate.ComponentId;
import io.understudy.estate.SiteName;
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
import org.jspecify.annotations.Nullable;

/** The sites with what is believed of them. */
@Path("/api/v1/sites")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
@Scoped(Scoped.Way.FILTERED)
class SiteResource {

    private final Access access;
    private final Watched watched;
    private final Composites composites;

    @Inject
    SiteResource(Access access, Watched watched, Composites composites) {
        this.access = access;
        this.watched = watched;
        this.composites = composites;
    }

    /** All that is to be done about a site, on one page. */
    @GET
    @Path("/{name}/runbook")
    @Scoped(Scoped.Way.TARGET)
    @Produces({MediaType.APPLICATION_JSON, "text/markdown"})
    public Response runbook(
            @PathParam("name") String name,
            @QueryParam("format") @Nullable String format,
            @Context HttpHeaders headers,
            @Context SecurityIdentity who) {
        Form form = Form.ofReport(format, headers);
        SiteName site = Parameters.named("name", name, SiteName::new).orElseThrow();
        if (watched.estate().site(site).isEmpty()
                || !access.sight(who).covers(ComponentId.of(site))) {
            throw Problem.of(ProblemType.NOT_FOUND, "The estate has no site " + site + ".")
                    .exception();
        }
        return CompositeView.answer(composites.site(watched.present(), site), form);
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
                components.estate().sites().stream()
                        .filter(site -> sight.covers(ComponentId.of(site.name())))
                        .toList(),
                site -> site.name().value(),
                site -> components.view(ComponentId.of(site.name())));
    }
}
