package io.understudy.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** All that is left to chance in one simulation. */
final class Chance {

    private final SplittableRandom random;
    private Weather weather;

    Chance(SplittableRandom random) {
        this.random = random;
        this.weather = Weather.of(random);
    }

    Weather weather() {
        return weather;
    }

    /** From now on nothing goes wrong but on the other side. */
    void clearUp() {
        weather = weather.clear();
    }

    SplittableRandom split() {
        return random.split();
    }

    /** True once in so many times; never for 0. */
    boolean oneIn(int times) {
        return times > 0 && random.nextInt(times) == 0;
    }

    /** From 0 to one less. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    long between(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    <T> T of(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** Whether two things happen without anything between them. */
    boolean atOnce() {
        return random.nextInt(100) < weather.calm();
    }

    /** How long a message or a thread takes, in microseconds: mostly milliseconds, rarely long. */
    long delay() {
        if (oneIn(weather.oneDelayIn())) {
            return between(0, 25 * VirtualTime.SECOND);
        }
        return between(1, 8 * VirtualTime.MILLISECOND);
    }
}
