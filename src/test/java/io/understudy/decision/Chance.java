package io.understudy.decision;

import java.util.List;
import java.util.Random;

/** Choices that a seed makes. */
record Chance(Random random) {

    boolean rarely() {
        return random.nextInt(5) == 0;
    }

    <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    <T> T any(T[] all) {
        return all[random.nextInt(all.length)];
    }
}
