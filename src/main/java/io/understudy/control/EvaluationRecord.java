package io.understudy.control;

import io.understudy.run.Fence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What is open in the log of evaluations, read in full, and how a change is put there. */
final class EvaluationRecord {

    private static final int PAGE = 1_000;

    private final EvaluationLog log;

    EvaluationRecord(EvaluationLog log) {
        this.log = log;
    }

    List<RecordedFinding> openFindings() {
        return all(log::findings, RecordedFinding::id, true, Optional.empty());
    }

    List<RecordedDecision> openDecisions() {
        return all(log::decisions, RecordedDecision::id, true, Optional.empty());
    }

    List<Incident> openIncidents() {
        return all(log::incidents, Incident::id, true, Optional.empty());
    }

    List<RecordedFinding> findingsOf(String incident) {
        return both(log::findings, RecordedFinding::id, incident);
    }

    List<RecordedDecision> decisionsOf(String incident) {
        return both(log::decisions, RecordedDecision::id, incident);
    }

    /** Saves what has changed, with the incidents that new records belong to; returns it. */
    EvaluationLog.Change save(EvaluationDiff diff, IncidentBook incidents, Optional<Fence> shift) {
        EvaluationLog.Change change =
                new EvaluationLog.Change(
                        diff.findings().stream().map(f -> linked(f, incidents)).toList(),
                        diff.decisions().stream().map(d -> linked(d, incidents)).toList(),
                        incidents.changed());
        if (!change.isEmpty()) {
            log.save(change, shift);
        }
        return change;
    }

    private static RecordedFinding linked(RecordedFinding found, IncidentBook incidents) {
        if (found.closedAt().isPresent()) {
            return found;
        }
        return new RecordedFinding(
                found.id(),
                found.finding(),
                found.openedAt(),
                found.closedAt(),
                found.incident()
                        .or(() -> incidents.of(found.finding().target()).map(Incident::id)));
    }

    private static RecordedDecision linked(RecordedDecision taken, IncidentBook incidents) {
        if (taken.endedAt().isPresent()) {
            return taken;
        }
        return new RecordedDecision(
                taken.id(),
                taken.decision(),
                taken.takenAt(),
                taken.endedAt(),
                taken.incident()
                        .or(() -> incidents.of(taken.decision().target()).map(Incident::id)));
    }

    private static <T> List<T> both(
            Function<EvaluationLog.Query, List<T>> find, Function<T, String> id, String incident) {
        List<T> both = new ArrayList<>(all(find, id, false, Optional.of(incident)));
        both.addAll(all(find, id, true, Optional.of(incident)));
        return both;
    }

    private static <T> List<T> all(
            Function<EvaluationLog.Query, List<T>> find,
            Function<T, String> id,
            boolean open,
            Optional<String> incident) {
        List<T> all = new ArrayList<>();
        Optional<String> before = Optional.empty();
        List<T> page;
        do {
            page =
                    find.apply(
                            new EvaluationLog.Query(
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of(open),
                                    incident,
                                    before,
                                    PAGE));
            all.addAll(page);
            before = page.isEmpty() ? before : Optional.of(id.apply(page.getLast()));
        } while (page.size() == PAGE);
        return all;
    }
}
