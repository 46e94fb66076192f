package io.understudy.bench;

import io.understudy.decision.Decider;
import io.understudy.decision.Evaluation;
import io.understudy.decision.Snapshot;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import java.util.HashSet;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The evaluation of a whole estate, from nothing. */
public class WholeEstate extends Measured {

    @Param({"10000"})
    public int pools;

    /** Of 100 pools; half of them lost their principal, half are lost themselves. */
    @Param({"0", "1"})
    public int percentInTrouble;

    private Snapshot snapshot;

    @Setup
    public void look() {
        Estate estate = Estates.of(pools);
        int each = pools * percentInTrouble / 200;
        Set<ComponentId> down = new HashSet<>();
        for (int i = 0; i < each; i++) {
            down.addAll(Trouble.LOST_PRINCIPAL.down(estate, estate.pools().get(200 * i + 100)));
            down.addAll(Trouble.LOST_POOL.down(estate, estate.pools().get(200 * i + 199)));
        }
        snapshot = Snapshots.of(estate, down);
        Evaluation evaluation = Decider.decide(snapshot);
        if (each == 0) {
            Trouble.NONE.mustBeDecided(evaluation, 0);
        }
        Trouble.LOST_PRINCIPAL.mustBeDecided(evaluation, each);
        Trouble.LOST_POOL.mustBeDecided(evaluation, each);
    }

    @Benchmark
    public Evaluation decide() {
        return Decider.decide(snapshot);
    }
}
