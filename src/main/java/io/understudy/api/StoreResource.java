package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
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
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stores with what is believed of them. */
@Path("/api/v1/stores")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
class StoreResource {

    private final Watched watched;

    @Inject
    StoreResource(Watched watched) {
        this.watched = watched;
    }

    @GET
    public Page<Components.View> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Page.Request page = Page.Request.of(limit, cursor);
        Components components = watched.components();
        return page.ofAll(
                components.estate().stores(),
                store -> store.name().value(),
                store -> components.store(store.id(), configured(store)));
    }

    @GET
    @Path("/{name}")
    public Components.View one(@PathParam("name") String name) {
        StoreName wanted = Parameters.named("name", name, StoreName::new).orElseThrow();
        Components components = watched.components();
        return components
                .estate()
                .store(wanted)
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
