package io.understudy.access;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Who was not let in, in counts: written down together now and then, since whoever is refused must
 * not be able to fill the record. Safe on any thread.
 */
public final class Refusals {

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /**
     * Counts one.
     *
     * @param why one of few words: never anything that a caller has sent
     */
    public void count(String why) {
        count(why, 1);
    }

    /** Counts some that were drained and could not be written down. */
    public void count(String why, long times) {
        counts.computeIfAbsent(why, _ -> new LongAdder()).add(times);
    }

    /** What was counted since this was asked last, by why; without what has not happened. */
    public Map<String, Long> drain() {
        Map<String, Long> drained = new TreeMap<>();
        counts.forEach((why, count) -> {
            long n = count.sumThenReset();
            if (n > 0) {
                drained.put(why, n);
            }
        });
        return drained;
    }
}
