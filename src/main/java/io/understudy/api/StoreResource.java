package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.document.EstateDocument;
import io.understudy.estate.Estate;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
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
import org.jspecify.annotations.Nullable;

/** The stores with what is believed of them. */
@Path("/api/v1/stores")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
@Scoped(Scoped.Way.FILTERED)
class StoreResource {

    private final Access access;
    private final Watched watched;

    @Inject
    StoreResource(Access access, Watched watched) {
        this.access = access;
        this.watched = watched;
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
                components.estate().stores().stream().filter(s -> sight.covers(s.id())).toList(),
                store -> store.name().value(),
                store -> components.store(store.id(), configured(store)));
    }

    @GET
    @Path("/{name}")
    @Scoped(Scoped.Way.TARGET)
    public Components.View one(@PathParam("name") String name, @Context SecurityIdentity who) {
        StoreName wanted = Parameters.named("name", name, StoreName::new).orElseThrow();
        Components components = watched.components();
        return components
                .estate()
                .store(wanted)
                .filter(store -> access.sight(who).covers(store.id()))
                .map(store -> components.store(store.id(), configured(store)))
                .orElseThrow(() ->
                        Problem.of(ProblemType.NOT_FOUND, "The estate has no store " + wanted + ".")
                                .exception());
    }

    /** The store as the estate's document has it. */
    private static JsonNode configured(Store store) {
        Estate alone = new Estate("", List.of(), List.of(), List.of(store), List.of());
        return EstateDocument.write(alone).at("/stores/0");
    }
}
