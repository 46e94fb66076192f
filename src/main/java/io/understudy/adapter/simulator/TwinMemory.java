package io.understudy.adapter.simulator;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;

/** A twin for one process alone; who keeps each of its states decides what becomes of them. */
final class TwinMemory implements TwinStore {

    private final Consumer<TwinState> keeper;
    private Kept kept;

    /**
     * @param keeper gets each state before it is in force; when it throws, the change does not
     *     happen
     */
    TwinMemory(TwinState begin, Consumer<TwinState> keeper) {
        this.kept = new Kept(1, begin);
        this.keeper = keeper;
    }

    @Override
    public synchronized Kept newest(Kept known) {
        return kept;
    }

    @Override
    public synchronized <T> Changed<T> change(Kept known, Function<Kept, Next<T>> change) {
        Next<T> next = change.apply(kept);
        next.state()
                .ifPresent(state -> {
                    keeper.accept(state);
                    kept = new Kept(kept.version() + 1, state);
                });
        return new Changed<>(kept, next.answer());
    }

    @Override
    public synchronized List<Line> after(long number, int limit) {
        List<Effect> effects = kept.state().effects();
        return LongStream.range(number, effects.size())
                .limit(limit)
                .mapToObj(i -> line(i + 1, effects.get((int) i)))
                .toList();
    }

    private static Line line(long number, Effect effect) {
        return new Line(
                number,
                effect.at(),
                effect.runId(),
                effect.step(),
                effect.attempt(),
                effect.token(),
                effect.action());
    }
}
