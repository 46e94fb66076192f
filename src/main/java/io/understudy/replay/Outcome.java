package io.understudy.replay;

import io.understudy.estate.ComponentId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of a replay.
 *
 * @param comparedFrom the first evidence
 * @param comparedTo how far it went
 * @param divergedAt from then on the recorded world is not the one that today's decisions would
 *     have made: a run began that would not have begun; empty when there was none such
 * @param leftOut how many statements are about what the estate does not have
 * @param targets in the order of their first decision
 */
public record Outcome(
        Instant comparedFrom,
        Instant comparedTo,
        Duration tolerance,
        Optional<Instant> divergedAt,
        int leftOut,
        Measured then,
        Measured now,
        List<Target> targets,
        List<Line> timeline) {

    /**
     * One target.
     *
     * @param differences none when it would be decided as it was
     */
    public record Target(ComponentId target, List<Difference> differences) {
        public Target {
            differences = List.copyOf(differences);
        }
    }

    /**
     * How long the first decision took that a run could have carried out; empty when there was
     * none.
     *
     * @param after since the first evidence
     */
    public record Measured(Optional<Instant> decidedAt, Optional<Duration> after) {}

    /** From then on this was decided then, and this would be now. */
    public record Line(Instant at, List<Verdict> then, List<Verdict> now) {
        public Line {
            then = List.copyOf(then);
            now = List.copyOf(now);
        }
    }

    public Outcome {
        targets = List.copyOf(targets);
        timeline = List.copyOf(timeline);
    }

    /** Whether everything would be decided as it was. */
    public boolean same() {
        return targets.stream().allMatch(t -> t.differences().isEmpty());
    }
}
