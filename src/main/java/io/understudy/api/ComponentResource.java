package io.understudy.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.control.Present;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.health.Status;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything that can be observed, with what is believed of it. */
@Path("/api/v1/components")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
@Scoped(Scoped.Way.FILTERED)
class ComponentResource {

    private final Access access;
    private final Watched watched;

    @Inject
    ComponentResource(Access access, Watched watched) {
        this.access = access;
        this.watched = watched;
    }

    @GET
    public Page<Components.View> list(
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("status") @Nullable String status,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context SecurityIdentity who) {
        Optional<ComponentKind> ofKind =
                Parameters.choice("kind", ComponentKind.class, ComponentKind::label, kind);
        Optional<Status> ofStatus = Parameters.choice("status", Status.class, status);
        Page.Request page = Page.Request.of(limit, cursor);
        Present present = watched.present();
        Reach sight = access.sight(who);
        List<ComponentId> wanted =
                present.estate().body().components().stream()
                        .filter(sight::covers)
                        .filter(id -> ofKind.map(id.kind()::equals).orElse(true))
                        .filter(id ->
                                ofStatus.map(present.conditions().status(id)::equals).orElse(true))
                        .toList();
        return page.ofAll(wanted, ComponentId::toString, new Components(present)::view);
    }

    /** The slash of a SQL instance's id may be escaped or not. */
    @GET
    @Path("/{id:.+}")
    @Scoped(Scoped.Way.TARGET)
    public Components.View one(@PathParam("id") String id, @Context SecurityIdentity who) {
        ComponentId wanted = Parameters.component("id", id).orElseThrow();
        Components components = watched.components();
        if (components.estate().siteOf(wanted).isEmpty() || !access.sight(who).covers(wanted)) {
            throw Problem.of(ProblemType.NOT_FOUND, "The estate has no component " + wanted + ".")
                    .exception();
        }
        return components.view(wanted);
    }
}
