package io.understudy.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.understudy.audit.Anchors;
import io.understudy.audit.AuditChain;
import io.understudy.audit.AuditRow;
import io.understudy.audit.Break;
import io.understudy.audit.ChainHead;
import io.understudy.audit.ExportLine;
import io.understudy.audit.Verification;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The audit as a chain of hashes: checked, and exported to be checked elsewhere. */
@Path("/api/v1/audit")
@Singleton
@RunOnVirtualThread
@RolesAllowed(Roles.VIEWER)
class AuditChainResource {

    /** One row as JSON a line. */
    static final String JSON_LINES = "application/jsonl";

    private final AuditChain chain;
    private final Anchors anchors;
    private final Lock oneWalk = new ReentrantLock();

    @Inject
    AuditChainResource(AuditChain chain, Anchors anchors) {
        this.chain = chain;
        this.anchors = anchors;
    }

    /**
     * What a walk along the chain found.
     *
     * @param head the last row that holds
     */
    record VerificationView(
            boolean intact,
            long verified,
            ChainHead head,
            AnchorsView anchors,
            Optional<BreakView> broken) {

        static VerificationView of(Verification found, Optional<String> problem) {
            return new VerificationView(
                    found.intact(),
                    found.verified(),
                    found.last(),
                    new AnchorsView(found.anchors(), problem),
                    found.broken().map(BreakView::of));
        }
    }

    /** How many anchors were compared, or why none could be. */
    record AnchorsView(long compared, Optional<String> problem) {}

    /** Where the chain does not hold. */
    record BreakView(long number, Break.Kind kind, String message, String whatToDo) {

        static BreakView of(Break broken) {
            return new BreakView(
                    broken.number(), broken.kind(), broken.message(), broken.whatToDo());
        }
    }

    /** Reads all of it; one after the other, since each takes its time. */
    @GET
    @Path("/verify")
    @Produces(MediaType.APPLICATION_JSON)
    public VerificationView verify() {
        oneWalk.lock();
        try {
            Anchors.Kept kept = anchors.kept();
            return VerificationView.of(chain.verify(kept.hashes()), kept.problem());
        } finally {
            oneWalk.unlock();
        }
    }

    @GET
    @Path("/export")
    @Produces(JSON_LINES)
    @RolesAllowed(Roles.ADMIN)
    public Response export(
            @QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        long first = Parameters.number("from", from, 1, Integer.MAX_VALUE).orElse(1);
        long last =
                Parameters.number("to", to, 1, Integer.MAX_VALUE)
                        .map(Integer::longValue)
                        .orElseGet(() -> chain.head().map(ChainHead::number).orElse(0L));
        List<AuditRow> page = chain.after(first - 1, AuditChain.PAGE); // fails before it begins
        StreamingOutput lines = out -> write(out, page, last);
        return Response.ok(lines, JSON_LINES)
                .header("Content-Disposition", "attachment; filename=\"understudy-audit.jsonl\"")
                .build();
    }

    /** A page at a time, however long it is. */
    private void write(OutputStream out, List<AuditRow> first, long last) throws IOException {
        List<AuditRow> page = first;
        while (!page.isEmpty()) {
            StringBuilder lines = new StringBuilder();
            page.stream()
                    .filter(row -> row.number() <= last)
                    .forEach(row -> lines.append(ExportLine.write(row)).append('\n'));
            out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
            long read = page.getLast().number();
            page = read < last ? chain.after(read, AuditChain.PAGE) : List.of();
        }
    }
}
