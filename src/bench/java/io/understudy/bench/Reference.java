package io.understudy.bench;

import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long it takes to look up every component of an estate by its id in a HashMap: what the others
 * are compared with, since machines differ and their noise does.
 */
@Warmup(iterations = 1, time = 1)
public class Reference extends Measured {

    @Param({"2", "10", "1000", "10000"})
    public int pools;

    private List<ComponentId> asked;
    private final Map<ComponentId, Integer> known = new HashMap<>();

    @Setup
    public void index() {
        Estate estate = Estates.of(pools);
        estate.components().forEach(component -> known.put(component, known.size()));
        asked =
                estate.components().stream()
                        .map(ComponentId::toString)
                        .map(ComponentId::parse)
                        .toList();
    }

    @Benchmark
    public long lookUp() {
        long sum = 0;
        for (ComponentId component : asked) {
            sum += known.get(component);
        }
        return sum;
    }
}
