package io.understudy.run;

import java.time.Instant;

/**
 * The right to write as the holder of a task that is shared out among replicas. Whoever keeps what
 * is written verifies it in the same transaction.
 *
 * @param task the name of the task
 * @param instance which of its instances
 * @param holder the replica that has picked it
 * @param version counts every change of hands
 * @param until after which nothing may be written any more, by the database's clock: what was
 *     judged before a long pause is stale even if nobody else took over
 */
public record Fence(String task, String instance, String holder, long version, Instant until) {

    /** The same, for what is judged now and is to be written by then. */
    public Fence until(Instant then) {
        return new Fence(task, instance, holder, version, then);
    }
}
