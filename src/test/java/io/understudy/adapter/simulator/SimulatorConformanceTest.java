package io.understudy.adapter.simulator;

import io.understudy.adapter.spi.StepExecutor;
import io.understudy.conformance.Behaviour;
import io.understudy.conformance.Bench;
import io.understudy.conformance.ExecutorConformance;
import io.understudy.runbook.Action;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The simulator keeps what every executor must; it has no output that could be odd. */
class SimulatorConformanceTest extends ExecutorConformance {

    @Override
    protected Bench bench() {
        return new TwinInRealTime();
    }

    /** A twin whose orders take real time. */
    private static final class TwinInRealTime implements Bench {

        private final AtomicInteger waits = new AtomicInteger();
        private final Twin twin =
                new Twin(
                        TwinBench.estate(false, 3),
                        TwinSettings.DEFAULT,
                        Clock.systemUTC(),
                        _ -> {});
        private final StepExecutor executor = restarted();

        @Override
        public StepExecutor executor() {
            return executor;
        }

        @Override
        public StepExecutor restarted() {
            return new SimulatorExecutor(twin, this::pass);
        }

        private void pass(Duration time) {
            waits.incrementAndGet();
            try {
                new Semaphore(0).tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Action action() {
            return TwinBench.toMirror(false);
        }

        /** Names of the twin's are looked up in its estate and go nowhere else. */
        @Override
        public Optional<Action> hostile() {
            return Optional.empty();
        }

        @Override
        public boolean behave(Behaviour behaviour) {
            return switch (behaviour) {
                case WELL -> {
                    List.copyOf(twin.faults().keySet()).forEach(twin::clear);
                    yield true;
                }
                case HANG -> misbehave(Fault.Misbehaviour.HANG);
                case DIE_AFTER_ACTING -> misbehave(Fault.Misbehaviour.LOST_ANSWER);
                case UNREACHABLE -> misbehave(Fault.Misbehaviour.TRANSIENT);
                case REFUSE -> {
                    twin.inject(new Fault.MirroringSuspended(TwinBench.BE1));
                    yield true;
                }
                case LATE, PARTIAL_OUTPUT, HUGE_OUTPUT, NOT_UTF8, SLOW_DRIP, ENDLESS_DRIP -> false;
            };
        }

        private boolean misbehave(Fault.Misbehaviour mode) {
            twin.inject(new Fault.ExecutorFault(mode, 1));
            return true;
        }

        @Override
        public int effects() {
            return twin.effects().size();
        }

        @Override
        public int orders() {
            return waits.get();
        }

        @Override
        public void close() {}
    }
}
