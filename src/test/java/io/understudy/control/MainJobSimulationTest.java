package io.understudy.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.simulator.Fault;
import io.understudy.adapter.simulator.SimulatorExecutor;
import io.understudy.adapter.simulator.SimulatorProbe;
import io.understudy.adapter.simulator.Twin;
import io.understudy.adapter.simulator.TwinSettings;
import io.understudy.decision.Decider;
import io.understudy.decision.Policy;
import io.understudy.decision.Remediation;
import io.understudy.decision.RunState;
import io.understudy.document.DocumentReader;
import io.understudy.document.EstateDocument;
import io.understudy.document.Format;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.run.ExecutorRouting;
import io.understudy.run.MemoryRunStore;
import io.understudy.run.Run;
import io.understudy.run.Runner;
import io.understudy.run.RunnerSettings;
import io.understudy.run.Tick;
import io.understudy.run.Ticker;
import io.understudy.runbook.Runbooks;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The main job from the first look to the report, on the sample estate's twin, in virtual time. */
class MainJobSimulationTest {

    private final Ticker clock = new Ticker(Instant.parse("2026-11-21T10:00:00Z"));
    private final MemoryAudit audit = new MemoryAudit();
    private final MemoryEvaluationLog evaluations = new MemoryEvaluationLog();
    private final MemoryObservationLog observations = new MemoryObservationLog();
    private final ControlListener nobody = new ControlListener() {};
    private final AnnouncedRuns runs = new AnnouncedRuns(new MemoryRunStore(clock), audit, nobody);
    private final Estate sample = sample();
    private final Twin twin = new Twin(sample, TwinSettings.DEFAULT, clock, _ -> {});
    private final LiveDocument<Estate> estate = document("estate", sample);
    private final LiveDocument<Policy> policy = document("policy", Policy.DEFAULT);
    private final Vantage vantage = new Vantage(new SimulatorProbe(twin), Optional.empty(), clock);
    private final Judgement judgement =
            new Judgement(estate, policy, new HealthMemory(), runs, Decider::decide, clock);
    private final ExecutorRouting executors =
            new ExecutorRouting(List.of(new SimulatorExecutor(twin, clock::advance)), Map.of());
    private final RunOpening opening =
            new RunOpening(Runbooks::of, executors, runs, clock, this::id);
    private final ControlLoop loop =
            new ControlLoop(
                    judgement,
                    evaluations,
                    opening,
                    runs,
                    audit,
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
    private final Runs people = new Runs(loop, opening, runs, clock);
    private int ids;

    @Test
    void aLostPrincipalIsFailedOverByItselfAndALostQuorumOnceSomebodyApproves() {
        until("the loop has looked around", () -> ids == 0 && passed(60));
        assertEquals(List.of(), evaluations.saved, "a healthy estate has no findings");

        Instant death = clock.instant();
        twin.inject(new Fault.Kill(ComponentId.parse("sql:sql1.contoso.com/rtc")));
        until("the mirror is principal", () -> ended(Remediation.MIRROR_FAILOVER).isPresent());

        Run mirror = ended(Remediation.MIRROR_FAILOVER).orElseThrow();
        assertEquals(RunState.SUCCEEDED, mirror.state(), mirror.toString());
        assertEquals(Run.UNDERSTUDY, mirror.openedBy());
        IncidentReport report = report(mirror);
        assertTrue(!report.incident().firstObservedAt().isBefore(death), report.toString());
        assertTrue(report.markdown().contains("POOL_FAILOVER instead of MIRROR_FAILOVER"));
        until("the incident is closed", () -> report(mirror).incident().closedAt().isPresent());

        twin.inject(new Fault.Kill(ComponentId.parse("server:fe1.contoso.com")));
        twin.inject(new Fault.Kill(ComponentId.parse("server:fe2.contoso.com")));
        approveAndAwait(Remediation.CMS_FAILOVER);
        approveAndAwait(Remediation.EDGE_NEXT_HOP_CHANGE);
        approveAndAwait(Remediation.POOL_FAILOVER);
    }

    private void approveAndAwait(Remediation remediation) {
        until(remediation + " waits for approval", () -> waiting(remediation).isPresent());
        Run waiting = waiting(remediation).orElseThrow();
        for (int person = 1; person <= waiting.approvalsNeeded(); person++) {
            people.approve(waiting.id(), "person-" + person);
        }
        until(remediation + " has ended", () -> ended(remediation).isPresent());
        Run run = ended(remediation).orElseThrow();
        assertEquals(RunState.SUCCEEDED, run.state(), run.toString());
    }

    /** Lets virtual time pass, at most two hours, a second a turn. */
    private void until(String what, BooleanSupplier reached) {
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
                RunnerSettings.DEFAULT);
    }

    private boolean passed(int seconds) {
        return !clock.instant()
                .isBefore(Instant.parse("2026-11-21T10:00:00Z").plusSeconds(seconds));
    }

    private Optional<Run> ended(Remediation remediation) {
        return runs.newest(100, Optional.empty()).stream()
                .filter(run -> run.decision().remediation() == remediation)
                .filter(run -> run.state().ended())
                .findFirst();
    }

    private Optional<Run> waiting(Remediation remediation) {
        return runs.open().stream()
                .filter(run -> run.decision().remediation() == remediation)
                .filter(run -> run.state() == RunState.AWAITING_APPROVAL)
                .findFirst();
    }

    private IncidentReport report(Run run) {
        return new IncidentReports(evaluations, runs)
                .of(run.incident().orElseThrow())
                .orElseThrow();
    }

    private String id() {
        return "id-%05d".formatted(++ids);
    }

    private <T> LiveDocument<T> document(String name, T body) {
        return new LiveDocument<>(
                name, new MemoryDocuments<>(), Optional.of(body), audit, clock, () -> {});
    }

    private static Estate sample() {
        String name = "/estates/sample.yaml";
        try (InputStream file = MainJobSimulationTest.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new AssertionError(name + " is missing");
            }
            return EstateDocument.read(DocumentReader.read(file.readAllBytes(), Format.YAML));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
