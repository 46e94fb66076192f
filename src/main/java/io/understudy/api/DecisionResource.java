package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.control.EvaluationLog;
import io.understudy.control.RecordedDecision;
import io.understudy.decision.Remediation;
import io.understudy.document.DecisionDocument;
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

/** What is and was to be done, why, and why nothing else. */
@Path("/api/v1/decisions")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
@Scoped(Scoped.Way.FILTERED)
class DecisionResource {

    private final Access access;
    private final EvaluationLog log;

    @Inject
    DecisionResource(Access access, EvaluationLog log) {
        this.access = access;
        this.log = log;
    }

    /** A decision as it was kept. */
    record DecisionView(
            String id,
            Instant takenAt,
            Optional<Instant> endedAt,
            Optional<String> incident,
            JsonNode decision) {

        static DecisionView of(RecordedDecision kept) {
            return new DecisionView(
                    kept.id(),
                    kept.takenAt(),
                    kept.endedAt(),
                    kept.incident(),
                    DecisionDocument.write(kept.decision()));
        }
    }

    @GET
    public Page<DecisionView> list(
            @QueryParam("target") @Nullable String target,
            @QueryParam("remediation") @Nullable String remediation,
            @QueryParam("open") @Nullable String open,
            @QueryParam("incident") @Nullable String incident,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context SecurityIdentity who) {
        Page.Request page = Page.Request.of(limit, cursor);
        var query =
                new EvaluationLog.Query(
                        Parameters.component("target", target),
                        Parameters.choice("remediation", Remediation.class, remediation)
                                .map(Remediation::name),
                        Parameters.truth("open", open),
                        Parameters.text("incident", incident, Parameters.LONGEST_ID),
                        page.after(),
                        page.fetch(),
                        access.sight(who).within());
        return page.of(log.decisions(query), RecordedDecision::id, DecisionView::of);
    }
}
