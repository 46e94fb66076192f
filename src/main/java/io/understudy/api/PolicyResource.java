package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.control.DocumentStore.Version;
import io.understudy.control.LiveDocument;
import io.understudy.decision.Policy;
import io.understudy.document.DocumentProblem;
import io.understudy.document.EffectivePolicyDocument;
import io.understudy.document.InvalidDocument;
import io.understudy.document.PolicyDocument;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.Violation;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
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
    private final LiveDocument<Estate> estates;
    private final Bodies bodies;
    private final InstantSource clock;

    @Inject
    PolicyResource(
            LiveDocument<Policy> policies,
            LiveDocument<Estate> estates,
            Bodies bodies,
            ApiSeams seams) {
        this.policies = policies;
        this.estates = estates;
        this.bodies = bodies;
        this.clock = seams.clock();
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
            InputStream body,
            @Context HttpHeaders headers,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @Context SecurityIdentity who) {
        Optional<Integer> expected = Preconditions.expected(ifMatch, ifNoneMatch);
        JsonNode document = bodies.read(body, headers);
        Policy policy = PolicyDocument.read(document);
        List<Violation> advice =
                estates.current()
                        .map(estate -> PolicyDocument.advice(document, estate.body()))
                        .orElse(List.of());
        return DocumentAnswers.saved(
                policies.save(policy, expected, who.getPrincipal().getName()), advice);
    }

    @GET
    @Path("/versions")
    @Produces(MediaType.APPLICATION_JSON)
    public Page<EstateResource.VersionView> versions(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return EstateResource.VersionView.page(policies, limit, cursor);
    }

    @GET
    @Path("/versions/{version}")
    @Produces({MediaType.APPLICATION_JSON, Bodies.YAML, Bodies.OLD_YAML, Bodies.TEXT_YAML})
    public Response version(@PathParam("version") String version, @Context HttpHeaders headers) {
        int number = Parameters.number("version", version, 1, Integer.MAX_VALUE).orElseThrow();
        Version<Policy> found =
                DocumentAnswers.found(policies.version(number), "policy of version " + number);
        return DocumentAnswers.shown(found, PolicyDocument.write(found.body()), headers, null);
    }

    @GET
    @Path("/effective")
    @Produces(MediaType.APPLICATION_JSON)
    public Response effective(
            @QueryParam("target") @Nullable String target, @QueryParam("at") @Nullable String at) {
        Optional<ComponentId> wanted = Parameters.component("target", target);
        Instant when = Parameters.time("at", at).orElseGet(() -> clock.instant());
        Version<Policy> policy = DocumentAnswers.found(policies.current(), "policy");
        Optional<Estate> estate = estates.current().map(Version::body);
        if (wanted.isPresent() && !isKnown(wanted.get(), estate)) {
            throw Problem.of(ProblemType.NOT_FOUND, "The estate has no " + wanted.get() + ".")
                    .exception();
        }
        JsonNode answer =
                EffectivePolicyDocument.write(policy.body(), estate, wanted, when)
                        .put("policyVersion", policy.version());
        return Response.ok(answer)
                .header(HttpHeaders.ETAG, Preconditions.tag(policy.version()))
                .build();
    }

    @POST
    @Path("/effective")
    @Consumes({MediaType.APPLICATION_JSON, Bodies.YAML, Bodies.OLD_YAML, Bodies.TEXT_YAML})
    @Produces(MediaType.APPLICATION_JSON)
    public JsonNode wouldBe(InputStream body, @Context HttpHeaders headers) {
        EffectivePolicyDocument.Question asked =
                EffectivePolicyDocument.readRequest(bodies.read(body, headers));
        Optional<Estate> estate = asked.estate().or(() -> estates.current().map(Version::body));
        if (asked.target().isPresent() && !isKnown(asked.target().get(), estate)) {
            throw new InvalidDocument(
                    List.of(
                            new DocumentProblem(
                                    "/target", "the estate has none of this name", "UNKNOWN")));
        }
        return EffectivePolicyDocument.write(
                asked.policy(), estate, asked.target(), asked.at().orElseGet(clock::instant));
    }

    private static boolean isKnown(ComponentId target, Optional<Estate> estate) {
        return estate.filter(e -> e.components().contains(target)).isPresent();
    }
}
