package io.understudy.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.understudy.run.Run;
import io.understudy.run.RunStore;
import io.understudy.runbook.Handbook;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs to look at; what people do with them is {@link RunResource}. */
@Path("/api/v1/runs")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
@Scoped(Scoped.Way.TARGET)
class RunViewResource {

    private final RunStore runs;
    private final RunSight sight;
    private final EventStreams streams;

    @Inject
    RunViewResource(RunStore runs, RunSight sight, EventStreams streams) {
        this.runs = runs;
        this.sight = sight;
        this.streams = streams;
    }

    @GET
    @Scoped(Scoped.Way.FILTERED)
    public Page<RunView> list(
            @QueryParam("open") @Nullable String open,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context SecurityIdentity who) {
        Page.Request page = Page.Request.of(limit, cursor);
        Optional<Boolean> wanted = Parameters.truth("open", open);
        if (wanted.orElse(false)) {
            return page.ofAll(sight.open(who).reversed(), Run::id, RunView::summary);
        }
        List<Run> newest = sight.newest(who, page.fetch(), page.after());
        Page<RunView> all = page.of(newest, Run::id, RunView::summary);
        return wanted.isEmpty()
                ? all
                : new Page<>(
                        all.items().stream().filter(run -> run.state().ended()).toList(),
                        all.next());
    }

    @GET
    @Path("/{id}")
    public RunView one(@PathParam("id") String id, @Context SecurityIdentity who) {
        return RunView.of(sight.found(who, id));
    }

    @GET
    @Path("/{id}/journal")
    public Page<JournalLine> journal(
            @PathParam("id") String id,
            @QueryParam("from") @Nullable String from,
            @Context SecurityIdentity who) {
        int first = Parameters.number("from", from, 0, Integer.MAX_VALUE).orElse(0);
        return new Page<>(
                JournalLine.from(first, runs.journal(sight.found(who, id).id(), first)),
                Optional.empty());
    }

    @GET
    @Path("/{id}/runbook")
    @Produces({MediaType.APPLICATION_JSON, "text/markdown"})
    public Response runbook(
            @PathParam("id") String id,
            @QueryParam("format") @Nullable String format,
            @Context HttpHeaders headers,
            @Context SecurityIdentity who) {
        Run run = sight.found(who, id);
        Form form = Form.ofReport(format, headers);
        Object body =
                form == Form.MARKDOWN
                        ? Handbook.markdown(run.runbook(), run.decision())
                        : RunbookView.of(run.runbook());
        return Response.ok(body, form.mediaType())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
    }

    @GET
    @Path("/{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    public Multi<OutboundSseEvent> events(
            @PathParam("id") String id,
            @HeaderParam("Last-Event-ID") @Nullable String last,
            @Context Sse sse,
            @Context SecurityIdentity who) {
        int from =
                Parameters.number("Last-Event-ID", last, 0, Integer.MAX_VALUE - 1)
                        .map(known -> known + 1)
                        .orElse(0);
        return streams.run(sight.found(who, id).id(), from, sse, who);
    }
}
