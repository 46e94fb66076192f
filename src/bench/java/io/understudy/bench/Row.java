package io.understudy.bench;

import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/**
 * One line of the table.
 *
 * @param pools Front End pools of the estate
 * @param median nanoseconds per operation, of all iterations: what is typical
 * @param fastest the same in the fastest iteration
 * @param slowest the same in the slowest; far from the median when the machine did something else
 * @param bytes allocated per operation
 */
record Row(
        String benchmark, int pools, double median, double fastest, double slowest, double bytes) {

    static final String HEAD =
            "%-36s %7s %12s %12s %12s %12s %14s  %s"
                    .formatted(
                            "benchmark",
                            "pools",
                            "median/op",
                            "fastest",
                            "slowest",
                            "of look-up",
                            "allocation/op",
                            "target");

    /** The result of a benchmark whose unit is the nanosecond and whose allocation was counted. */
    static Row of(RunResult result) {
        BenchmarkParams params = result.getParams();
        String[] name = params.getBenchmark().split("\\.");
        String with =
                params.getParamsKeys().stream()
                        .filter(key -> !key.equals("pools"))
                        .map(key -> ", " + key + " " + params.getParam(key))
                        .collect(Collectors.joining());
        Statistics times = result.getPrimaryResult().getStatistics();
        return new Row(
                name[name.length - 2] + with,
                Integer.parseInt(params.getParam("pools")),
                times.getPercentile(50),
                times.getMin(),
                times.getMax(),
                result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
    }

    /**
     * The line, with the median as a multiple of the reference's for an estate of the same size.
     *
     * @param reference its median in the same run, in nanoseconds
     */
    String beside(double reference) {
        return "%-36s %7d %12s %12s %12s %12s %14s  %s"
                .formatted(
                        benchmark,
                        pools,
                        time(median),
                        time(fastest),
                        time(slowest),
                        String.format(Locale.ROOT, "%.4f", median / reference),
                        size(bytes),
                        target());
    }

    private String target() {
        if (benchmark.startsWith("WholeEstate") && pools == 10_000) {
            return "< 60 ms: " + verdict(median < 60e6);
        }
        if (benchmark.startsWith("OneChange")) {
            return "< 20 µs, < 20 KB: " + verdict(median < 20e3 && bytes < 20e3);
        }
        return "";
    }

    private static String verdict(boolean met) {
        return met ? "met" : "MISSED";
    }

    private static String time(double nanoseconds) {
        return nanoseconds < 1e6
                ? String.format(Locale.ROOT, "%.2f µs", nanoseconds / 1e3)
                : String.format(Locale.ROOT, "%.2f ms", nanoseconds / 1e6);
    }

    private static String size(double bytes) {
        return bytes < 1e6
                ? String.format(Locale.ROOT, "%.1f KB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
