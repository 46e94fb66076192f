package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.understudy.decision.Decider;
import io.understudy.document.EvaluationDocument;
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

/** Decides on a document, or on an incident anew; stores nothing. */
@Path("/api/v1/evaluations")
@Singleton
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
class EvaluationResource {

    private final Access access;
    private final Bodies bodies;
    private final Replays replays;
    private final Turns turns;

    @Inject
    EvaluationResource(Access access, Bodies bodies, Replays replays, Turns turns) {
        this.access = access;
        this.bodies = bodies;
        this.replays = replays;
        this.turns = turns;
    }

    /** Pure: the same request always gets the same answer. */
    @POST
    @Scoped(Scoped.Way.PURE)
    @Consumes({MediaType.APPLICATION_JSON, Bodies.YAML, Bodies.OLD_YAML, Bodies.TEXT_YAML})
    public JsonNode evaluate(InputStream body, @Context HttpHeaders headers) {
        byte[] raw = bodies.raw(body, headers);
        return turns.compute(() ->
                EvaluationDocument.answer(
                        EvaluationDocument.read(bodies.document(raw, headers)), Decider::decide));
    }

    @POST
    @Path("/replay")
    @Scoped(Scoped.Way.TARGET)
    @Consumes({MediaType.APPLICATION_JSON, Bodies.YAML, Bodies.OLD_YAML, Bodies.TEXT_YAML})
    public JsonNode replay(
            InputStream body, @Context HttpHeaders headers, @Context SecurityIdentity who) {
        byte[] raw = bodies.raw(body, headers);
        Reach sight = access.sight(who);
        return turns.compute(() -> replays.replay(bodies.document(raw, headers), sight));
    }
}
