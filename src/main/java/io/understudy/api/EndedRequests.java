package io.understudy.api;

import io.understudy.control.IdempotencyStore;
import io.understudy.control.Unavailable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * How requests with a key ended, until the store knows: it may have gone away while they were
 * carried out, and whoever repeats one must neither be told for a day that it is under way, nor
 * have it done again. Safe on any thread.
 */
final class EndedRequests {

    private static final Logger LOG = Logger.getLogger(EndedRequests.class);

    /** The oldest are forgotten beyond it; they count as under way then. */
    private static final int MOST = 1_000;

    private record Claimed(String actor, String key) {}

    private final IdempotencyStore store;

    /** Empty: nothing was done. */
    private final Map<Claimed, Optional<Idempotency.Answer>> ended =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<Claimed, Optional<Idempotency.Answer>> eldest) {
                    return size() > MOST;
                }
            };

    EndedRequests(IdempotencyStore store) {
        this.store = store;
    }

    /**
     * @param answer empty when nothing was done
     */
    synchronized void ended(String actor, String key, Optional<Idempotency.Answer> answer) {
        ended.put(new Claimed(actor, key), answer);
    }

    /** Tells the store how it ended, if it has and the store does not know; later if it is away. */
    void say(String actor, String key) {
        Claimed claimed = new Claimed(actor, key);
        Optional<Idempotency.Answer> answer;
        synchronized (this) {
            if (!ended.containsKey(claimed)) {
                return;
            }
            answer = ended.getOrDefault(claimed, Optional.empty());
        }
        try {
            if (answer.isPresent()) {
                store.complete(actor, key, answer.get().status(), answer.get().body());
            } else {
                store.abandon(actor, key);
            }
        } catch (RuntimeException e) {
            if (!(e instanceof Unavailable)) {
                throw e;
            }
            LOG.warnf("how a request ended is remembered when it is repeated: %s", e.getMessage());
            return;
        }
        synchronized (this) {
            ended.remove(claimed);
        }
    }
}
