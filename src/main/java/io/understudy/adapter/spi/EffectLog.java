package io.understudy.adapter.spi;

import io.understudy.runbook.Action;
import java.time.Instant;
import java.util.List;

/**
 * What was really carried out on a simulated estate, each effect once, whoever ordered it. Offered
 * only where there is one.
 */
public interface EffectLog {

    /**
     * One effect, and the order that brought it about.
     *
     * @param number from 1, growing; numbers may be left out
     * @param at in the time of the estate
     * @param token the fencing token of the order
     */
    record Line(
            long number,
            Instant at,
            String run,
            int step,
            int attempt,
            long token,
            Action action) {}

    /** Oldest first, those after this number, at most {@code limit}. */
    List<Line> after(long number, int limit);
}
