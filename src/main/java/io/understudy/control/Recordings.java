package io.understudy.control;

import io.understudy.decision.Policy;
import io.understudy.decision.RunState;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.replay.Heard;
import io.understudy.replay.RecordedRun;
import io.understudy.run.JournalEntry;
import io.understudy.run.Run;
import io.understudy.run.RunStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Puts together what is on record of an incident. */
public final class Recordings {

    /** Findings or decisions of one incident; one that changes more often is not replayed. */
    private static final int MOST_CHANGES = 10_000;

    /** Runs that ended longer ago have cooled down under any policy. */
    private static final Duration COOLED_DOWN = Duration.ofDays(1);

    private final EvaluationLog evaluations;
    private final ObservationLog observations;
    private final RunStore runs;
    private final LiveDocument<Estate> estate;
    private final LiveDocument<Policy> policy;
    private final InstantSource clock;
    private final RecordingSettings settings;

    public Recordings(
            EvaluationLog evaluations,
            ObservationLog observations,
            RunStore runs,
            LiveDocument<Estate> estate,
            LiveDocument<Policy> policy,
            InstantSource clock,
            RecordingSettings settings) {
        this.evaluations = evaluations;
        this.observations = observations;
        this.runs = runs;
        this.estate = estate;
        this.policy = policy;
        this.clock = clock;
        this.settings = settings;
    }

    public RecordingSettings settings() {
        return settings;
    }

    /**
     * The record of an incident, open or closed; empty when there is none with this id.
     *
     * @throws RecordingTooLarge when there is more than the settings allow
     */
    public Optional<IncidentRecord> of(String id) {
        return evaluations.incident(id).map(this::record);
    }

    private IncidentRecord record(Incident incident) {
        Instant from = incident.firstObservedAt().minus(settings.margin());
        Instant to = incident.closedAt().orElseGet(clock::instant);
        DocumentStore.Version<Estate> known = estate.inForce(incident.openedAt()).orElseThrow();
        List<RecordedDecision> decisions =
                notMore(evaluations.decisionsDuring(from, to, MOST_CHANGES + 1), "decisions");
        Set<ComponentId> about = about(incident, known.body(), decisions);
        return new IncidentRecord(
                incident,
                List.copyOf(about),
                from,
                to,
                known,
                policy.inForce(incident.openedAt()).orElseThrow(),
                heard(incident, from, to),
                runs(from, to),
                notMore(evaluations.findingsDuring(from, to, MOST_CHANGES + 1), "findings").stream()
                        .filter(found -> about.contains(found.finding().target()))
                        .toList(),
                decisions.stream()
                        .filter(taken -> about.contains(taken.decision().target()))
                        .toList());
    }

    private static Set<ComponentId> about(
            Incident incident, Estate estate, List<RecordedDecision> decisions) {
        Set<ComponentId> near = Neighbourhood.around(estate, incident.target());
        Set<ComponentId> about = new LinkedHashSet<>(near);
        estate.components().stream()
                .filter(other -> Neighbourhood.around(estate, other).contains(incident.target()))
                .forEach(about::add);
        decisions.stream()
                .filter(taken -> taken.incident().filter(incident.id()::equals).isPresent())
                .forEach(taken -> about.add(taken.decision().target()));
        return about;
    }

    private List<Heard> heard(Incident incident, Instant from, Instant to) {
        List<Heard> heard = observations.heard(from, to, settings.mostObservations() + 1);
        if (heard.size() > settings.mostObservations()) {
            throw new RecordingTooLarge(
                    "incident %s has more than %d observations between %s and %s"
                            .formatted(incident.id(), settings.mostObservations(), from, to));
        }
        return heard;
    }

    private static <T> List<T> notMore(List<T> changes, String what) {
        if (changes.size() > MOST_CHANGES) {
            throw new RecordingTooLarge(
                    "more than " + MOST_CHANGES + " " + what + " were made meanwhile");
        }
        return changes;
    }

    private List<RecordedRun> runs(Instant from, Instant to) {
        return Stream.concat(
                        runs.open().stream(), runs.endedSince(from.minus(COOLED_DOWN)).stream())
                .filter(run -> !run.openedAt().isAfter(to))
                .map(run -> recorded(run, to))
                .toList();
    }

    private RecordedRun recorded(Run run, Instant to) {
        List<RecordedRun.Phase> phases = new ArrayList<>();
        for (JournalEntry line : runs.journal(run.id(), 0)) {
            state(line.kind())
                    .filter(state -> phases.isEmpty() || phases.getLast().state() != state)
                    .filter(_ -> phases.isEmpty() || !line.at().isAfter(to))
                    .ifPresent(state -> phases.add(new RecordedRun.Phase(state, line.at())));
        }
        return new RecordedRun(
                run.id(), run.decision().remediation(), run.decision().target(), phases);
    }

    /** The state that a line of the journal leads to; empty where it leads to no other. */
    private static Optional<RunState> state(JournalEntry.Kind kind) {
        return switch (kind) {
            case OPENED -> Optional.of(RunState.AWAITING_APPROVAL);
            case STARTED, RESUMED -> Optional.of(RunState.RUNNING);
            case ASKED -> Optional.of(RunState.AWAITING_OPERATOR);
            case CANCELLED -> Optional.of(RunState.CANCELLED);
            case HANDED_OVER -> Optional.of(RunState.HANDED_OVER);
            case SUCCEEDED -> Optional.of(RunState.SUCCEEDED);
            case FAILED -> Optional.of(RunState.FAILED);
            case APPROVED,
                    INTENT,
                    ALREADY_DONE,
                    ACTED,
                    VERIFIED,
                    PROGRESS,
                    SKIPPED,
                    STEP_FAILED,
                    CANCEL_REQUESTED ->
                    Optional.empty();
        };
    }
}
