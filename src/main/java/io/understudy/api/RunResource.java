package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.access.Role;
import io.understudy.control.Runs;
import io.understudy.decision.Remediation;
import io.understudy.document.DecisionDocument;
import io.understudy.document.Json;
import io.understudy.estate.ComponentId;
import io.understudy.run.Asked;
import io.understudy.run.Resumption;
import io.understudy.run.Run;
import io.understudy.runbook.Handbook;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people do with runs; looking at them is {@link RunViewResource}. */
@Path("/api/v1/runs")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
@Scoped(Scoped.Way.TARGET)
class RunResource {

    private static final String RUNS = "/api/v1/runs/";

    private final Runs runs;
    private final RunSight sight;
    private final Bodies bodies;
    private final Idempotency onceOnly;

    @Inject
    RunResource(Runs runs, RunSight sight, Bodies bodies, Idempotency onceOnly) {
        this.runs = runs;
        this.sight = sight;
        this.bodies = bodies;
        this.onceOnly = onceOnly;
    }

    /** What a run would do. */
    record DryRun(boolean dryRun, JsonNode decision, RunbookView runbook) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, "text/markdown"})
    public Response open(
            InputStream body,
            @Context HttpHeaders headers,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context SecurityIdentity who) {
        JsonNode wanted = bodies.read(body, headers, "RunRequest");
        Remediation remediation = Remediation.valueOf(wanted.path("remediation").asText());
        ComponentId target =
                Parameters.component("/target", wanted.path("target").asText()).orElseThrow();
        Reach reach = sight.reach(who, Role.OPERATOR);
        reach.require(List.of(target), i -> "/target");
        if (wanted.path("dryRun").asBoolean(true)) {
            return shown(
                    runs.dryRun(remediation, target, decision -> reach.require(decision.touched())),
                    Form.ofReport(null, headers));
        }
        String actor = name(who);
        return onceOnly.answer(
                actor,
                key,
                "POST " + RUNS + wanted,
                receipts ->
                        opened(
                                runs.open(
                                        remediation,
                                        target,
                                        actor,
                                        decision -> reach.require(decision.touched()),
                                        run -> receipts.of(opened(run)))));
    }

    private static Response shown(Runs.Plan plan, Form form) {
        Object body =
                form == Form.MARKDOWN
                        ? Handbook.markdown(plan.runbook(), plan.decision(), plan.rehearsed())
                        : new DryRun(
                                true,
                                DecisionDocument.write(plan.decision()),
                                RunbookView.of(plan.runbook(), plan.rehearsed()));
        return Response.ok(body, form.mediaType())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
    }

    @POST
    @Path("/{id}/approvals")
    @RolesAllowed(Roles.APPROVER)
    public RunView approve(@PathParam("id") String id, @Context SecurityIdentity who) {
        return RunView.of(runs.approve(sight.approvable(who, id), name(who)));
    }

    @POST
    @Path("/{id}/cancel")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    public RunView cancel(
            @PathParam("id") String id,
            InputStream body,
            @Context HttpHeaders headers,
            @Context SecurityIdentity who) {
        JsonNode said =
                bodies.readIfAny(body, headers, "CancelRequest")
                        .orElseGet(JsonNodeFactory.instance::objectNode);
        return RunView.of(
                runs.cancel(
                        sight.within(who, Role.OPERATOR, id),
                        name(who),
                        said.path("why").asText("no reason was given")));
    }

    @POST
    @Path("/{id}/resume")
    @Consumes(MediaType.APPLICATION_JSON)
    public RunView resume(
            @PathParam("id") String id,
            InputStream body,
            @Context HttpHeaders headers,
            @Context SecurityIdentity who) {
        JsonNode said = bodies.read(body, headers, "ResumeRequest");
        return RunView.of(
                runs.resume(
                        sight.within(who, Role.OPERATOR, id),
                        name(who),
                        Resumption.valueOf(said.path("step").asText()),
                        asked(said)));
    }

    private static Optional<Asked> asked(JsonNode said) {
        return said.has("number")
                ? Optional.of(
                        new Asked(
                                said.path("number").asInt(),
                                Optional.of(said.path("attempts"))
                                        .filter(JsonNode::isInt)
                                        .map(JsonNode::asInt)))
                : Optional.empty();
    }

    @POST
    @Path("/{id}/handover")
    public RunView handOver(@PathParam("id") String id, @Context SecurityIdentity who) {
        return RunView.of(runs.handOver(sight.within(who, Role.OPERATOR, id), name(who)));
    }

    private static Idempotency.Answer opened(Run run) {
        return new Idempotency.Answer(201, Json.write(RunView.of(run)), RUNS + run.id());
    }

    private static String name(SecurityIdentity who) {
        return who.getPrincipal().getName();
    }
}
