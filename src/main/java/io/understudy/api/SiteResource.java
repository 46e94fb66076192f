package io.understudy.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.estate.ComponentId;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The sites with what is believed of them. */
@Path("/api/v1/sites")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
class SiteResource {

    private final Watched watched;

    @Inject
    SiteResource(Watched watched) {
        this.watched = watched;
    }

    @GET
    public Page<Components.View> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Page.Request page = Page.Request.of(limit, cursor);
        Components components = watched.components();
        return page.ofAll(
                components.estate().sites(),
                site -> site.name().value(),
                site -> components.view(ComponentId.of(site.name())));
    }
}
