package io.understudy.adapter.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A twin kept in parts, as a database keeps it, for twins of one test that share it. */
final class PartsStore implements TwinStore {

    private record Row(long version, TwinParts.Part part) {}

    private final Map<String, Row> rows = new TreeMap<>();
    final List<Effect> log = new ArrayList<>();

    /** How many parts were written by each change. */
    final List<Integer> written = new ArrayList<>();

    @Override
    public synchronized Kept newest(Kept known) {
        List<TwinParts.Part> news =
                rows.values().stream()
                        .filter(row -> row.version() > known.version())
                        .map(Row::part)
                        .toList();
        return news.isEmpty()
                ? known
                : new Kept(written.size(), TwinParts.changed(known.state(), news));
    }

    @Override
    public synchronized <T> Changed<T> change(Kept known, Function<Kept, Next<T>> change) {
        Kept found = newest(known);
        Next<T> next = change.apply(found);
        TwinState after = next.state().orElse(found.state());
        List<TwinParts.Part> parts = TwinParts.difference(found.state(), after);
        if (parts.isEmpty() && after.effects().isEmpty()) {
            return new Changed<>(found, next.answer());
        }
        written.add(parts.size());
        parts.forEach(part -> rows.put(part.kind() + part.key(), new Row(written.size(), part)));
        log.addAll(after.effects());
        return new Changed<>(new Kept(written.size(), after.withoutEffects()), next.answer());
    }

    @Override
    public List<Line> after(long number, int limit) {
        return List.of();
    }
}
