package io.understudy.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.control.DocumentStore.Version;
import io.understudy.control.LiveDocument;
import io.understudy.decision.Policy;
import io.understudy.document.PolicyDocument;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the operators allow. Changed by administrators only: whoever could let a remediation start
 * by itself could do without approvers.
 */
@Path("/api/v1/policy")
@Singleton
@RunOnVirtualThread
@RolesAllowed(Roles.VIEWER)
class PolicyResource {

    private final LiveDocument<Policy> policies;
    private final Bodies bodies;

    @Inject
    PolicyResource(LiveDocument<Policy> policies, Bodies bodies) {
        this.policies = policies;
        this.bodies = bodies;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, Bodies.YAML, Bodies.OLD_YAML, Bodies.TEXT_YAML})
    public Response current(
            @Context HttpHeaders headers,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        Version<Policy> policy = DocumentAnswers.found(policies.current(), "policy");
        return DocumentAnswers.shown(
                policy, PolicyDocument.write(policy.body()), headers, ifNoneMatch);
    }

    @PUT
    @Consumes({MediaType.APPLICATION_JSON, Bodies.YAML, Bodies.OLD_YAML, Bodies.TEXT_YAML})
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMIN)
    public Response put(
            byte @Nullable [] body,
            @Context HttpHeaders headers,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @Context SecurityIdentity who) {
        Optional<Integer> expected = Preconditions.expected(ifMatch, ifNoneMatch);
        Policy policy = PolicyDocument.read(bodies.read(body, headers));
        return DocumentAnswers.saved(
                policies.save(policy, expected, who.getPrincipal().getName()), List.of());
    }
}
