package io.understudy.adapter.simulator;

import io.understudy.adapter.spi.EffectLog;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the one twin of an estate is kept, for every process that acts on it or looks at it. What
 * it answers is durable; it is safe on any thread.
 */
public interface TwinStore extends EffectLog {

    /**
     * A state of the twin.
     *
     * @param version grows with each change; 0 when nothing was ever kept, and the state is of
     *     nothing
     */
    record Kept(long version, TwinState state) {}

    /**
     * What comes next.
     *
     * @param state what is to be kept, with the effects that are to be logged; empty when nothing
     *     changes
     */
    record Next<T>(Optional<TwinState> state, T answer) {}

    /** What is kept after a change, and what the change has answered. */
    record Changed<T>(Kept kept, T answer) {}

    /** What is kept now; {@code known} itself when nothing has changed since. */
    Kept newest(Kept known);

    /**
     * Changes what is kept while nobody else does. {@code change} sees the newest state and may be
     * called again when others are in its way; when it throws, nothing is changed.
     */
    <T> Changed<T> change(Kept known, Function<Kept, Next<T>> change);
}
