package io.understudy.app;

import io.understudy.adapter.simulator.Effect;
import io.understudy.adapter.simulator.TwinParts;
import io.understudy.adapter.simulator.TwinState;
import io.understudy.adapter.simulator.TwinStore;
import io.understudy.document.Json;
import io.understudy.runbook.Action;
import io.understudy.store.PgTwin;
import java.util.List;
import java.util.function.Function;

/** The one twin of all replicas: what the simulator changes, as PostgreSQL keeps it. */
final class SharedTwin implements TwinStore {

    private final PgTwin twin;

    SharedTwin(PgTwin twin) {
        this.twin = twin;
    }

    @Override
    public Kept newest(Kept known) {
        return found(known, twin.since(known.version()));
    }

    @Override
    public <T> Changed<T> change(Kept known, Function<Kept, Next<T>> change) {
        return twin.change(
                known.version(),
                news -> {
                    Kept found = found(known, news);
                    return written(found, change.apply(found));
                });
    }

    @Override
    public List<Line> after(long number, int limit) {
        return twin.log(number, limit).stream()
                .map(line ->
                        new Line(
                                line.number(),
                                line.at(),
                                line.run(),
                                line.step(),
                                line.attempt(),
                                line.token(),
                                Json.read(line.action(), Action.class)))
                .toList();
    }

    private static Kept found(Kept known, PgTwin.News news) {
        if (news.version() == known.version()) {
            return known;
        }
        TwinState before = news.whole() ? TwinState.empty(known.state().at()) : known.state();
        List<TwinParts.Part> parts =
                news.parts().stream()
                        .map(part -> new TwinParts.Part(part.kind(), part.key(), part.body()))
                        .toList();
        return new Kept(news.version(), TwinParts.changed(before, parts));
    }

    private static <T> PgTwin.Next<Changed<T>> written(Kept found, Next<T> next) {
        TwinState after = next.state().orElse(found.state());
        List<PgTwin.Part> parts =
                TwinParts.difference(found.state(), after).stream()
                        .map(part -> new PgTwin.Part(part.kind(), part.key(), part.body()))
                        .toList();
        List<PgTwin.Line> lines = after.effects().stream().map(SharedTwin::line).toList();
        Kept kept =
                parts.isEmpty() && lines.isEmpty()
                        ? found
                        : new Kept(found.version() + 1, after.withoutEffects());
        return new PgTwin.Next<>(parts, lines, new Changed<>(kept, next.answer()));
    }

    private static PgTwin.Line line(Effect effect) {
        return new PgTwin.Line(
                0,
                effect.at(),
                effect.runId(),
                effect.step(),
                effect.attempt(),
                effect.token(),
                Json.write(effect.action()));
    }
}
