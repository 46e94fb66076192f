package io.understudy.bench;

import io.understudy.decision.Evaluation;
import io.understudy.decision.Remediation;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import java.util.HashSet;
import java.util.Set;

/** What may have happened to a Front End pool, with what has to be decided then. */
public enum Trouble {
    NONE,
    LOST_SERVER,
    LOST_PRINCIPAL,
    LOST_POOL;

    /** What is seen down of the pool. */
    Set<ComponentId> down(Estate estate, Pool pool) {
        Set<ComponentId> down = new HashSet<>();
        switch (this) {
            case NONE -> {}
            case LOST_SERVER -> down.add(ComponentId.of(pool.servers().getFirst().fqdn()));
            case LOST_PRINCIPAL ->
                    down.add(ComponentId.of(estate.storeOf(pool).orElseThrow().primary()));
            case LOST_POOL -> {
                down.add(pool.id());
                pool.servers().forEach(server -> down.add(ComponentId.of(server.fqdn())));
            }
        }
        return down;
    }

    /**
     * A benchmark must not measure something else than it says.
     *
     * @throws IllegalStateException when the evaluation does not decide on this trouble so often
     */
    void mustBeDecided(Evaluation evaluation, long times) {
        long decided =
                switch (this) {
                    case NONE -> evaluation.findings().size() + evaluation.decisions().size();
                    case LOST_SERVER -> count(evaluation, Remediation.REPAIR);
                    case LOST_PRINCIPAL -> count(evaluation, Remediation.MIRROR_FAILOVER);
                    case LOST_POOL -> count(evaluation, Remediation.POOL_FAILOVER);
                };
        if (decided != times) {
            throw new IllegalStateException(
                    this + " decided " + decided + " times, not " + times + ": " + evaluation);
        }
    }

    private static long count(Evaluation evaluation, Remediation remediation) {
        return evaluation.decisions().stream().filter(d -> d.remediation() == remediation).count();
    }
}
