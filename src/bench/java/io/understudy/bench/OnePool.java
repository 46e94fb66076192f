package io.understudy.bench;

import io.understudy.decision.Decider;
import io.understudy.decision.Evaluation;
import io.understudy.decision.Snapshot;
import io.understudy.estate.Estate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The evaluation of one pair, of which one pool is well or in trouble. */
public class OnePool extends Measured {

    @Param({"2"})
    public int pools;

    @Param({"NONE", "LOST_PRINCIPAL", "LOST_POOL"})
    public Trouble trouble;

    private Snapshot snapshot;

    @Setup
    public void look() {
        Estate estate = Estates.of(pools);
        snapshot = Snapshots.of(estate, trouble.down(estate, estate.pools().getFirst()));
        trouble.mustBeDecided(Decider.decide(snapshot), trouble == Trouble.NONE ? 0 : 1);
    }

    @Benchmark
    public Evaluation decide() {
        return Decider.decide(snapshot);
    }
}
