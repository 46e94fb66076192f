package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.adapter.spi.FaultInjection;
import io.understudy.audit.AuditEvent;
import io.understudy.audit.AuditLog;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Instance;
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
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Breaks the simulated estate on purpose; there is nothing here where the estate is real. */
@Path("/api/v1/simulator/faults")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
class FaultResource {

    private final Optional<FaultInjection> simulator;
    private final AuditLog audit;
    private final ApiSeams seams;
    private final Bodies bodies;

    @Inject
    FaultResource(
            Instance<Optional<FaultInjection>> simulator,
            AuditLog audit,
            ApiSeams seams,
            Bodies bodies) {
        this.simulator = simulator.isResolvable() ? simulator.get() : Optional.empty();
        this.audit = audit;
        this.seams = seams;
        this.bodies = bodies;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    public Page<FaultInjection.Injected> list() {
        return new Page<>(simulator().list(), Optional.empty());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response inject(
            byte @Nullable [] body, @Context HttpHeaders headers, @Context SecurityIdentity who) {
        FaultInjection faults = simulator();
        JsonNode wanted = bodies.read(body, headers, "FaultRequest");
        Map<String, String> options = new TreeMap<>();
        wanted.path("options")
                .properties()
                .forEach(e -> options.put(e.getKey(), e.getValue().asText()));
        var request =
                new FaultInjection.Request(
                        wanted.path("fault").asText(), wanted.path("target").asText(), options);
        FaultInjection.Injected injected = injected(faults, request);
        record(who, "FAULT_INJECTED", injected.fault() + " " + injected.target());
        return Response.created(URI.create("/api/v1/simulator/faults/" + injected.id()))
                .entity(injected)
                .build();
    }

    @DELETE
    public Response clear(@Context SecurityIdentity who) {
        FaultInjection faults = simulator();
        List<FaultInjection.Injected> all = faults.list();
        all.forEach(fault -> faults.clear(fault.id()));
        record(who, "FAULTS_CLEARED", all.size() + " faults");
        return Response.noContent().build();
    }

    @DELETE
    @Path("/{id}")
    public Response clear(@PathParam("id") String id, @Context SecurityIdentity who) {
        if (!simulator().clear(id)) {
            throw Problem.of(ProblemType.NOT_FOUND, "No fault with this id is in force.")
                    .exception();
        }
        record(who, "FAULT_CLEARED", id);
        return Response.noContent().build();
    }

    private static FaultInjection.Injected injected(
            FaultInjection faults, FaultInjection.Request request) {
        try {
            return faults.inject(request);
        } catch (IllegalArgumentException e) {
            throw Problem.of(
                            ProblemType.INVALID_DOCUMENT,
                            String.valueOf(e.getMessage()),
                            List.of(new Problem.Field("", String.valueOf(e.getMessage()))))
                    .exception();
        }
    }

    private FaultInjection simulator() {
        return simulator.orElseThrow(() ->
                Problem.of(
                                ProblemType.NO_SIMULATOR,
                                "The estate is real; nothing is broken on purpose here.")
                        .exception());
    }

    private void record(SecurityIdentity who, String action, String what) {
        audit.append(
                new AuditEvent(
                        seams.clock().instant(),
                        who.getPrincipal().getName(),
                        action,
                        "simulator",
                        Map.of("what", what)));
    }
}
