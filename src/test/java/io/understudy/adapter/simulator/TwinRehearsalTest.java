package io.understudy.adapter.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.Probe;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.decision.Decider;
import io.understudy.decision.Decision;
import io.understudy.decision.Evaluation;
import io.understudy.decision.Policy;
import io.understudy.decision.Remediation;
import io.understudy.decision.Snapshot;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.Observer;
import io.understudy.health.Conditions;
import io.understudy.health.Observation;
import io.understudy.health.Status;
import io.understudy.runbook.Runbooks;
import io.understudy.runbook.Step;
import io.understudy.runbook.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is seen of the twin leads to the decision, and the decision's runbook cures the twin. */
class TwinRehearsalTest {

    private static final Duration PERIOD = Duration.ofSeconds(15);

    /** Rounds after which what a silent observer said last is stale. */
    private static final int UNTIL_STALE = 12;

    private final List<Observation> seen = new ArrayList<>();

    private void look(TwinBench bench, int rounds) {
        Estate estate = bench.twin.view().estate();
        for (int i = 0; i < rounds; i++) {
            bench.pass(PERIOD);
            for (Observer observer : estate.observers()) {
                if (bench.probe.speaks(observer.name())) {
                    estate.components().forEach(c -> look(bench, observer, c));
                }
            }
        }
    }

    private void look(TwinBench bench, Observer observer, ComponentId component) {
        Probe.Reading reading = bench.probe.read(observer.name(), component);
        seen.add(
                new Observation(
                        "o-" + seen.size(),
                        component,
                        reading.status(),
                        observer.name(),
                        bench.now,
                        reading.facts()));
    }

    private Evaluation evaluated(TwinBench bench) {
        Estate estate = bench.twin.view().estate();
        Conditions conditions = Conditions.of(estate, seen, Policy.DEFAULT.thresholds(), bench.now);
        return Decider.decide(
                new Snapshot(estate, conditions, List.of(), Policy.DEFAULT, bench.now));
    }

    private void carryOut(TwinBench bench, Decision decision) {
        assertFalse(decision.blocked(), () -> "blocked: " + decision);
        for (Step step : Runbooks.of(decision, bench.twin.view().estate()).steps()) {
            if (!step.action().needsExecutor()) {
                continue;
            }
            StepOutcome outcome =
                    bench.executor.act(
                            new StepCall(
                                    "run-" + decision.remediation(),
                                    step.number(),
                                    1,
                                    1,
                                    step.action(),
                                    Optional.empty(),
                                    step.timeLimit()),
                            Progress.UNHEARD);
            assertInstanceOf(StepOutcome.Done.class, outcome, outcome.message());
            for (Verification verification : step.verifications()) {
                Probe.Reading reading = bench.see(verification.component());
                assertTrue(
                        verification.holds(reading.status(), reading.facts()),
                        verification.expectation());
            }
        }
    }

    /** Carries out what is decided, one at a time in its order, until nothing more is. */
    private List<Remediation> cured(TwinBench bench) {
        List<Remediation> done = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            look(bench, UNTIL_STALE);
            Optional<Decision> next =
                    evaluated(bench).decisions().stream()
                            .filter(d -> d.isActed() && !d.blocked())
                            .min(Comparator.comparing(Decision::order));
            if (next.isEmpty()) {
                return done;
            }
            carryOut(bench, next.get());
            done.add(next.get().remediation());
        }
        throw new AssertionError("no end of it: " + done);
    }

    @Test
    void aHealthyTwinGivesNoFinding() {
        TwinBench bench = TwinBench.withWitness();
        look(bench, 4);
        assertEquals(List.of(), evaluated(bench).findings());
    }

    @Test
    void aLostPrincipalWithoutWitnessIsCuredByTheMirrorFailover() {
        TwinBench bench = TwinBench.withoutWitness();
        look(bench, 4);
        bench.kill(TwinBench.P);
        assertEquals(List.of(Remediation.MIRROR_FAILOVER), cured(bench));
        assertEquals(Status.UP, bench.status(TwinBench.STORE));
    }

    @Test
    void aLostPrincipalWithWitnessIsLeftToTheMirror() {
        TwinBench bench = TwinBench.withWitness();
        look(bench, 4);
        bench.kill(TwinBench.P);
        assertEquals(List.of(), cured(bench));
        assertEquals(Status.UP, bench.status(TwinBench.STORE));
    }

    @Test
    void aLostSiteIsCuredByCmsThenEdgeThenPool() {
        TwinBench bench = TwinBench.withoutWitness();
        look(bench, 4);
        bench.kill("site:redmond");
        assertEquals(
                List.of(
                        Remediation.CMS_FAILOVER,
                        Remediation.EDGE_NEXT_HOP_CHANGE,
                        Remediation.POOL_FAILOVER),
                cured(bench));
    }

    @Test
    void lostQuorumIsCuredTheSameWay() {
        TwinBench bench = TwinBench.withoutWitness();
        look(bench, 4);
        bench.kill("server:fe1-1.contoso.com");
        bench.kill("server:fe1-2.contoso.com");
        assertEquals(
                List.of(
                        Remediation.CMS_FAILOVER,
                        Remediation.EDGE_NEXT_HOP_CHANGE,
                        Remediation.POOL_FAILOVER),
                cured(bench));
    }

    @Test
    void aPartitionIsLeftAlone() {
        TwinBench bench = TwinBench.withoutWitness();
        look(bench, 4);
        bench.cut(ComponentId.parse("site:redmond"), ComponentId.parse("site:dublin"));
        assertEquals(List.of(), cured(bench));
        assertEquals(0, bench.twin.effects().size());
    }

    @Test
    void anIsolatedObserverIsNotBelieved() {
        TwinBench bench = TwinBench.withoutWitness();
        look(bench, 4);
        bench.twin.inject(new Fault.ObserverIsolated(TwinBench.DUBLIN));
        assertEquals(List.of(), cured(bench));
        assertEquals(0, bench.twin.effects().size());
    }
}
