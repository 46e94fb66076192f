package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.understudy.control.EvaluationLog;
import io.understudy.control.Incident;
import io.understudy.control.IncidentReport;
import io.understudy.control.IncidentReports;
import io.understudy.decision.FindingCode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that belongs to one failure. */
@Path("/api/v1/incidents")
@Singleton
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
@Scoped(Scoped.Way.TARGET)
class IncidentResource {

    /** The most findings and decisions that are shown with an incident. */
    private static final int MOST = 500;

    private final Access access;
    private final EvaluationLog log;
    private final IncidentReports reports;
    private final Replays replays;
    private final Turns turns;

    @Inject
    IncidentResource(
            Access access,
            EvaluationLog log,
            IncidentReports reports,
            Replays replays,
            Turns turns) {
        this.access = access;
        this.log = log;
        this.reports = reports;
        this.replays = replays;
        this.turns = turns;
    }

    /** An incident with what was found and decided in it. */
    record IncidentView(
            Incident incident,
            List<FindingResource.FindingView> findings,
            List<DecisionResource.DecisionView> decisions) {}

    @GET
    @Scoped(Scoped.Way.FILTERED)
    public Page<Incident> list(
            @QueryParam("target") @Nullable String target,
            @QueryParam("code") @Nullable String code,
            @QueryParam("open") @Nullable String open,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context SecurityIdentity who) {
        Page.Request page = Page.Request.of(limit, cursor);
        var query =
                new EvaluationLog.Query(
                        Parameters.component("target", target),
                        Parameters.choice("code", FindingCode.class, code).map(FindingCode::name),
                        Parameters.truth("open", open),
                        Optional.empty(),
                        page.after(),
                        page.fetch(),
                        access.sight(who).within());
        return page.of(log.incidents(query), Incident::id, incident -> incident);
    }

    @GET
    @Path("/{id}")
    public IncidentView one(@PathParam("id") String id, @Context SecurityIdentity who) {
        Reach sight = access.sight(who);
        Incident incident = found(id, sight);
        var belonging =
                new EvaluationLog.Query(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(incident.id()),
                        Optional.empty(),
                        MOST,
                        sight.within());
        return new IncidentView(
                incident,
                log.findings(belonging).stream().map(FindingResource.FindingView::of).toList(),
                log.decisions(belonging).stream().map(DecisionResource.DecisionView::of).toList());
    }

    @GET
    @Path("/{id}/report")
    @Produces({MediaType.APPLICATION_JSON, "text/markdown"})
    public Response report(
            @PathParam("id") String id,
            @QueryParam("format") @Nullable String format,
            @Context HttpHeaders headers,
            @Context SecurityIdentity who) {
        Form form = Form.ofReport(format, headers);
        Reach sight = access.sight(who);
        Object body = turns.compute(() -> report(id, form, sight));
        return Response.ok(body, form.mediaType())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
    }

    private Object report(String id, Form form, Reach sight) {
        IncidentReport report =
                reports.of(found(id, sight).id(), sight::covers).orElseThrow(() -> unknown(id));
        return form == Form.MARKDOWN ? report.markdown() : ReportView.of(report);
    }

    @GET
    @Path("/{id}/recording")
    @Scoped(Scoped.Way.ESTATE)
    public JsonNode recording(@PathParam("id") String id) {
        return turns.compute(() -> replays.recording(id));
    }

    private Incident found(String id, Reach sight) {
        return log.incident(id(id))
                .filter(incident -> sight.covers(incident.target()))
                .orElseThrow(() -> unknown(id));
    }

    private static String id(String id) {
        return Parameters.text("id", id, Parameters.LONGEST_ID).orElseThrow();
    }

    private static ProblemException unknown(String id) {
        return Problem.of(ProblemType.NOT_FOUND, "There is no incident " + id + ".").exception();
    }
}
