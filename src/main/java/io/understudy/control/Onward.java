package io.understudy.control;

import io.understudy.decision.Assessment;
import io.understudy.decision.Evaluation;
import io.understudy.decision.Snapshot;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides one snapshot after the other; what has not changed in between is not judged again. For
 * one thread at a time.
 */
public final class Onward implements Function<Snapshot, Evaluation> {

    private Optional<Assessment> last = Optional.empty();

    @Override
    public synchronized Evaluation apply(Snapshot snapshot) {
        Assessment now =
                last.map(before -> before.after(snapshot)).orElseGet(() -> Assessment.of(snapshot));
        last = Optional.of(now);
        return now.evaluation();
    }
}
