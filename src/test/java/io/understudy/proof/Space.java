package io.understudy.proof;

import java.util.function.Function;

/**
 * A set of worlds, each with a number.
 *
 * @param name with a number it names one world, so that it can be looked at again
 * @param build a world from choices, of which there are equally many whatever is chosen
 */
record Space(String name, Function<Choice, World> build) {

    /**
     * How many worlds there are; more than a number can count in a space that is only drawn from.
     */
    double size() {
        Choice.Counting counting = new Choice.Counting();
        World first = build.apply(counting);
        if (!first.equals(at(0))) {
            throw new IllegalStateException(name + " chooses otherwise each time");
        }
        return counting.worlds();
    }

    World at(long number) {
        return build.apply(Choice.numbered(number));
    }

    World drawn(long seed) {
        return build.apply(Choice.drawn(seed));
    }
}
