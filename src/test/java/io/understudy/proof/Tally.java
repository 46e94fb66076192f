package io.understudy.proof;

import io.understudy.decision.Decider;
import io.understudy.decision.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/**
 * Holds worlds against the oracle on all processors, counts them, and keeps the smallest example of
 * each way in which a property is broken.
 */
final class Tally {

    /** How many ways of breaking a property are shown. */
    private static final int SHOWN = 20;

    private record Example(long times, World world, String where) {
        Example and(Example other) {
            boolean smaller = other.world.weight() < world.weight();
            return new Example(
                    times + other.times,
                    smaller ? other.world : world,
                    smaller ? other.where : where);
        }
    }

    private final LongAdder evaluated = new LongAdder();
    private final Map<Broken, Example> examples = new ConcurrentHashMap<>();

    /** Every world of a space. */
    void all(Space space) {
        if (space.size() > Long.MAX_VALUE / 2.0) {
            throw new IllegalArgumentException(space.name() + " is only for drawing from");
        }
        LongStream.range(0, (long) space.size())
                .parallel()
                .forEach(i -> judge(space.at(i), "number " + i + " of space " + space.name()));
    }

    /** So many worlds, drawn with seeds that count up from the given one. */
    void drawn(Space space, long seed, int worlds) {
        LongStream.range(seed, seed + worlds)
                .parallel()
                .forEach(s -> judge(space.drawn(s), "seed " + s + " in space " + space.name()));
    }

    void judge(World world, String where) {
        Evaluation evaluation = Decider.decide(Sight.of(world));
        evaluated.increment();
        for (Broken broken : broken(world, evaluation)) {
            examples.merge(broken, new Example(1, world, where), Example::and);
        }
    }

    static List<Broken> broken(World world, Evaluation evaluation) {
        List<Broken> broken = new ArrayList<>(Safety.broken(world, evaluation));
        broken.addAll(Liveness.broken(world, evaluation));
        return broken;
    }

    long evaluated() {
        return evaluated.sum();
    }

    boolean isClean() {
        return examples.isEmpty();
    }

    /** What is broken, how often, and the smallest world in which it is. */
    String report() {
        StringBuilder text = new StringBuilder();
        text.append(evaluated())
                .append(" worlds, ")
                .append(examples.size())
                .append(" ways in which a property is broken\n");
        new TreeMap<>(examples)
                .entrySet().stream()
                        .limit(SHOWN)
                        .forEach(e -> {
                            Example example = e.getValue();
                            text.append(e.getKey())
                                    .append(" (in ")
                                    .append(example.times())
                                    .append(" worlds); ")
                                    .append(example.where())
                                    .append('\n')
                                    .append(Portrait.of(example.world()))
                                    .append(new Acts(Decider.decide(Sight.of(example.world()))));
                        });
        return text.toString();
    }
}
