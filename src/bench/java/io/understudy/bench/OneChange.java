package io.understudy.bench;

import io.understudy.decision.Assessment;
import io.understudy.decision.Decider;
import io.understudy.decision.Evaluation;
import io.understudy.decision.Snapshot;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The evaluation anew when one component of an estate that was well goes down. */
public class OneChange extends Measured {

    @Param({"10", "1000", "10000"})
    public int pools;

    @Param({"LOST_SERVER", "LOST_PRINCIPAL"})
    public Trouble trouble;

    private Assessment before;
    private Snapshot next;
    private Set<ComponentId> changed;

    @Setup
    public void look() {
        Estate estate = Estates.of(pools);
        Pool pool = estate.pools().get(pools / 2);
        changed = trouble.down(estate, pool);
        before = Assessment.of(Snapshots.of(estate, Set.of()));
        Trouble.NONE.mustBeDecided(before.evaluation(), 0);
        next = Snapshots.of(estate, changed);
        trouble.mustBeDecided(after(), 1);
        if (changed.size() != 1 || !after().equals(Decider.decide(next))) {
            throw new IllegalStateException(changed + " and nothing else: " + after());
        }
    }

    @Benchmark
    public Evaluation after() {
        return before.after(next, changed).evaluation();
    }
}
