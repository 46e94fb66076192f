package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.understudy.control.DocumentStore.Version;
import io.understudy.control.LiveDocument;
import io.understudy.document.DocumentProblem;
import io.understudy.document.EstateDocument;
import io.understudy.document.InvalidDocument;
import io.understudy.estate.Estate;
import io.understudy.estate.EstateRules;
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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything watched, as one versioned document. */
@Path("/api/v1/estate")
@Singleton
@Blocking
@RolesAllowed(Roles.VIEWER)
class EstateResource {

    private static final String WHAT = "estate";

    private final LiveDocument<Estate> estates;
    private final Bodies bodies;
    private final Turns turns;

    @Inject
    EstateResource(LiveDocument<Estate> estates, Bodies bodies, Turns turns) {
        this.estates = estates;
        this.bodies = bodies;
        this.turns = turns;
    }

    /** A version without its document. */
    record VersionView(int version, String savedBy, Instant savedAt) {

        static Page<VersionView> page(
                LiveDocument<?> document, @Nullable String limit, @Nullable String cursor) {
            return Page.Request.of(limit, cursor)
                    .ofAll(
                            document.versions().stream().map(VersionView::of).toList(),
                            v -> Integer.toString(v.version()),
                            v -> v);
        }

        private static VersionView of(Version<?> version) {
            return new VersionView(version.version(), version.savedBy(), version.savedAt());
        }
    }

    /** What is wrong with an estate, and whether it would be taken all the same. */
    record Verdict(boolean valid, List<Violation> violations) {}

    @GET
    @Produces({MediaType.APPLICATION_JSON, Bodies.YAML, Bodies.OLD_YAML, Bodies.TEXT_YAML})
    public Response current(
            @Context HttpHeaders headers,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        return shown(DocumentAnswers.found(estates.current(), WHAT), headers, ifNoneMatch);
    }

    @PUT
    @Consumes({MediaType.APPLICATION_JSON, Bodies.YAML, Bodies.OLD_YAML, Bodies.TEXT_YAML})
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    public Response put(
            InputStream body,
            @Context HttpHeaders headers,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @Context SecurityIdentity who) {
        Optional<Integer> expected = Preconditions.expected(ifMatch, ifNoneMatch);
        byte[] raw = bodies.raw(body, headers);
        String actor = who.getPrincipal().getName();
        return turns.compute(() -> saved(bodies.document(raw, headers), expected, actor));
    }

    private Response saved(JsonNode document, Optional<Integer> expected, String actor) {
        Estate estate = EstateDocument.read(document);
        List<Violation> violations = EstateRules.check(estate);
        List<DocumentProblem> errors =
                violations.stream()
                        .filter(EstateResource::refuses)
                        .map(v -> new DocumentProblem(v.pointer(), v.message(), v.code()))
                        .toList();
        if (!errors.isEmpty()) {
            throw new InvalidDocument(errors);
        }
        Version<Estate> saved = estates.save(estate, expected, actor);
        return DocumentAnswers.saved(saved, violations);
    }

    @POST
    @Path("/validate")
    @Scoped(Scoped.Way.PURE)
    @Consumes({MediaType.APPLICATION_JSON, Bodies.YAML, Bodies.OLD_YAML, Bodies.TEXT_YAML})
    @Produces(MediaType.APPLICATION_JSON)
    public Verdict validate(InputStream body, @Context HttpHeaders headers) {
        byte[] raw = bodies.raw(body, headers);
        return turns.compute(() -> verdict(bodies.document(raw, headers)));
    }

    private static Verdict verdict(JsonNode document) {
        try {
            List<Violation> violations = EstateRules.check(EstateDocument.read(document));
            return new Verdict(violations.stream().noneMatch(EstateResource::refuses), violations);
        } catch (InvalidDocument e) {
            return new Verdict(
                    false, e.problems().stream().map(EstateResource::violation).toList());
        }
    }

    @GET
    @Path("/versions")
    @Produces(MediaType.APPLICATION_JSON)
    public Page<VersionView> versions(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return VersionView.page(estates, limit, cursor);
    }

    @GET
    @Path("/versions/{version}")
    @Produces({MediaType.APPLICATION_JSON, Bodies.YAML, Bodies.OLD_YAML, Bodies.TEXT_YAML})
    public Response version(@PathParam("version") String version, @Context HttpHeaders headers) {
        int number = Parameters.number("version", version, 1, Integer.MAX_VALUE).orElseThrow();
        return shown(
                DocumentAnswers.found(estates.version(number), WHAT + " of version " + number),
                headers,
                null);
    }

    private static Response shown(
            Version<Estate> version, HttpHeaders headers, @Nullable String ifNoneMatch) {
        return DocumentAnswers.shown(
                version, EstateDocument.write(version.body()), headers, ifNoneMatch);
    }

    private static boolean refuses(Violation violation) {
        return violation.severity() == Violation.Severity.ERROR;
    }

    private static Violation violation(DocumentProblem problem) {
        return new Violation(
                problem.code(),
                Violation.Severity.ERROR,
                problem.pointer(),
                problem.message(),
                "openapi.yaml");
    }
}
