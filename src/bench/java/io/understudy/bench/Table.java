package io.understudy.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks, one after the other, and prints one table. */
public final class Table {

    private static final String REFERENCE = Reference.class.getSimpleName();

    private Table() {}

    /**
     * @param args where JMH's own output goes; which benchmarks to run beside the reference, a
     *     regular expression
     */
    public static void main(String[] args) throws RunnerException {
        List<Row> rows = new Runner(options(args[0], args[1])).run().stream().map(Row::of).toList();
        Map<Integer, Double> references =
                rows.stream()
                        .filter(row -> row.benchmark().equals(REFERENCE))
                        .collect(Collectors.toMap(Row::pools, Row::median));
        System.out.println(Row.HEAD);
        rows.forEach(row -> System.out.println(row.beside(references.get(row.pools()))));
    }

    private static Options options(String log, String benchmarks) {
        return new OptionsBuilder()
                .include(REFERENCE)
                .include(benchmarks)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .output(log)
                .build();
    }
}
