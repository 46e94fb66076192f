package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.access.ApiKey;
import io.understudy.access.Grants;
import io.understudy.access.KeyAudit;
import io.understudy.access.KeyStore;
import io.understudy.access.Keys;
import io.understudy.document.DocumentProblem;
import io.understudy.document.InvalidDocument;
import io.understudy.run.Approval;
import io.understudy.run.Run;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who may use the service. */
@Path("/api/v1/keys")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
class KeyResource {

    private final KeyStore keys;
    private final ApiSeams seams;
    private final Bodies bodies;

    @Inject
    KeyResource(KeyStore keys, ApiSeams seams, Bodies bodies) {
        this.keys = keys;
        this.seams = seams;
        this.bodies = bodies;
    }

    /** A key as it is shown; the secret only by the answer that makes it. */
    record KeyView(
            Optional<String> key,
            String id,
            String name,
            List<String> roles,
            List<GrantView> grants,
            Instant createdAt,
            Optional<Instant> expiresAt,
            Optional<Instant> revokedAt) {

        static KeyView of(ApiKey key, Optional<String> secret) {
            return new KeyView(
                    secret,
                    key.id(),
                    key.name(),
                    key.grants().unscoped().stream().map(Roles::name).toList(),
                    GrantView.of(key.grants()),
                    key.createdAt(),
                    key.expiresAt(),
                    key.revokedAt());
        }
    }

    @GET
    public Page<KeyView> list() {
        return new Page<>(
                keys.all().stream().map(key -> KeyView.of(key, Optional.empty())).toList(),
                Optional.empty());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response make(
            InputStream body, @Context HttpHeaders headers, @Context SecurityIdentity who) {
        var wanted = bodies.read(body, headers, "KeyRequest");
        Grants grants = GrantView.read(wanted);
        String secret = seams.keys().get();
        Instant now = seams.clock().instant();
        ApiKey key =
                Keys.keep(secret, name(wanted), grants, now, expiry(wanted.path("expiresAt"), now));
        if (!keys.add(key, KeyAudit.made(key, who.getPrincipal().getName()))) {
            throw new IllegalStateException("a new key has the id of an old one: chance is broken");
        }
        return Response.created(URI.create("/api/v1/keys/" + key.id()))
                .entity(KeyView.of(key, Optional.of(secret)))
                .build();
    }

    @DELETE
    @Path("/{id}")
    public Response revoke(@PathParam("id") String id, @Context SecurityIdentity who) {
        Instant now = seams.clock().instant();
        if (!keys.revoke(id, now, KeyAudit.revoked(id, who.getPrincipal().getName(), now))) {
            throw Problem.of(ProblemType.NOT_FOUND, "No key with this id is in use.").exception();
        }
        return Response.noContent().build();
    }

    /** What this service does by itself is told from what people do by the name alone. */
    private static String name(JsonNode wanted) {
        String name = wanted.path("name").asText();
        if (Approval.samePerson(name, Run.UNDERSTUDY)) {
            throw refused("/name", "is the name of the service itself", "RESERVED");
        }
        return name;
    }

    private static Optional<Instant> expiry(JsonNode wanted, Instant now) {
        if (wanted.isMissingNode()) {
            return Optional.empty();
        }
        Optional<Instant> end = Parameters.time("/expiresAt", wanted.asText());
        if (end.filter(now::isBefore).isEmpty()) {
            throw refused("/expiresAt", "has passed", "PAST");
        }
        return end;
    }

    private static InvalidDocument refused(String pointer, String message, String code) {
        return new InvalidDocument(List.of(new DocumentProblem(pointer, message, code)));
    }
}
