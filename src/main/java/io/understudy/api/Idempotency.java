package io.understudy.api;

import io.understudy.control.IdempotencyStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries out a request that starts something once, however often it is sent with the same key. */
@Singleton
final class Idempotency {

    static final String HEADER = "Idempotency-Key";

    private static final int LONGEST_KEY = 255;

    private final IdempotencyStore store;
    private final ApiSeams seams;
    private final EndedRequests unsaid;

    @Inject
    Idempotency(IdempotencyStore store, ApiSeams seams) {
        this.store = store;
        this.seams = seams;
        this.unsaid = new EndedRequests(store);
    }

    /** What was answered: what is needed to answer it again. */
    record Answer(int status, String body, String location) {}

    /**
     * Does the work, or answers as it was answered before.
     *
     * @param key empty when the request carries none: then nothing is remembered
     * @param request what makes it the same request
     */
    Response answer(String actor, @Nullable String key, String request, Supplier<Answer> work) {
        Optional<String> given = Parameters.text(HEADER, key, LONGEST_KEY);
        if (given.isEmpty()) {
            return response(work.get());
        }
        unsaid.say(actor, given.get());
        return switch (store.claim(actor, given.get(), hash(request), seams.clock().instant())) {
            case IdempotencyStore.Claim.Granted _ -> response(worked(actor, given.get(), work));
            case IdempotencyStore.Claim.Answered a ->
                    Response.status(a.status())
                            .entity(a.body())
                            .type(MediaType.APPLICATION_JSON)
                            .build();
            case IdempotencyStore.Claim.UnderWay _ ->
                    throw Problem.of(
                                    ProblemType.IDEMPOTENCY_UNDER_WAY,
                                    "The request with this Idempotency-Key has not been answered yet.")
                            .after(Duration.ofSeconds(1))
                            .exception();
            case IdempotencyStore.Claim.Mismatch _ ->
                    throw Problem.of(
                                    ProblemType.IDEMPOTENCY_MISMATCH,
                                    "This Idempotency-Key was sent with another body.")
                            .exception();
        };
    }

    private Answer worked(String actor, String key, Supplier<Answer> work) {
        Optional<Answer> answer = Optional.empty();
        try {
            answer = Optional.of(work.get());
            return answer.get();
        } finally {
            unsaid.ended(actor, key, answer);
            unsaid.say(actor, key);
        }
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
