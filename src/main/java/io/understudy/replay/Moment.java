package io.understudy.replay;

import io.understudy.decision.Evaluation;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** From then on this is found and decided, until the next moment. */
public record Moment(Instant at, Evaluation evaluation) {

    /**
     * What makes it the same as another: findings by code, target and whether they are confirmed,
     * decisions by their essence. That evidence has grown older is no change.
     */
    static List<String> essence(Evaluation evaluation) {
        return Stream.concat(
                        evaluation.findings().stream()
                                .map(f -> f.code() + "|" + f.target() + "|" + f.confirmed()),
                        evaluation.decisions().stream().map(d -> d.essence()))
                .sorted()
                .toList();
    }
}
