package io.understudy.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.decision.Policy;
import io.understudy.estate.Estate;
import io.understudy.replay.Recording;
import io.understudy.replay.Replay;
import java.time.Duration;
import java.util.Optional;

/** What is asked of {@code POST /evaluations/replay}. */
public final class ReplayDocument {

    /** How long a replay may go on after it has left the record. */
    public static final Duration MOST_BEYOND = Duration.ofHours(1);

    private ReplayDocument() {}

    /**
     * What is to be replayed, and against what.
     *
     * @param incident one on record here; there where {@code recording} is not
     * @param policy the present one where absent
     * @param estate the recorded one where absent
     */
    public record Request(
            Optional<String> incident,
            Optional<Recording> recording,
            Optional<Policy> policy,
            Optional<Estate> estate,
            Duration tolerance,
            Duration beyond) {

        /** The replay that is asked for. */
        public Replay of(Recording read, Policy present) {
            return new Replay(
                    read, estate.orElse(read.estate()), policy.orElse(present), tolerance, beyond);
        }
    }

    /**
     * Reads what is asked.
     *
     * @param mostObservations how many a recording may have
     * @throws InvalidDocument when it has not the shape of the contract's {@code ReplayRequest}, or
     *     see {@link RecordingDocument#read}
     */
    public static Request read(JsonNode document, int mostObservations) {
        JsonNode observations = document.at("/recording/observations");
        if (observations.size() > mostObservations) {
            throw new InvalidDocument(
                    "/recording/observations",
                    "has %d observations, and %d are taken: cut it, or raise understudy.replay.most-observations"
                            .formatted(observations.size(), mostObservations),
                    "TOO_MUCH");
        }
        Schemas.check("ReplayRequest", document);
        Cursor request = Cursor.of(document);
        if (request.has("incident") == request.has("recording")) {
            throw request.at("incident")
                    .refused("is given, or a recording is: one of the two", "ONE_OF");
        }
        return new Request(
                request.optional("incident", id -> id),
                request.has("recording")
                        ? Optional.of(RecordingDocument.read(request.at("recording")))
                        : Optional.empty(),
                request.has("policy")
                        ? Optional.of(PolicyDocument.read(request.at("policy")))
                        : Optional.empty(),
                request.has("estate")
                        ? Optional.of(EvaluationDocument.estate(request.at("estate")))
                        : Optional.empty(),
                request.duration("tolerance", Replay.USUAL_TOLERANCE),
                beyond(request));
    }

    private static Duration beyond(Cursor request) {
        Duration beyond = request.duration("beyond", Replay.USUAL_BEYOND);
        if (beyond.compareTo(MOST_BEYOND) > 0) {
            throw request.at("beyond").refused("is at most " + MOST_BEYOND, "TOO_MUCH");
        }
        return beyond;
    }
}
