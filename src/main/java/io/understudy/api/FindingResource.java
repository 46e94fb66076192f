package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.control.EvaluationLog;
import io.understudy.control.RecordedFinding;
import io.understudy.decision.FindingCode;
import io.understudy.document.FindingDocument;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is and was wrong. */
@Path("/api/v1/findings")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
@Scoped(Scoped.Way.FILTERED)
class FindingResource {

    private final Access access;
    private final EvaluationLog log;

    @Inject
    FindingResource(Access access, EvaluationLog log) {
        this.access = access;
        this.log = log;
    }

    /** A finding as it was kept. */
    record FindingView(
            String id,
            Instant openedAt,
            Optional<Instant> closedAt,
            Optional<String> incident,
            JsonNode finding) {

        static FindingView of(RecordedFinding kept) {
            return new FindingView(
                    kept.id(),
                    kept.openedAt(),
                    kept.closedAt(),
                    kept.incident(),
                    FindingDocument.write(kept.finding()));
        }
    }

    @GET
    public Page<FindingView> list(
            @QueryParam("target") @Nullable String target,
            @QueryParam("code") @Nullable String code,
            @QueryParam("open") @Nullable String open,
            @QueryParam("incident") @Nullable String incident,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context SecurityIdentity who) {
        Page.Request page = Page.Request.of(limit, cursor);
        var query =
                new EvaluationLog.Query(
                        Parameters.component("target", target),
                        Parameters.choice("code", FindingCode.class, code).map(FindingCode::name),
                        Parameters.truth("open", open),
                        Parameters.text("incident", incident, Parameters.LONGEST_ID),
                        page.after(),
                        page.fetch(),
                        access.sight(who).within());
        return page.of(log.findings(query), RecordedFinding::id, FindingView::of);
    }
}
