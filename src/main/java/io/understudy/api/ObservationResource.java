package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.access.Role;
import io.understudy.control.ObservationLog;
import io.understudy.control.Reception;
import io.understudy.document.DocumentProblem;
import io.understudy.document.InvalidDocument;
import io.understudy.document.ObservationDocument;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ObserverName;
import io.understudy.health.Observation;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was seen. */
@Path("/api/v1/observations")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
class ObservationResource {

    private final Access access;
    private final Watched watched;
    private final Reception reception;
    private final ObservationLog log;
    private final ApiSeams seams;
    private final ApiSettings settings;
    private final Bodies bodies;
    private final Monitors monitors;

    @Inject
    ObservationResource(
            Access access,
            Watched watched,
            Reception reception,
            ObservationLog log,
            ApiSeams seams,
            ApiSettings settings,
            Bodies bodies,
            Monitors monitors) {
        this.access = access;
        this.watched = watched;
        this.reception = reception;
        this.log = log;
        this.seams = seams;
        this.settings = settings;
        this.bodies = bodies;
        this.monitors = monitors;
    }

    /** What became of a batch. */
    record Accepted(int accepted, int repeated) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.MONITOR)
    @Scoped(Scoped.Way.TARGET)
    public Response post(
            InputStream body,
            @Context HttpHeaders headers,
            @Context SecurityIdentity who,
            @Context RoutingContext context) {
        byte[] raw = bodies.raw(body, headers);
        Optional<ObserverName> speaksAs = monitors.admit(who, context, raw);
        JsonNode document = bodies.document(raw, headers);
        List<Observation> observations = ObservationDocument.readBatch(document);
        String array = document.isObject() ? "/observations" : "";
        speaksAs.ifPresent(observer -> refuseOthers(observer, observations, array));
        access.reach(who, Role.MONITOR)
                .require(
                        observations.stream().map(Observation::component).toList(),
                        i -> array + "/" + i + "/component");
        List<DocumentProblem> problems =
                new ArrayList<>(ObservationDocument.unknownTo(watched.estate(), observations));
        problems.addAll(tooFarAhead(observations));
        if (!problems.isEmpty()) {
            throw new InvalidDocument(problems.stream().map(p -> p.under(array)).toList());
        }
        ObservationLog.Appended appended = reception.receive(observations);
        return Response.accepted(new Accepted(appended.fresh().size(), appended.repeated()))
                .build();
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Scoped(Scoped.Way.FILTERED)
    public Page<JsonNode> newest(
            @QueryParam("component") @Nullable String component,
            @QueryParam("limit") @Nullable String limit,
            @Context SecurityIdentity who) {
        int most = Page.Request.of(limit, null).limit();
        return new Page<>(
                newest(Parameters.component("component", component), most, access.sight(who))
                        .stream()
                        .<JsonNode>map(ObservationDocument::write)
                        .toList(),
                Optional.empty());
    }

    /** Whoever has the key of one observer does not speak for another. */
    private static void refuseOthers(
            ObserverName own, List<Observation> observations, String array) {
        List<Problem.Field> others = new ArrayList<>();
        for (int i = 0; i < observations.size(); i++) {
            if (!observations.get(i).observer().equals(own)) {
                others.add(
                        new Problem.Field(
                                array + "/" + i + "/observer", "this key speaks as " + own));
            }
        }
        if (!others.isEmpty()) {
            throw Problem.of(
                            ProblemType.FORBIDDEN,
                            "The key speaks as the observer " + own + " only.",
                            others)
                    .advising("Send what this observer saw, or use a key for the other one.")
                    .exception();
        }
    }

    private List<Observation> newest(Optional<ComponentId> component, int most, Reach sight) {
        if (component.isPresent()) {
            return sight.covers(component.get()) ? log.newest(component, most) : List.of();
        }
        return sight.within()
                .map(inside -> log.newest(inside, most))
                .orElseGet(() -> log.newest(component, most));
    }

    /**
     * What is dated so far ahead that a clock must be wrong, or is to be believed for so long that
     * nothing done about its sender would end it; it would be the newest for too long.
     */
    private List<DocumentProblem> tooFarAhead(List<Observation> observations) {
        Instant now = seams.clock().instant();
        Instant latest = now.plus(settings.futureTolerance());
        Instant longest = now.plus(settings.longestValidity());
        List<DocumentProblem> problems = new ArrayList<>();
        for (int i = 0; i < observations.size(); i++) {
            if (observations.get(i).observedAt().isAfter(latest)) {
                problems.add(
                        new DocumentProblem(
                                "/" + i + "/observedAt",
                                aheadBy(settings.futureTolerance()) + "; set the observer's clock",
                                "OBSERVED_IN_FUTURE"));
            }
            if (observations.get(i).validUntil().filter(longest::isBefore).isPresent()) {
                problems.add(
                        new DocumentProblem(
                                "/" + i + "/validUntil",
                                aheadBy(settings.longestValidity())
                                        + "; say an earlier end, and send the observation again"
                                        + " while it holds",
                                "VALID_TOO_LONG"));
            }
        }
        return problems;
    }

    private static String aheadBy(Duration most) {
        return "is more than " + most + " ahead of this machine's clock";
    }
}
