package io.understudy.control;

import io.understudy.adapter.simulator.SimulatorExecutor;
import io.understudy.adapter.simulator.SimulatorProbe;
import io.understudy.adapter.simulator.Twin;
import io.understudy.adapter.simulator.TwinSettings;
import io.understudy.audit.MemoryAudit;
import io.understudy.decision.Decider;
import io.understudy.decision.Policy;
import io.understudy.decision.Remediation;
import io.understudy.decision.RunState;
import io.understudy.document.DocumentReader;
import io.understudy.document.EstateDocument;
import io.understudy.document.Format;
import io.understudy.estate.Estate;
import io.understudy.run.ExecutorRouting;
import io.understudy.run.MemoryRunStore;
import io.understudy.run.Run;
import io.understudy.run.Runner;
import io.understudy.run.RunnerSettings;
import io.understudy.run.StepRehearsals;
import io.understudy.run.Tick;
import io.understudy.run.Ticker;
import io.understudy.runbook.Runbooks;
import io.understudy.testing.Passing;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The whole service around the sample estate's twin, in virtual time. */
final class TwinLoop {

    final Ticker clock = new Ticker(Instant.parse("2026-11-21T10:00:00Z"));
    final MemoryAudit audit = new MemoryAudit();
    final MemoryEvaluationLog evaluations = new MemoryEvaluationLog(audit);
    final MemoryObservationLog observations = new MemoryObservationLog();
    private final ControlListener nobody = new ControlListener() {};
    final AnnouncedRuns runs = new AnnouncedRuns(new MemoryRunStore(clock, audit), nobody);
    private final Estate sample = sample();
    final Twin twin = new Twin(sample, TwinSettings.DEFAULT, clock, _ -> {});
    final LiveDocument<Estate> estate = document("estate", sample);
    final LiveDocument<Policy> policy = document("policy", Policy.DEFAULT);
    private final Vantage vantage = new Vantage(new SimulatorProbe(twin), Optional.empty(), clock);
    private final Judgement judgement =
            new Judgement(
                    estate, policy, new HealthMemory(), runs, Decider::decide, new Onward(), clock);
    private final ExecutorRouting executors =
            new ExecutorRouting(List.of(new SimulatorExecutor(twin, clock::advance)), Map.of());
    private final RunOpening opening =
            new RunOpening(Runbooks::of, executors, runs, clock, this::id);
    final ControlLoop loop =
            new ControlLoop(
                    judgement,
                    evaluations,
                    opening,
                    runs,
                    nobody,
                    clock,
                    this::id,
                    Duration.ofSeconds(30));
    private final Watch watch =
            new Watch(
                    estate,
                    vantage,
                    observations,
                    loop,
                    Runnable::run,
                    () -> {},
                    new WatchSettings(Duration.ofSeconds(1), Duration.ofSeconds(30), 9));
    final Runs people =
            new Runs(
                    loop,
                    opening,
                    runs,
                    clock,
                    new DryRuns(
                            new FreshReassessment(estate, vantage, judgement, Runnable::run),
                            new StepRehearsals(
                                    executors, this::id, Runnable::run, Duration.ofSeconds(30))));
    int ids;

    /** Lets virtual time pass, at most two hours, a second a turn. */
    void until(String what, BooleanSupplier reached) {
        for (int second = 0; second < 7_200; second++) {
            if (reached.getAsBoolean()) {
                return;
            }
            clock.advance(Duration.ofSeconds(1));
            watch.tick();
            loop.tick();
            runs.open().forEach(run -> carryOn(run.id()));
        }
        throw new AssertionError(
                what
                        + ": never; decided: "
                        + loop.present().orElseThrow().evaluation().decisions()
                        + "; runs: "
                        + runs.newest(5, Optional.empty()).stream()
                                .map(r -> r.decision().remediation() + " " + r.state())
                                .toList());
    }

    private void carryOn(String run) {
        Tick tick = new Tick.Continue();
        while (tick instanceof Tick.Continue) {
            tick = runner().tick(run);
        }
    }

    private Runner runner() {
        return new Runner(
                "process",
                runs,
                executors,
                new FreshReassessment(estate, vantage, judgement, Runnable::run),
                new LocalSight(estate, vantage, observations),
                (_, _) -> () -> {},
                clock,
                Passing.by(clock),
                RunnerSettings.DEFAULT);
    }

    boolean passed(int seconds) {
        return !clock.instant()
                .isBefore(Instant.parse("2026-11-21T10:00:00Z").plusSeconds(seconds));
    }

    Optional<Run> ended(Remediation remediation) {
        return runs.newest(100, Optional.empty()).stream()
                .filter(run -> run.decision().remediation() == remediation)
                .filter(run -> run.state().ended())
                .findFirst();
    }

    Optional<Run> waiting(Remediation remediation) {
        return runs.open().stream()
                .filter(run -> run.decision().remediation() == remediation)
                .filter(run -> run.state() == RunState.AWAITING_APPROVAL)
                .findFirst();
    }

    IncidentReport report(Run run) {
        return new IncidentReports(evaluations, runs)
                .of(run.incident().orElseThrow())
                .orElseThrow();
    }

    private String id() {
        return "id-%05d".formatted(++ids);
    }

    private <T> LiveDocument<T> document(String name, T body) {
        return new LiveDocument<>(
                name, new MemoryDocuments<>(audit), Optional.of(body), clock, () -> {});
    }

    private static Estate sample() {
        String name = "/estates/sample.yaml";
        try (InputStream file = TwinLoop.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new AssertionError(name + " is missing");
            }
            return EstateDocument.read(DocumentReader.read(file.readAllBytes(), Format.YAML));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
