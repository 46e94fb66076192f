package io.understudy.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.adapter.spi.EffectLog;
import io.understudy.runbook.Operation;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was really carried out on the simulated estate, to be counted by anybody. */
@Path("/api/v1/simulator/log")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
class EffectResource {

    private final Optional<EffectLog> log;

    @Inject
    EffectResource(Instance<Optional<EffectLog>> log) {
        this.log = log.isResolvable() ? log.get() : Optional.empty();
    }

    /** One effect as it is shown. */
    record EffectView(
            long number,
            Instant at,
            String run,
            int step,
            int attempt,
            long token,
            Optional<Operation> operation) {

        static EffectView of(EffectLog.Line line) {
            return new EffectView(
                    line.number(),
                    line.at(),
                    line.run(),
                    line.step(),
                    line.attempt(),
                    line.token(),
                    Operation.of(line.action()));
        }
    }

    @GET
    public Page<EffectView> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        EffectLog effects =
                log.orElseThrow(() ->
                        Problem.of(
                                        ProblemType.NO_SIMULATOR,
                                        "The estate is real; what is carried out is in the"
                                                + " journals of the runs.")
                                .exception());
        Page.Request page = Page.Request.of(limit, cursor);
        long after = page.after().map(EffectResource::number).orElse(0L);
        return page.of(
                effects.after(after, page.fetch()),
                line -> Long.toString(line.number()),
                EffectView::of);
    }

    private static long number(String key) {
        try {
            return Long.parseLong(key);
        } catch (NumberFormatException e) {
            throw Page.invalidCursor();
        }
    }
}
