package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Blocking;
import io.understudy.document.EstateDocument;
import io.understudy.document.Schemas;
import io.understudy.topology.EstateImport;
import io.understudy.topology.Ignored;
import io.understudy.topology.Imported;
import io.understudy.topology.Untold;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;

/** A topology in, an estate document out, and what a person has to add. Stores nothing. */
@Path("/api/v1/estate/import")
@Singleton
@Blocking
@RolesAllowed(Roles.VIEWER)
@Scoped(Scoped.Way.PURE)
class ImportResource {

    private final Bodies bodies;
    private final Turns turns;

    @Inject
    ImportResource(Bodies bodies, Turns turns) {
        this.bodies = bodies;
        this.turns = turns;
    }

    /** What a topology gives. */
    record EstateFromTopology(
            Imported.Source source, JsonNode estate, List<Untold> untold, List<Ignored> ignored) {}

    /**
     * Takes every type, and refuses by itself, so that a key without the role is told that first.
     */
    @POST
    @Consumes({
        MediaType.APPLICATION_XML,
        MediaType.TEXT_XML,
        MediaType.APPLICATION_OCTET_STREAM,
        MediaType.WILDCARD
    })
    @Produces(MediaType.APPLICATION_JSON)
    public EstateFromTopology imported(InputStream body, @Context HttpHeaders headers) {
        byte[] xml = bodies.xml(body, headers);
        return turns.compute(() -> imported(xml));
    }

    private static EstateFromTopology imported(byte[] xml) {
        Imported imported = EstateImport.read(xml);
        JsonNode estate = EstateDocument.write(imported.estate());
        Schemas.check("Estate", estate);
        return new EstateFromTopology(
                imported.source(), estate, imported.untold(), imported.ignored());
    }
}
