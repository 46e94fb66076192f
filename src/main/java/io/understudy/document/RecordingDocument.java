package io.understudy.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Remediation;
import io.understudy.decision.RunState;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.health.Observation;
import io.understudy.replay.Heard;
import io.understudy.replay.RecordedRun;
import io.understudy.replay.Recording;
import io.understudy.replay.Span;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The recording of an incident, complete in itself. */
public final class RecordingDocument {

    /** The shape that is written and read; another one has another number. */
    public static final int FORMAT = 1;

    private RecordingDocument() {}

    /**
     * Reads a recording.
     *
     * @throws InvalidDocument when it has not the shape of the contract's {@code Recording}, when
     *     its estate is not sound, or when it does not hang together
     */
    public static Recording read(JsonNode document) {
        Schemas.check("Recording", document);
        return read(Cursor.of(document));
    }

    /** Reads a recording whose shape is checked. */
    static Recording read(Cursor recording) {
        Estate estate = EvaluationDocument.estate(recording.at("estate"));
        Instant from = recording.time("from");
        Instant to = recording.time("to");
        Recording.Failure failure = failure(recording.at("incident"));
        if (failure.firstObservedAt().isBefore(from) || failure.firstObservedAt().isAfter(to)) {
            throw recording
                    .at("incident")
                    .at("firstObservedAt")
                    .refused("is not between from and to", "OUTSIDE");
        }
        return new Recording(
                failure,
                about(recording, estate),
                from,
                to,
                estate,
                PolicyDocument.read(recording.at("policy")),
                recording.list("observations", RecordingDocument::heard).stream()
                        .sorted(Comparator.comparing(Heard::at))
                        .toList(),
                recording.list("runs", RecordingDocument::run),
                recording.list("decisions", RecordingDocument::held));
    }

    private static Recording.Failure failure(Cursor incident) {
        return new Recording.Failure(
                incident.text("id"),
                incident.value("target", ComponentId::parse),
                incident.constant("code", FindingCode.class),
                incident.time("firstObservedAt"),
                incident.time("openedAt"),
                incident.optional("closedAt", Instant::parse));
    }

    /** All of the estate, where nothing is said. */
    private static Set<ComponentId> about(Cursor recording, Estate estate) {
        return recording.has("about")
                ? new LinkedHashSet<>(
                        recording.list(
                                "about",
                                id -> id.checked(() -> ComponentId.parse(id.node().asText()))))
                : estate.components();
    }

    private static Heard heard(Cursor heard) {
        Observation observation = ObservationDocument.read(heard.at("observation"));
        return new Heard(
                observation,
                heard.optional("heardAt", Instant::parse).orElse(observation.observedAt()));
    }

    private static RecordedRun run(Cursor run) {
        List<RecordedRun.Phase> phases =
                run.list(
                        "phases",
                        phase ->
                                new RecordedRun.Phase(
                                        phase.constant("state", RunState.class),
                                        phase.time("since")));
        return run.at("phases")
                .checked(() ->
                        new RecordedRun(
                                run.text("id"),
                                run.constant("remediation", Remediation.class),
                                run.value("target", ComponentId::parse),
                                phases));
    }

    private static Span.Held held(Cursor decision) {
        Instant takenAt = decision.time("takenAt");
        Optional<Instant> endedAt = decision.optional("endedAt", Instant::parse);
        if (endedAt.filter(takenAt::isAfter).isPresent()) {
            throw decision.at("endedAt").refused("is before takenAt", "BEFORE_TAKEN");
        }
        return new Span.Held(VerdictDocument.read(decision.at("decision")), takenAt, endedAt);
    }
}
