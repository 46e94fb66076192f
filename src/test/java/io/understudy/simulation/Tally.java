package io.understudy.simulation;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** How often what happened. */
final class Tally {

    private final long[] counts = new long[Happening.values().length];

    void count(Happening what) {
        counts[what.ordinal()]++;
    }

    synchronized void add(Tally other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
    }

    synchronized Map<Happening, Long> counts() {
        Map<Happening, Long> all = new TreeMap<>();
        Arrays.stream(Happening.values()).forEach(what -> all.put(what, counts[what.ordinal()]));
        return all;
    }
}
