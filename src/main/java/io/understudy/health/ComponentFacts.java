package io.understudy.health;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest facts of one component, whoever told them, with the history that rules need.
 *
 * @param facts the newest facts; {@link Facts.None} where none were ever told
 * @param since when these same facts were first seen in an unbroken row
 * @param at when they were last seen; meaningless for {@link Facts.None}
 * @param mirroring per database in the order first told
 * @param sinceOf since when they say the same in one respect, where that is longer than {@code
 *     since}
 */
public record ComponentFacts(
        Facts facts,
        Instant since,
        Instant at,
        Map<String, MirroringHistory> mirroring,
        Map<Aspect, Instant> sinceOf) {

    /** Facts that were never told otherwise. */
    public ComponentFacts(
            Facts facts, Instant since, Instant at, Map<String, MirroringHistory> mirroring) {
        this(facts, since, at, mirroring, Map.of());
    }

    /** Since when the facts say the same in this respect. */
    public Instant since(Aspect aspect) {
        return sinceOf.getOrDefault(aspect, since);
    }

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
        if (told.equals(facts)) {
            return new ComponentFacts(told, since, observation.observedAt(), histories, sinceOf);
        }
        Instant now = observation.observedAt();
        return new ComponentFacts(told, now, now, histories, longer(told));
    }

    private Map<Aspect, Instant> longer(Facts told) {
        Map<Aspect, Instant> longer = new EnumMap<>(Aspect.class);
        for (Aspect aspect : Aspect.values()) {
            Optional<?> said = aspect.of(told);
            if (said.isPresent() && said.equals(aspect.of(facts))) {
                longer.put(aspect, since(aspect));
            }
        }
        return Collections.unmodifiableMap(longer);
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
