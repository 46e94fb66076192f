package io.understudy.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.control.DocumentStore.Version;
import io.understudy.control.LiveDocument;
import io.understudy.document.DocumentProblem;
import io.understudy.document.InvalidDocument;
import io.understudy.intake.Mapping;
import io.understudy.intake.MappingDocument;
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
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How alerts of monitoring systems become observations. */
@Path("/api/v1/mapping")
@Singleton
@RunOnVirtualThread
@RolesAllowed(Roles.VIEWER)
class MappingResource {

    private final LiveDocument<Mapping> mappings;
    private final ApiSettings settings;
    private final Bodies bodies;

    @Inject
    MappingResource(LiveDocument<Mapping> mappings, ApiSettings settings, Bodies bodies) {
        this.mappings = mappings;
        this.settings = settings;
        this.bodies = bodies;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, Bodies.YAML, Bodies.OLD_YAML, Bodies.TEXT_YAML})
    public Response current(
            @Context HttpHeaders headers,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        Version<Mapping> mapping = DocumentAnswers.found(mappings.current(), "mapping");
        return DocumentAnswers.shown(
                mapping, MappingDocument.write(mapping.body()), headers, ifNoneMatch);
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
        Mapping mapping = MappingDocument.read(bodies.read(body, headers));
        refuseTooLong(mapping.rules());
        Version<Mapping> saved = mappings.save(mapping, expected, who.getPrincipal().getName());
        return DocumentAnswers.saved(saved, List.of());
    }

    private void refuseTooLong(List<Mapping.Rule> rules) {
        List<DocumentProblem> problems = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).validFor().compareTo(settings.longestValidity()) > 0) {
                problems.add(
                        new DocumentProblem(
                                "/rules/" + i + "/validFor",
                                "is more than "
                                        + settings.longestValidity()
                                        + "; say less, and"
                                        + " have Alertmanager repeat its alerts sooner",
                                "VALID_TOO_LONG"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDocument(problems);
        }
    }
}
