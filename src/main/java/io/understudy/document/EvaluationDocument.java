package io.understudy.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.decision.Evaluation;
import io.understudy.decision.KnownRun;
import io.understudy.decision.Policy;
import io.understudy.decision.Remediation;
import io.understudy.decision.RunState;
import io.understudy.decision.Snapshot;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.EstateRules;
import io.understudy.estate.Violation;
import io.understudy.health.Conditions;
import io.understudy.health.Observation;
import io.understudy.replay.Heard;
import io.understudy.replay.Moment;
import io.understudy.replay.RecordedRun;
import io.understudy.replay.Series;
import io.understudy.replay.TooMuchToReplay;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The question and the answer of {@code POST /evaluations}. */
public final class EvaluationDocument {

    private EvaluationDocument() {}

    /**
     * What is asked.
     *
     * @param now about one time
     * @param series about the time up to then, where that is asked, too
     */
    public record Question(Snapshot now, Optional<Series> series) {}

    /**
     * Reads what is asked about one time. {@code at} defaults to the time of the newest
     * observation; an observation that is sent twice counts once.
     *
     * @throws InvalidDocument when it has not the shape of the contract's {@code
     *     EvaluationRequest}, when the estate names something twice or refers to what it has not,
     *     or when something speaks of what the estate does not have
     */
    public static Snapshot readRequest(JsonNode document) {
        return read(document).now();
    }

    /** Reads what is asked, like {@link #readRequest}, with the series where there is one. */
    public static Question read(JsonNode document) {
        Schemas.check("EvaluationRequest", document);
        Cursor request = Cursor.of(document);
        Estate estate = estate(request.at("estate"));
        List<Observation> observations = observations(request.at("observations"), estate);
        Policy policy =
                request.has("policy") ? PolicyDocument.read(request.at("policy")) : Policy.DEFAULT;
        Instant at = request.optional("at", Instant::parse).orElseGet(() -> newest(observations));
        Snapshot now =
                new Snapshot(
                        estate,
                        Conditions.of(estate, observations, policy.thresholds(), at),
                        request.list("runs", EvaluationDocument::run),
                        request.list("planned", EvaluationDocument::planned),
                        policy,
                        at);
        return new Question(
                now,
                request.has("series")
                        ? Optional.of(series(request.at("series"), now, observations))
                        : Optional.empty());
    }

    /** From the first observation on, where it does not say from when. */
    private static Series series(Cursor series, Snapshot now, List<Observation> observations) {
        Instant first =
                observations.stream()
                        .map(Observation::observedAt)
                        .min(Comparator.naturalOrder())
                        .filter(now.takenAt()::isAfter)
                        .orElse(now.takenAt());
        Instant from = series.optional("from", Instant::parse).orElse(first);
        if (from.isAfter(now.takenAt())) {
            throw series.at("from")
                    .refused("is after " + now.takenAt() + ", the time asked about", "AFTER_AT");
        }
        return new Series(
                now.estate(),
                now.policy(),
                observations.stream().map(Heard::atOnce).toList(),
                now.runs().stream().map(RecordedRun::of).toList(),
                from,
                now.takenAt());
    }

    /** An estate that can be judged, though it may break rules of the field. */
    static Estate estate(Cursor document) {
        Estate estate = EstateDocument.read(document);
        List<DocumentProblem> errors =
                EstateRules.checkSound(estate).stream()
                        .filter(violation -> violation.severity() == Violation.Severity.ERROR)
                        .map(error ->
                                new DocumentProblem(
                                        document.pointer() + error.pointer(),
                                        error.message(),
                                        error.code()))
                        .toList();
        if (!errors.isEmpty()) {
            throw new InvalidDocument(errors);
        }
        return estate;
    }

    private static List<Observation> observations(Cursor document, Estate estate) {
        List<Observation> all = ObservationDocument.readAll(document);
        List<DocumentProblem> unknown =
                ObservationDocument.unknownTo(estate, all).stream()
                        .map(problem -> problem.under(document.pointer()))
                        .toList();
        if (!unknown.isEmpty()) {
            throw new InvalidDocument(unknown);
        }
        Map<String, Observation> byId = new LinkedHashMap<>();
        all.forEach(observation -> byId.putIfAbsent(observation.id(), observation));
        return List.copyOf(byId.values());
    }

    /** Without any observation nothing is known at any time. */
    private static Instant newest(List<Observation> observations) {
        return observations.stream()
                .map(Observation::observedAt)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    private static Snapshot.Planned planned(Cursor planned) {
        return new Snapshot.Planned(
                planned.constant("remediation", Remediation.class),
                planned.value("target", ComponentId::parse));
    }

    private static KnownRun run(Cursor run) {
        RunState state = run.constant("state", RunState.class);
        Optional<Instant> endedAt = run.optional("endedAt", Instant::parse);
        if (state.ended() != endedAt.isPresent()) {
            throw run.at("endedAt")
                    .refused("is there for a run that has ended, and for no other", "ENDED_AT");
        }
        return new KnownRun(
                run.value("id", Function.identity()),
                run.constant("remediation", Remediation.class),
                run.value("target", ComponentId::parse),
                state,
                endedAt);
    }

    /**
     * Answers.
     *
     * @param decide the decider: pure
     * @throws InvalidDocument when the series asks for more than is evaluated for one request
     */
    public static ObjectNode answer(Question question, Function<Snapshot, Evaluation> decide) {
        ObjectNode document = write(decide.apply(question.now()));
        question.series()
                .ifPresent(series -> {
                    ArrayNode timeline = document.putArray("timeline");
                    for (Moment moment : moments(series, decide)) {
                        timeline.addObject()
                                .put("at", moment.at().toString())
                                .setAll(write(moment.evaluation()));
                    }
                });
        return document;
    }

    private static List<Moment> moments(Series series, Function<Snapshot, Evaluation> decide) {
        try {
            return series.moments(decide);
        } catch (TooMuchToReplay e) {
            throw new InvalidDocument(
                    "/series",
                    e.getMessage() + ": ask about less time with from and at",
                    "TOO_MUCH");
        }
    }

    public static ObjectNode write(Evaluation evaluation) {
        ObjectNode document = Tree.object();
        ArrayNode findings = document.putArray("findings");
        evaluation.findings().forEach(finding -> findings.add(FindingDocument.write(finding)));
        ArrayNode decisions = document.putArray("decisions");
        evaluation.decisions().forEach(decision -> decisions.add(DecisionDocument.write(decision)));
        return document;
    }
}
