package io.understudy.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.understudy.adapter.simulator.Fault;
import io.understudy.adapter.simulator.SimulatorExecutor;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.decision.Remediation;
import io.understudy.decision.RunState;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Database;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.run.Resumption;
import io.understudy.run.Run;
import io.understudy.run.RunRefusal;
import io.understudy.runbook.Action;
import io.understudy.runbook.Rehearsed;
import io.understudy.runbook.Rehearsed.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From mirroring that stands still to mirroring in step, on the sample estate's twin. */
class MirrorResumptionJourneyTest {

    private static final StoreName BE1 = new StoreName("be1");
    private static final ComponentId STORE = ComponentId.of(BE1);
    private static final ComponentId SQL1 = ComponentId.parse("sql:sql1.contoso.com/rtc");

    private final TwinLoop all = new TwinLoop();

    @BeforeEach
    void lookAround() {
        all.until("the loop has looked around", () -> all.passed(60));
    }

    @Test
    void suspendedMirroringIsResumedOnceAPersonAsks() {
        all.twin.inject(new Fault.MirroringSuspended(BE1));
        all.until("B12 is decided", () -> decided("B12"));
        nobodyOpensIt();

        assertEquals(
                List.of(Verdict.ALREADY_DONE, Verdict.WOULD_ACT),
                all.people.dryRun(Remediation.REPAIR, STORE, _ -> {}).rehearsed().stream()
                        .map(Rehearsed::verdict)
                        .toList());
        all.people.open(Remediation.REPAIR, STORE, "olga", _ -> {});
        assertSucceeds();
        assertEquals(Map.of(), all.twin.faults());
        all.until("all is well", () -> !decided("B12"));
    }

    @Test
    void afterAForcedSwitchTwoPeopleApproveAndOneDecidesOnSalvage() {
        all.twin.inject(new Fault.SynchronizationLost(BE1));
        String killed = all.twin.inject(new Fault.Kill(SQL1));
        all.clock.advance(Duration.ofMinutes(1));
        force();
        all.twin.clear(killed);
        all.until("B16 is decided", () -> decided("B16"));

        Run run = all.people.open(Remediation.REPAIR, STORE, "olga", _ -> {});
        assertEquals(RunState.AWAITING_APPROVAL, run.state());
        assertThrows(RunRefusal.class, () -> all.people.approve(run.id(), "olga"));
        all.people.approve(run.id(), "otto");
        assertEquals(RunState.AWAITING_APPROVAL, state(run));
        all.people.approve(run.id(), "ada");
        all.until("it asks", () -> state(run) == RunState.AWAITING_OPERATOR);
        assertEquals(3, all.runs.find(run.id()).orElseThrow().steps().size());
        List<?> before = all.twin.effects();
        assertEquals(1, before.size(), "nothing is resumed before somebody has decided");
        all.people.resume(run.id(), "olga", Resumption.TOOK_EFFECT, Optional.empty());
        all.until("it is resumed", () -> all.twin.effects().size() == 2);
        assertInstanceOf(Action.ResumeMirroring.class, all.twin.effects().getLast().action());
        lagging().forEach(all.twin::clear);
        assertSucceeds();
    }

    private List<String> lagging() {
        return all.twin.faults().entrySet().stream()
                .filter(f -> f.getValue().fault() instanceof Fault.SynchronizationLost)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void nobodyOpensIt() {
        all.clock.advance(Duration.ofMinutes(1));
        all.loop.tick();
        assertEquals(List.of(), all.runs.open());
    }

    private void assertSucceeds() {
        all.until("it has ended", () -> all.ended(Remediation.REPAIR).isPresent());
        Run run = all.ended(Remediation.REPAIR).orElseThrow();
        assertEquals(RunState.SUCCEEDED, run.state(), () -> run.outcome() + " " + run.steps());
    }

    private RunState state(Run run) {
        return all.runs.find(run.id()).orElseThrow().state();
    }

    private boolean decided(String rule) {
        return all.loop.present().orElseThrow().evaluation().decisions().stream()
                .anyMatch(d -> d.rule().equals(rule) && d.target().equals(STORE));
    }

    /** What people did by hand before. */
    private void force() {
        Store store = all.estate.current().orElseThrow().body().store(BE1).orElseThrow();
        Action forced =
                new Action.ForceService(
                        BE1,
                        store.databases().stream().map(Database::name).toList(),
                        store.mirror().orElseThrow(),
                        Position.MIRROR);
        StepOutcome outcome =
                new SimulatorExecutor(all.twin, all.clock::advance)
                        .act(
                                new StepCall(
                                        "by-hand",
                                        1,
                                        1,
                                        1,
                                        forced,
                                        Optional.empty(),
                                        Duration.ofMinutes(5)),
                                Progress.UNHEARD);
        assertInstanceOf(StepOutcome.Done.class, outcome, outcome.message());
    }
}
