package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.control.DocumentStore.Version;
import io.understudy.control.LiveDocument;
import io.understudy.control.ObservationLog;
import io.understudy.control.Reception;
import io.understudy.intake.AlertmanagerIntake;
import io.understudy.intake.Mapping;
import io.understudy.intake.Received;
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
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what monitoring systems send, as they send it. */
@Path("/api/v1/webhooks")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.MONITOR)
class WebhookResource {

    private final Watched watched;
    private final Reception reception;
    private final LiveDocument<Mapping> mappings;
    private final ApiSeams seams;
    private final Bodies bodies;

    @Inject
    WebhookResource(
            Watched watched,
            Reception reception,
            LiveDocument<Mapping> mappings,
            ApiSeams seams,
            Bodies bodies) {
        this.watched = watched;
        this.reception = reception;
        this.mappings = mappings;
        this.seams = seams;
        this.bodies = bodies;
    }

    /** What became of a notification. */
    record Accepted(int accepted, int repeated, List<Received.Unmatched> unmatched) {}

    @POST
    @Path("/alertmanager")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response alertmanager(byte @Nullable [] body, @Context HttpHeaders headers) {
        JsonNode notification = bodies.read(body, headers);
        Mapping mapping = mappings.current().map(Version::body).orElse(Mapping.DEFAULT);
        Received received =
                AlertmanagerIntake.read(
                        notification, mapping, watched.estate(), seams.clock().instant());
        ObservationLog.Appended appended = reception.receive(received.observations());
        return Response.accepted(
                        new Accepted(
                                appended.fresh().size(), appended.repeated(), received.unmatched()))
                .build();
    }
}
