package io.understudy.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.understudy.control.ControlListener;
import io.understudy.control.EvaluationLog;
import io.understudy.control.Present;
import io.understudy.control.RecordedDecision;
import io.understudy.decision.Decision;
import io.understudy.decision.FindingCode;
import io.understudy.decision.RunState;
import io.understudy.run.JournalEntry;
import io.understudy.run.Run;
import io.understudy.run.StepState;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Counts and times what happens, under {@link MeterNames}. */
public final class Meters implements ControlListener {

    private final MeterRegistry registry;
    private final Map<FindingCode, AtomicInteger> findings = new EnumMap<>(FindingCode.class);
    private final Map<String, RunState> openRuns = new ConcurrentHashMap<>();

    public Meters(MeterRegistry registry) {
        this.registry = registry;
        for (FindingCode code : FindingCode.values()) {
            findings.put(code, gauge(code));
        }
        for (RunState state : RunState.values()) {
            if (!state.ended()) {
                Gauge.builder(MeterNames.RUNS, () -> openRuns(state))
                        .tag(MeterNames.STATE, state.name())
                        .register(registry);
            }
        }
    }

    /** Counts the runs that were open before this process started. */
    public void seed(List<Run> open) {
        open.forEach(run -> openRuns.put(run.id(), run.state()));
    }

    /** Shows how far the time that is gone by is ahead of this machine's clock. */
    public void clockOffset(Supplier<Duration> offset) {
        Gauge.builder(MeterNames.CLOCK_OFFSET, () -> offset.get().toMillis() / 1_000.0)
                .baseUnit("seconds")
                .register(registry);
    }

    /** Shows how much of a task is held here. */
    public void held(String task, IntSupplier count) {
        Gauge.builder(MeterNames.TASKS_HELD, count::getAsInt)
                .tag(MeterNames.TASK, task)
                .register(registry);
    }

    /** Shows how many replicas are alive. */
    public void replicas(IntSupplier alive) {
        Gauge.builder(MeterNames.REPLICAS, alive::getAsInt).register(registry);
    }

    /** A task was taken from a dead replica. */
    public void takenOver(String task) {
        registry.counter(MeterNames.TASKS_TAKEN_OVER, MeterNames.TASK, task).increment();
    }

    /** A write was refused, since another replica evaluates now. */
    public void staleWrite() {
        registry.counter(MeterNames.STALE_WRITES).increment();
    }

    private AtomicInteger gauge(FindingCode code) {
        AtomicInteger open = new AtomicInteger();
        Gauge.builder(MeterNames.FINDINGS, open, AtomicInteger::get)
                .tag(MeterNames.CODE, code.name())
                .register(registry);
        return open;
    }

    private long openRuns(RunState state) {
        return openRuns.values().stream().filter(state::equals).count();
    }

    @Override
    public void evaluated(Present present, EvaluationLog.Change change, Duration took) {
        findings.forEach((code, open) ->
                open.set(
                        Math.toIntExact(
                                present.evaluation().findings().stream()
                                        .filter(f -> f.code() == code)
                                        .count())));
        change.decisions().stream()
                .filter(taken -> taken.endedAt().isEmpty())
                .map(RecordedDecision::decision)
                .forEach(this::count);
        registry.timer(MeterNames.EVALUATION_DURATION).record(took);
    }

    private void count(Decision decision) {
        registry.counter(
                        MeterNames.DECISIONS,
                        MeterNames.REMEDIATION,
                        decision.remediation().name(),
                        MeterNames.MODE,
                        decision.mode().name())
                .increment();
    }

    @Override
    public void observed(int fresh, int repeated, Duration oldest) {
        observations("fresh", fresh);
        observations("repeated", repeated);
        registry.timer(MeterNames.OBSERVATION_AGE).record(oldest);
    }

    private void observations(String outcome, int count) {
        registry.counter(MeterNames.OBSERVATIONS, MeterNames.OUTCOME, outcome).increment(count);
    }

    @Override
    public void runChanged(Run run, List<JournalEntry> lines) {
        lines.forEach(line -> time(run, line));
        if (!run.state().ended()) {
            openRuns.put(run.id(), run.state());
            return;
        }
        openRuns.remove(run.id());
        run.startedAt()
                .flatMap(start -> run.endedAt().map(end -> Duration.between(start, end)))
                .ifPresent(took ->
                        registry.timer(
                                        MeterNames.RUN_DURATION,
                                        MeterNames.REMEDIATION,
                                        run.decision().remediation().name(),
                                        MeterNames.OUTCOME,
                                        run.state().name())
                                .record(took));
    }

    private void time(Run run, JournalEntry line) {
        if (line.kind() != JournalEntry.Kind.VERIFIED
                && line.kind() != JournalEntry.Kind.STEP_FAILED) {
            return;
        }
        StepState step =
                run.steps().stream()
                        .filter(s -> s.number() == line.step())
                        .findFirst()
                        .orElseThrow();
        Duration took =
                step.intentAt().map(at -> Duration.between(at, line.at())).orElse(Duration.ZERO);
        registry.timer(
                        MeterNames.STEP_DURATION,
                        MeterNames.ACTION,
                        run.step(step.number()).action().getClass().getSimpleName(),
                        MeterNames.OUTCOME,
                        line.kind().name())
                .record(took);
    }
}
