package io.understudy.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.audit.AuditLog;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who did what, when. */
@Path("/api/v1/audit")
@Singleton
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
class AuditResource {

    private final AuditLog log;

    @Inject
    AuditResource(AuditLog log) {
        this.log = log;
    }

    /** One entry as it is shown. */
    record EntryView(
            long number,
            Instant at,
            String actor,
            String action,
            String subject,
            Map<String, String> details) {

        static EntryView of(AuditLog.Entry entry) {
            var event = entry.event();
            return new EntryView(
                    entry.number(),
                    event.at(),
                    event.actor(),
                    event.action(),
                    event.subject(),
                    new TreeMap<>(event.details()));
        }
    }

    @GET
    public Page<EntryView> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Page.Request page = Page.Request.of(limit, cursor);
        OptionalLong before =
                page.after()
                        .map(AuditResource::number)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty());
        return page.of(
                log.newest(page.fetch(), before),
                entry -> Long.toString(entry.number()),
                EntryView::of);
    }

    private static long number(String key) {
        try {
            return Long.parseLong(key);
        } catch (NumberFormatException e) {
            throw Page.invalidCursor();
        }
    }
}
