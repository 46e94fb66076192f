package io.understudy.control;

import io.understudy.estate.ComponentId;
import io.understudy.health.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Observations for tests. */
final class MemoryObservationLog implements ObservationLog {

    final Map<String, Observation> kept = new LinkedHashMap<>();

    @Override
    public Appended append(List<Observation> observations, Instant receivedAt) {
        List<Observation> fresh = new ArrayList<>();
        for (Observation observation : observations) {
            if (kept.putIfAbsent(observation.id(), observation) == null) {
                fresh.add(observation);
            }
        }
        return new Appended(fresh, List.of(), observations.size() - fresh.size());
    }

    @Override
    public List<Observation> since(Instant since) {
        return kept.values().stream()
                .filter(o -> !o.observedAt().isBefore(since))
                .sorted(Comparator.comparing(Observation::observedAt))
                .toList();
    }

    @Override
    public List<Observation> newest(Optional<ComponentId> component, int limit) {
        return kept.values().stream()
                .filter(o -> component.map(o.component()::equals).orElse(true))
                .sorted(Comparator.comparing(Observation::observedAt).reversed())
                .limit(limit)
                .toList();
    }
}
