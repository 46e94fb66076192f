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
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

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
            InputStream body, @Context HttpHeaders headers, @Context SecurityIdentity who) {
        FaultInjection faults = simulator();
        JsonNode wanted = bodies.read(body, headers, "FaultRequest");
        Map<String, String> options = new TreeMap<>();
        wanted.path("options")
                .properties()
                .forEach(e -> options.put(e.getKey(), e.getValue().asText()));
        var request =
                new FaultInjection.Request(
                        wanted.path("fault").asText(), wanted.path("target").asText(), options);
        FaultInjection.Request understood = checked(() -> faults.check(request));
        record(who, "FAULT_INJECTED", understood.fault() + " " + understood.target());
        FaultInjection.Injected injected = checked(() -> faults.inject(request));
        return Response.created(URI.create("/api/v1/simulator/faults/" + injected.id()))
                .entity(injected)
                .build();
    }

    @DELETE
    public Response clear(@Context SecurityIdentity who) {
        FaultInjection faults = simulator();
        List<FaultInjection.Injected> all = faults.list();
        record(who, "FAULTS_CLEARED", all.size() + " faults");
        all.forEach(fault -> faults.clear(fault.id()));
        return Response.noContent().build();
    }

    @DELETE
    @Path("/{id}")
    public Response clear(@PathParam("id") String id, @Context SecurityIdentity who) {
        FaultInjection faults = simulator();
        if (faults.list().stream().noneMatch(fault -> fault.id().equals(id))) {
            throw Problem.of(ProblemType.NOT_FOUND, "No fault with this id is in force.")
                    .exception();
        }
        record(who, "FAULT_CLEARED", id);
        faults.clear(id);
        return Response.noContent().build();
    }

    private static <T> T checked(Supplier<T> fault) {
        try {
            return fault.get();
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

    /** Before it is done: the twin is in no transaction with the audit. */
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
