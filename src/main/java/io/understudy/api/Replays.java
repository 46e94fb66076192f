package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.control.IncidentRecord;
import io.understudy.control.LiveDocument;
import io.understudy.control.RecordingTooLarge;
import io.understudy.control.Recordings;
import io.understudy.decision.Decider;
import io.understudy.decision.Policy;
import io.understudy.document.OutcomeDocument;
import io.understudy.document.RecordingDocument;
import io.understudy.document.ReplayDocument;
import io.understudy.document.VerdictDocument;
import io.understudy.replay.Recording;
import io.understudy.replay.TooMuchToReplay;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Incidents on record, to be kept and to be decided anew. Stores nothing. */
@Singleton
final class Replays {

    private final Recordings recordings;
    private final LiveDocument<Policy> policy;

    @Inject
    Replays(Recordings recordings, LiveDocument<Policy> policy) {
        this.recordings = recordings;
        this.policy = policy;
    }

    /** The recording of an incident on record here. */
    JsonNode recording(String id) {
        return RecordingView.of(recorded(id)).document();
    }

    /**
     * What is decided anew on what the body names or brings.
     *
     * @param sight must be of everything where the body names an incident on record, whose
     *     recording has the whole estate, or brings no policy: by a recording made for it the one
     *     in force would be told piece by piece
     */
    JsonNode replay(JsonNode body, Reach sight) {
        ReplayDocument.Request request =
                ReplayDocument.read(body, recordings.settings().mostObservations());
        if (request.recording().isEmpty()) {
            sight.requireEverywhere("the recording of an incident shows the whole estate");
        }
        if (request.policy().isEmpty()) {
            sight.requireEverywhere("without policy the one of the whole estate decides");
        }
        Recording recording = request.recording().orElseGet(() -> onRecord(request));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("incident", recording.failure().id());
        try {
            OutcomeDocument.write(
                    request.of(recording, policy.current().orElseThrow().body())
                            .outcome(Decider::decide, VerdictDocument::of),
                    answer);
        } catch (TooMuchToReplay e) {
            throw tooLarge(String.valueOf(e.getMessage())).exception();
        }
        return answer;
    }

    /** Read from what would be shown, so that a recording that was fetched gives the same. */
    private Recording onRecord(ReplayDocument.Request request) {
        return RecordingDocument.read(
                RecordingView.of(recorded(request.incident().orElseThrow())).document());
    }

    private IncidentRecord recorded(String id) {
        String asked = Parameters.text("id", id, Parameters.LONGEST_ID).orElseThrow();
        try {
            return recordings
                    .of(asked)
                    .orElseThrow(() ->
                            Problem.of(ProblemType.NOT_FOUND, "There is no incident " + asked + ".")
                                    .exception());
        } catch (RecordingTooLarge e) {
            throw tooLarge(String.valueOf(e.getMessage())).exception();
        }
    }

    private static Problem tooLarge(String what) {
        return Problem.of(
                ProblemType.RECORDING_TOO_LARGE, "Not recorded or replayed: " + what + ".");
    }
}
