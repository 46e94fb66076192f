package io.understudy.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Many that want the same thing at the same time. */
public final class Contention {

    private static final long PATIENCE_SECONDS = 60;

    private Contention() {}

    /**
     * Runs {@code work} for 0, 1, 2 … on as many virtual threads, which start together.
     *
     * @return what each answered, in order; what one throws is thrown
     */
    public static <T> List<T> of(int threads, IntFunction<T> work) throws Exception {
        CountDownLatch ready = new CountDownLatch(threads);
        List<Callable<T>> calls = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            calls.add(() -> {
                ready.countDown();
                ready.await();
                return work.apply(number);
            });
        }
        List<T> answers = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> future : executor.invokeAll(calls, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                answers.add(future.get());
            }
        }
        return answers;
    }
}
