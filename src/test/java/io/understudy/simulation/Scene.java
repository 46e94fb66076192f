package io.understudy.simulation;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What everything in one simulation is made of. */
record Scene(
        VirtualTime time,
        Chance chance,
        Defect defect,
        Oracle oracle,
        Tally tally,
        @Nullable Consumer<String> trace) {

    Weather weather() {
        return chance.weather();
    }

    void count(Happening what) {
        tally.count(what);
    }

    /** Notes what happened, where somebody wants to know. */
    void note(Supplier<String> what) {
        if (trace != null) {
            trace.accept("%12.6f %s".formatted(time.now() / 1e6, what.get()));
        }
    }
}
