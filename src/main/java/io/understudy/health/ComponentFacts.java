package io.understudy.health;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest facts of one component, whoever told them, with the history that rules need.
 *
 * @param facts the newest facts; {@link Facts.None} where none were ever told
 * @param since when these same facts were first seen in an unbroken row
 * @param at when they were last seen; meaningless for {@link Facts.None}
 * @param mirroring per database in the order first told
 */
public record ComponentFacts(
        Facts facts, Instant since, Instant at, Map<String, MirroringHistory> mirroring) {

    public static final ComponentFacts NONE =
            new ComponentFacts(new Facts.None(), Instant.EPOCH, Instant.EPOCH, Map.of());

    /**
     * The facts after {@code observation}; the same when it tells none or is older than what is
     * known.
     */
    public ComponentFacts next(Observation observation) {
        Facts told = observation.facts();
        if (told instanceof Facts.None || observation.observedAt().isBefore(at)) {
            return this;
        }
        Map<String, MirroringHistory> histories = mirroring;
        if (told instanceof Facts.OfStore store && !store.mirroring().isEmpty()) {
            histories = advance(store.mirroring(), observation.observedAt());
        }
        Instant same = told.equals(facts) ? since : observation.observedAt();
        return new ComponentFacts(told, same, observation.observedAt(), histories);
    }

    private Map<String, MirroringHistory> advance(List<Facts.MirroringRow> rows, Instant seenAt) {
        Map<String, MirroringHistory> histories = new LinkedHashMap<>();
        for (Facts.MirroringRow row : rows) {
            MirroringHistory before = mirroring.get(row.database());
            histories.put(
                    row.database(),
                    before == null
                            ? MirroringHistory.first(row, seenAt)
                            : before.next(row, seenAt));
        }
        return Collections.unmodifiableMap(histories);
    }
}
