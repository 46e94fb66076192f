package io.understudy.control;

import io.understudy.audit.MemoryAudit;
import io.understudy.estate.ComponentId;
import io.understudy.run.Fence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Findings, decisions and incidents for tests; counts what was saved. */
final class MemoryEvaluationLog implements EvaluationLog {

    final List<Change> saved = new ArrayList<>();
    private final MemoryAudit audit;
    private final Map<String, RecordedFinding> findings = new LinkedHashMap<>();
    private final Map<String, RecordedDecision> decisions = new LinkedHashMap<>();
    private final Map<String, Incident> incidents = new LinkedHashMap<>();

    MemoryEvaluationLog(MemoryAudit audit) {
        this.audit = audit;
    }

    @Override
    public void save(Change change, Optional<Fence> fence) {
        saved.add(change);
        List<RecordedDecision> taken =
                change.decisions().stream().filter(d -> !decisions.containsKey(d.id())).toList();
        DecisionAudit.of(taken).forEach(audit::append);
        change.findings().forEach(f -> findings.put(f.id(), f));
        change.decisions().forEach(d -> decisions.put(d.id(), d));
        change.incidents().forEach(i -> incidents.put(i.id(), i));
    }

    @Override
    public List<RecordedFinding> findings(Query query) {
        return page(
                findings.values(),
                query,
                RecordedFinding::id,
                f -> f.finding().target(),
                f -> f.finding().code().name(),
                f -> f.closedAt().isEmpty(),
                RecordedFinding::incident);
    }

    @Override
    public List<RecordedDecision> decisions(Query query) {
        return page(
                decisions.values(),
                query,
                RecordedDecision::id,
                d -> d.decision().target(),
                d -> d.decision().remediation().name(),
                d -> d.endedAt().isEmpty(),
                RecordedDecision::incident);
    }

    @Override
    public List<Incident> incidents(Query query) {
        return page(
                incidents.values(),
                query,
                Incident::id,
                Incident::target,
                i -> i.code().name(),
                i -> i.closedAt().isEmpty(),
                i -> Optional.of(i.id()));
    }

    @Override
    public List<RecordedFinding> findingsDuring(Instant from, Instant to, int limit) {
        return findings.values().stream()
                .filter(f -> !f.openedAt().isAfter(to))
                .filter(f -> f.closedAt().filter(from::isAfter).isEmpty())
                .limit(limit)
                .toList();
    }

    @Override
    public List<RecordedDecision> decisionsDuring(Instant from, Instant to, int limit) {
        return decisions.values().stream()
                .filter(d -> !d.takenAt().isAfter(to))
                .filter(d -> d.endedAt().filter(from::isAfter).isEmpty())
                .limit(limit)
                .toList();
    }

    @Override
    public Change saved(List<String> findingIds, List<String> decisionIds) {
        return new Change(
                findings.values().stream().filter(f -> findingIds.contains(f.id())).toList(),
                decisions.values().stream().filter(d -> decisionIds.contains(d.id())).toList(),
                List.of());
    }

    @Override
    public Optional<Incident> incident(String id) {
        return Optional.ofNullable(incidents.get(id));
    }

    private static <T> List<T> page(
            Collection<T> all,
            Query query,
            Function<T, String> id,
            Function<T, ComponentId> target,
            Function<T, String> kind,
            Function<T, Boolean> open,
            Function<T, Optional<String>> incident) {
        List<T> newestFirst =
                new ArrayList<>(
                        all.stream()
                                .filter(t ->
                                        query.target().map(target.apply(t)::equals).orElse(true))
                                .filter(t ->
                                        query.within()
                                                .map(some -> some.contains(target.apply(t)))
                                                .orElse(true))
                                .filter(t -> query.kind().map(kind.apply(t)::equals).orElse(true))
                                .filter(t -> query.open().map(open.apply(t)::equals).orElse(true))
                                .filter(t ->
                                        query.incident().isEmpty()
                                                || query.incident().equals(incident.apply(t)))
                                .toList());
        Collections.reverse(newestFirst);
        return newestFirst.stream()
                .dropWhile(t -> query.before().filter(b -> !b.equals(id.apply(t))).isPresent())
                .skip(query.before().isPresent() ? 1 : 0)
                .limit(query.limit())
                .toList();
    }
}
