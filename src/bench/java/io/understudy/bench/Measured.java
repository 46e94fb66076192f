package io.understudy.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How every benchmark is measured: on one thread of a process of its own, in nanoseconds per
 * operation.
 *
 * <p>An odd number of iterations, so that the median is one of them. The table of rows is much
 * code. With -Xbatch a benchmark waits for its compilation, so that it is as fast as it gets after
 * the warm-up on a busy machine, too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Threads(1)
@Fork(
        value = 1,
        jvmArgs = {"-Xms2g", "-Xmx2g", "-Xbatch", "--sun-misc-unsafe-memory-access=allow"})
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 11, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public abstract class Measured {}
