package io.understudy.replay;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One way in which what would be decided now is another than what was decided then.
 *
 * @param by for EARLIER and LATER: by how much
 * @param gate for DIFFERENT_GATE: the clauses that came out otherwise
 * @param sentence for people
 */
public record Difference(
        Kind kind,
        Optional<Side> then,
        Optional<Side> now,
        Optional<Duration> by,
        List<GateDifference> gate,
        String sentence) {

    /** The kinds of differences. */
    public enum Kind {
        /** Something else is to be done. */
        DIFFERENT_REMEDIATION,
        /** The same by another row of the table. */
        DIFFERENT_RULE,
        /** The same in another mode, or with more or fewer approvals. */
        DIFFERENT_MODE,
        /** Clauses of the gate come out otherwise. */
        DIFFERENT_GATE,
        EARLIER,
        LATER,
        /** It was decided then and would not be now. */
        MISSING,
        /** It was not decided then and would be now. */
        ADDITIONAL
    }

    /** How it stands on one side. */
    public record Side(Instant decidedAt, Optional<Instant> until, Verdict verdict) {}

    /** A clause; a result is empty where the gate does not have it. */
    public record GateDifference(
            Clause clause, Optional<ClauseResult> then, Optional<ClauseResult> now) {}

    public Difference {
        gate = List.copyOf(gate);
    }
}
