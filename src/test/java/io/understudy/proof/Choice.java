package io.understudy.proof;

import java.util.List;
import java.util.Random;

/** Chooses one of so many; a world is built of choices, so that each can be numbered or drawn. */
interface Choice {

    /** A number from 0 to {@code count - 1}. */
    int of(int count);

    default <T> T of(List<T> all) {
        return all.get(of(all.size()));
    }

    /** The choices that one number stands for, as the digits of a number stand for it. */
    static Choice numbered(long number) {
        return new Choice() {
            private long rest = number;

            @Override
            public int of(int count) {
                int digit = (int) (rest % count);
                rest /= count;
                return digit;
            }
        };
    }

    static Choice drawn(long seed) {
        Random random = new Random(seed);
        return random::nextInt;
    }

    /** Counts how many worlds there are, and makes the first choice always. */
    final class Counting implements Choice {
        private double worlds = 1;

        @Override
        public int of(int count) {
            worlds *= count;
            return 0;
        }

        double worlds() {
            return worlds;
        }
    }
}
