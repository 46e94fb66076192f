package io.understudy.api;

import io.understudy.control.IdempotencyStore;
import io.understudy.control.Unavailable;
import io.understudy.run.Receipt;
import io.understudy.run.ReceiptRefusal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Carries out a request that starts something once, however often it is sent with the same key. */
@Singleton
final class Idempotency {

    static final String HEADER = "Idempotency-Key";

    private static final Logger LOG = Logger.getLogger(Idempotency.class);

    private static final int LONGEST_KEY = 255;

    private final IdempotencyStore store;
    private final ApiSeams seams;

    @Inject
    Idempotency(IdempotencyStore store, ApiSeams seams) {
        this.store = store;
        this.seams = seams;
    }

    /** What was answered: what is needed to answer it again. */
    record Answer(int status, String body, String location) {}

    /** Makes the receipt of an answer; none where nothing is to be remembered. */
    @FunctionalInterface
    interface Receipts {
        Optional<Receipt> of(Answer answer);
    }

    /** What a request asks for. */
    @FunctionalInterface
    interface Work {

        /** Does it, and keeps the receipt of its answer in the same transaction. */
        Answer done(Receipts receipts);
    }

    /**
     * Does the work, or answers as it was answered before. Work whose answer was lost, with the
     * process or the database, is either done and answered, or neither: whoever repeats it hears
     * the answer, or has it done, at the latest once it has been unanswered for a while.
     *
     * @param key empty when the request carries none: then nothing is remembered
     * @param request what makes it the same request
     */
    Response answer(String actor, @Nullable String key, String request, Work work) {
        Optional<String> given = Parameters.text(HEADER, key, LONGEST_KEY);
        if (given.isEmpty()) {
            return response(work.done(_ -> Optional.empty()));
        }
        return switch (store.claim(actor, given.get(), hash(request), seams.clock().instant())) {
            case IdempotencyStore.Claim.Granted(Instant at) ->
                    response(worked(actor, given.get(), at, work));
            case IdempotencyStore.Claim.Answered a ->
                    Response.status(a.status())
                            .entity(a.body())
                            .type(MediaType.APPLICATION_JSON)
                            .build();
            case IdempotencyStore.Claim.UnderWay _ -> throw underWay();
            case IdempotencyStore.Claim.Mismatch _ ->
                    throw Problem.of(
                                    ProblemType.IDEMPOTENCY_MISMATCH,
                                    "This Idempotency-Key was sent with another body.")
                            .exception();
        };
    }

    private Answer worked(String actor, String key, Instant claimedAt, Work work) {
        boolean done = false;
        try {
            Answer answer =
                    work.done(a ->
                            Optional.of(new Receipt(actor, key, claimedAt, a.status(), a.body())));
            done = true;
            return answer;
        } catch (ReceiptRefusal overtaken) {
            LOG.debugf("%s", overtaken.getMessage());
            throw underWay();
        } finally {
            if (!done) {
                giveUp(actor, key, claimedAt);
            }
        }
    }

    /** So that a repeat need not wait. Where it was done after all it is answered, and stays so. */
    private void giveUp(String actor, String key, Instant claimedAt) {
        try {
            store.abandon(actor, key, claimedAt);
        } catch (RuntimeException e) {
            if (!(e instanceof Unavailable)) {
                throw e;
            }
            LOG.warnf("a request that failed can be repeated only in a while: %s", e.getMessage());
        }
    }

    private static ProblemException underWay() {
        return Problem.of(
                        ProblemType.IDEMPOTENCY_UNDER_WAY,
                        "The request with this Idempotency-Key has not been answered yet.")
                .after(Duration.ofSeconds(1))
                .exception();
    }

    private static Response response(Answer answer) {
        return Response.status(answer.status())
                .entity(answer.body())
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.LOCATION, answer.location())
                .build();
    }

    private static String hash(String request) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(request.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
        }
    }
}
