package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.access.Role;
import io.understudy.control.DocumentStore.Version;
import io.understudy.control.LiveDocument;
import io.understudy.control.ObservationLog;
import io.understudy.control.Reception;
import io.understudy.estate.ObserverName;
import io.understudy.intake.AlertmanagerIntake;
import io.understudy.intake.Mapping;
import io.understudy.intake.Received;
import io.vertx.ext.web.RoutingContext;
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
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Takes what monitoring systems send, as they send it. */
@Path("/api/v1/webhooks")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.MONITOR)
@Scoped(Scoped.Way.TARGET)
class WebhookResource {

    private final Access access;
    private final Watched watched;
    private final Reception reception;
    private final LiveDocument<Mapping> mappings;
    private final ApiSeams seams;
    private final ApiSettings settings;
    private final Bodies bodies;
    private final Monitors monitors;

    @Inject
    WebhookResource(
            Access access,
            Watched watched,
            Reception reception,
            LiveDocument<Mapping> mappings,
            ApiSeams seams,
            ApiSettings settings,
            Bodies bodies,
            Monitors monitors) {
        this.access = access;
        this.watched = watched;
        this.reception = reception;
        this.mappings = mappings;
        this.seams = seams;
        this.settings = settings;
        this.bodies = bodies;
        this.monitors = monitors;
    }

    /** What became of a notification. */
    record Accepted(int accepted, int repeated, List<Received.Unmatched> unmatched) {}

    @POST
    @Path("/alertmanager")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response alertmanager(
            InputStream body,
            @Context HttpHeaders headers,
            @Context SecurityIdentity who,
            @Context RoutingContext context) {
        byte[] raw = bodies.raw(body, headers);
        Optional<ObserverName> speaksAs = monitors.admit(who, context, raw);
        JsonNode notification = bodies.document(raw, headers);
        Mapping said =
                mappings.current()
                        .map(Version::body)
                        .orElse(Mapping.DEFAULT)
                        .freshAtMost(settings.longestValidity());
        Mapping mapping = speaksAs.map(said::toldBy).orElse(said);
        Reach reach = access.reach(who, Role.MONITOR);
        Received received =
                AlertmanagerIntake.read(
                        notification,
                        mapping,
                        watched.estate(),
                        reach::covers,
                        seams.clock().instant());
        if (received.observations().isEmpty() && !received.unmatched().isEmpty()) {
            reach.requireEverywhere("none of the alerts is of anything there");
        }
        ObservationLog.Appended appended = reception.receive(received.observations());
        return Response.accepted(
                        new Accepted(
                                appended.fresh().size(), appended.repeated(), received.unmatched()))
                .build();
    }
}
