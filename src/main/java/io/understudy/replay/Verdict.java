package io.understudy.replay;

import io.understudy.decision.Clause;
import io.understudy.decision.GateClause;
import io.understudy.decision.Mode;
import io.understudy.decision.Remediation;
import io.understudy.estate.ComponentId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of a decision is compared: as much as a recording tells of one.
 *
 * @param gate without {@link Clause#NO_OTHER_RUN}: most often it is the decision's own run
 */
public record Verdict(
        What what,
        String rule,
        Mode mode,
        int approvalsRequired,
        List<GateClause> gate,
        String reason) {

    /** What nobody here carries out, see {@link io.understudy.decision.Decision#isActed}. */
    private static final Set<Remediation> LEFT_ALONE =
            Set.of(Remediation.NONE, Remediation.WAIT, Remediation.REPAIR);

    /**
     * What is to be done.
     *
     * @param to where service moves to
     * @param disasterMode of a pool failover
     */
    public record What(
            ComponentId target,
            Remediation remediation,
            Optional<ComponentId> to,
            Optional<Boolean> disasterMode) {

        @Override
        public String toString() {
            return remediation
                    + " of "
                    + target
                    + to.map(there -> " to " + there).orElse("")
                    + disasterMode.filter(d -> d).map(_ -> " in disaster mode").orElse("");
        }
    }

    public Verdict {
        gate = gate.stream().filter(c -> c.clause() != Clause.NO_OTHER_RUN).toList();
    }

    /** Whether a required clause is not proven. */
    public boolean blocked() {
        return gate.stream().anyMatch(GateClause::blocks);
    }

    /** Whether it is something that is carried out, not waited for or left to people. */
    public boolean isActed() {
        return !LEFT_ALONE.contains(what.remediation());
    }

    /** Whether a run of it would begin. */
    boolean ready() {
        return isActed() && !blocked();
    }
}
