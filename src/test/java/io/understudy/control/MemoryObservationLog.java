package io.understudy.control;

import io.understudy.estate.ComponentId;
import io.understudy.health.Observation;
import io.understudy.replay.Heard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Observations for tests. */
final class MemoryObservationLog implements ObservationLog {

    final Map<String, Observation> kept = new LinkedHashMap<>();
    private final List<Heard> heard = new ArrayList<>();

    @Override
    public Appended append(List<Observation> observations, Instant receivedAt) {
        List<Observation> fresh = new ArrayList<>();
        for (Observation observation : observations) {
            if (kept.putIfAbsent(observation.id(), observation) == null) {
                fresh.add(observation);
                heard.add(new Heard(observation, receivedAt));
            }
        }
        return new Appended(fresh, List.of(), observations.size() - fresh.size());
    }

    @Override
    public void since(Instant since, Consumer<List<Observation>> take) {
        kept.values().stream()
                .filter(o -> !o.observedAt().isBefore(since))
                .sorted(Comparator.comparing(Observation::observedAt))
                .forEach(o -> take.accept(List.of(o)));
    }

    @Override
    public List<Heard> heard(Instant from, Instant to, int limit) {
        return heard.stream()
                .filter(h -> !h.observation().observedAt().isBefore(from))
                .filter(h -> !h.observation().observedAt().isAfter(to) && !h.at().isAfter(to))
                .sorted(Comparator.comparing(Heard::at))
                .limit(limit)
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

    @Override
    public List<Observation> newest(Set<ComponentId> components, int limit) {
        return newest(Optional.empty(), Integer.MAX_VALUE).stream()
                .filter(o -> components.contains(o.component()))
                .limit(limit)
                .toList();
    }

    @Override
    public Place place() {
        return new Place(kept.size(), Set.of());
    }

    @Override
    public Others others(Place from, int most) {
        return new Others(List.of(), place(), false);
    }

    @Override
    public void forgetOwn() {}
}
