package io.understudy.store;

import io.understudy.control.ObservationLog.Appended;
import io.understudy.health.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Several appends as one set of rows, each id once, and what became of the rows as an answer to
 * each append.
 */
final class MergedAppends {

    /** One call's observations. */
    record Append(List<Observation> observations, Instant receivedAt) {}

    /**
     * One id.
     *
     * @param observation as first said, valid for as long as anyone said who repeats it
     * @param first the append that said it first
     * @param longest the append that said it to be valid for longest
     */
    record Row(Observation observation, Instant receivedAt, int first, int longest) {

        private Row with(Observation again, int append) {
            Optional<Instant> until = again.validUntil();
            boolean longer =
                    again.repeats(observation)
                            && until.isPresent()
                            && observation.validUntil().filter(until.get()::isAfter).isPresent();
            return longer ? new Row(until(observation, until), receivedAt, first, append) : this;
        }
    }

    private final int appends;
    private final int[] sizes;

    /** By id, so that all who write lock rows in the same order. */
    private final Map<String, Row> rows = new TreeMap<>();

    MergedAppends(List<Append> merged) {
        appends = merged.size();
        sizes = merged.stream().mapToInt(append -> append.observations().size()).toArray();
        for (int i = 0; i < appends; i++) {
            int append = i;
            Instant receivedAt = merged.get(i).receivedAt();
            for (Observation given : merged.get(i).observations()) {
                Observation o = kept(given);
                rows.merge(
                        o.id(),
                        new Row(o, receivedAt, append, append),
                        (before, _) -> before.with(o, append));
            }
        }
    }

    List<Row> rows() {
        return List.copyOf(rows.values());
    }

    /**
     * The answer to each append.
     *
     * @param fresh ids that were new
     * @param renewed by id, as kept, those known before and now valid for longer
     */
    List<Appended> answers(Set<String> fresh, Map<String, Observation> renewed) {
        List<Map<String, Observation>> freshOf = new ArrayList<>();
        List<Map<String, Observation>> renewedOf = new ArrayList<>();
        for (int i = 0; i < appends; i++) {
            freshOf.add(new LinkedHashMap<>());
            renewedOf.add(new LinkedHashMap<>());
        }
        rows.forEach((id, row) -> {
            if (fresh.contains(id)) {
                freshOf.get(row.first()).put(id, row.observation());
            }
            Observation longer = renewed.get(id);
            if (longer != null) {
                renewedOf.get(row.longest()).put(id, longer);
            }
        });
        List<Appended> answers = new ArrayList<>();
        for (int i = 0; i < appends; i++) {
            List<Observation> news = List.copyOf(freshOf.get(i).values());
            List<Observation> longer = List.copyOf(renewedOf.get(i).values());
            answers.add(new Appended(news, longer, sizes[i] - news.size() - longer.size()));
        }
        return answers;
    }

    /** What is answered must be what will be read again. */
    private static Observation kept(Observation o) {
        return new Observation(
                o.id(),
                o.component(),
                o.status(),
                o.observer(),
                Session.kept(o.observedAt()),
                o.facts(),
                o.signal(),
                o.samples(),
                o.validUntil().map(Session::kept));
    }

    private static Observation until(Observation o, Optional<Instant> validUntil) {
        return new Observation(
                o.id(),
                o.component(),
                o.status(),
                o.observer(),
                o.observedAt(),
                o.facts(),
                o.signal(),
                o.samples(),
                validUntil);
    }
}
