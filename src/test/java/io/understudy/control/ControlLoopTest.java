package io.understudy.control;

import static io.understudy.control.LoopBench.POOL;
import static io.understudy.control.LoopBench.PRINCIPAL;
import static io.understudy.control.LoopBench.STORE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.Mode;
import io.understudy.decision.Remediation;
import io.understudy.decision.RunState;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.health.Status;
import io.understudy.run.Reassessment;
import io.understudy.run.Run;
import io.understudy.run.RunRefusal;
import io.understudy.run.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControlLoopTest {

    private final LoopBench bench = new LoopBench();

    @Test
    void oneStatementAloneChangesNothingAndTheSecondOpensARun() {
        bench.settle(PRINCIPAL, Status.UP);
        bench.loop.tick();
        bench.say(PRINCIPAL, Status.DOWN);
        bench.loop.tick();
        assertEquals(List.of(), bench.runs.open(), "hysteresis asks for two");

        bench.clock.advance(Duration.ofSeconds(1));
        bench.say(PRINCIPAL, Status.DOWN);
        bench.loop.tick();

        Run run = bench.onlyRun();
        assertEquals(RunState.RUNNING, run.state());
        assertEquals(Run.UNDERSTUDY, run.openedBy());
        assertTrue(run.incident().isPresent());
    }

    @Test
    void oneVantagePointAloneOpensNothing() {
        bench.settle(PRINCIPAL, Status.UP);
        for (int i = 0; i < 10; i++) {
            bench.clock.advance(Duration.ofSeconds(20));
            bench.say("o-dublin", PRINCIPAL, Status.DOWN);
            bench.loop.tick();
        }
        assertEquals(List.of(), bench.runs.open());
    }

    @Test
    void theSameEvaluationAgainSavesNothing() {
        fail(Mode.ADVISE);
        bench.loop.tick();
        int saved = bench.evaluations.saved.size();
        int audited = bench.audit.events.size();
        bench.told.clear();

        bench.clock.advance(Duration.ofSeconds(1));
        bench.say(PRINCIPAL, Status.DOWN);
        bench.told.clear();
        bench.loop.tick();

        assertEquals(saved, bench.evaluations.saved.size());
        assertEquals(audited, bench.audit.events.size());
        assertEquals(List.of("no change"), bench.told);
    }

    @Test
    void whatIsAdvisedWaitsForApprovalAndWhatIsObservedIsOnlyRecorded() {
        fail(Mode.ADVISE);
        assertEquals(RunState.AWAITING_APPROVAL, bench.onlyRun().state());

        LoopBench other = new LoopBench();
        other.mode = Mode.OBSERVE;
        other.settle(PRINCIPAL, Status.DOWN);
        other.loop.tick();
        assertEquals(List.of(), other.runs.open());
        assertEquals(1, other.evaluations.saved.getFirst().decisions().size());
    }

    @Test
    void aBlockedDecisionIsRecordedAndNotRun() {
        bench.blocked = true;
        fail(Mode.AUTOMATE);

        assertEquals(List.of(), bench.runs.open());
        assertTrue(bench.evaluations.saved.getFirst().decisions().getFirst().decision().blocked());
    }

    @Test
    void whatComesAfterAnotherDecisionWaitsUntilThatIsGone() {
        bench.successor = true;
        fail(Mode.AUTOMATE);

        assertEquals(STORE, bench.onlyRun().decision().target());
        RunRefusal refusal =
                assertThrows(
                        RunRefusal.class,
                        () ->
                                bench.people.open(
                                        Remediation.MIRROR_FAILOVER, POOL, "olga", _ -> {}));
        assertTrue(refusal.getMessage().contains("comes after"), refusal.getMessage());
    }

    @Test
    void aRunIsOpenedOnceHoweverOftenTheLoopTicks() {
        fail(Mode.AUTOMATE);
        for (int i = 0; i < 5; i++) {
            bench.loop.tick();
        }
        assertEquals(STORE, bench.onlyRun().decision().target());
    }

    @Test
    void theDeciderSeesRunsThatEndedWithinADayAndNoLonger() {
        fail(Mode.AUTOMATE);
        bench.people.cancel(bench.onlyRun().id(), "olga", "test");
        bench.runner().tick(bench.onlyRun().id());
        Instant end = bench.onlyRun().endedAt().orElseThrow();
        bench.blocked = true;

        bench.clock.reach(end.plus(Duration.ofDays(1)));
        bench.loop.tick();
        assertEquals(1, bench.snapshots.getLast().runs().size());
        bench.clock.advance(Duration.ofNanos(1));
        bench.loop.tick();
        assertEquals(0, bench.snapshots.getLast().runs().size());
    }

    @Test
    void aRunThatWaitsForApprovalIsWithdrawnWhenItIsNoLongerDecidedForAWhile() {
        fail(Mode.ADVISE);
        bench.settle(PRINCIPAL, Status.UP);
        Instant gone = bench.clock.instant();
        bench.loop.tick();
        bench.clock.reach(gone.plus(LoopBench.WITHDRAW_AFTER).minusNanos(1));
        bench.loop.tick();
        assertEquals(RunState.AWAITING_APPROVAL, bench.onlyRun().state());

        bench.clock.advance(Duration.ofNanos(1));
        bench.loop.tick();

        Run run = bench.onlyRun();
        assertEquals(RunState.CANCELLED, run.state());
        assertTrue(run.outcome().orElseThrow().message().contains("evidence has changed"));
        assertTrue(bench.audit.actions().contains("understudy RUN_CANCELLED"));
    }

    @Test
    void aRunThatWaitsForApprovalStaysWhenOnlyTheRunItselfHidesTheDecision() {
        fail(Mode.ADVISE);
        for (int second = 0; second < 120; second++) {
            bench.clock.advance(Duration.ofSeconds(1));
            bench.say(PRINCIPAL, Status.DOWN);
            bench.loop.tick();
        }
        assertEquals(RunState.AWAITING_APPROVAL, bench.onlyRun().state());
    }

    @Test
    void anIncidentTiesItAllTogetherAndClosesWhenTheFindingIsGoneAndTheRunHasEnded() {
        bench.settle(PRINCIPAL, Status.UP);
        Instant first = bench.clock.instant().plusSeconds(5);
        bench.clock.reach(first);
        fail(Mode.AUTOMATE);
        Incident incident = bench.evaluations.saved.getFirst().incidents().getFirst();
        assertEquals(first, incident.firstObservedAt());
        assertEquals(STORE, incident.target());
        EvaluationLog.Change opened = bench.evaluations.saved.getFirst();
        assertEquals(Optional.of(incident.id()), opened.findings().getFirst().incident());
        assertEquals(Optional.of(incident.id()), opened.decisions().getFirst().incident());

        bench.settle(PRINCIPAL, Status.UP);
        bench.loop.tick();
        assertTrue(incident(incident).closedAt().isEmpty(), "its run is still open");
        assertEquals(new Tick.Ended(), bench.runner().tick(bench.onlyRun().id()));
        assertEquals(RunState.CANCELLED, bench.onlyRun().state(), "read afresh, it is not right");
        bench.clock.advance(Duration.ofSeconds(1));
        bench.loop.tick();

        assertEquals(Optional.of(bench.clock.instant()), incident(incident).closedAt());
    }

    @Test
    void evidenceThatIsReadAfreshCanConfirmARunOrStopIt() {
        fail(Mode.AUTOMATE);
        assertTrue(
                bench.reassessment.reassess(bench.onlyRun())
                        instanceof Reassessment.Verdict.StillRight);

        bench.clock.advance(Duration.ofSeconds(1));
        bench.seen.put(PRINCIPAL, Status.UP);
        assertTrue(
                bench.reassessment.reassess(bench.onlyRun())
                        instanceof Reassessment.Verdict.Changed);

        LoopBench other = new LoopBench();
        other.settle(PRINCIPAL, Status.DOWN);
        other.loop.tick();
        other.blocked = true;
        assertEquals(
                new Reassessment.Verdict.Changed(
                        "it is blocked: MIRROR_SYNCHRONIZED is FAILED: as the mirror says"),
                other.reassessment.reassess(other.onlyRun()));
    }

    @Test
    void whatWasObservedBeforeARestartIsKnownAfterIt() {
        bench.mode = Mode.OBSERVE;
        bench.settle(PRINCIPAL, Status.DOWN);
        LoopBench restarted = new LoopBench();
        restarted.clock.reach(bench.clock.instant());

        restarted.loop.restore(bench.observations, Duration.ofHours(1));
        restarted.loop.tick();

        assertEquals(
                Status.DOWN, restarted.loop.present().orElseThrow().conditions().status(PRINCIPAL));
    }

    @Test
    void aStepThatNobodyCanCarryOutOpensNoRunAndTellsPeopleWhy() {
        bench.runbooks = LoopBench::impossible;
        fail(Mode.AUTOMATE);

        assertEquals(List.of(), bench.runs.open());
        RunRefusal refusal =
                assertThrows(
                        RunRefusal.class,
                        () ->
                                bench.people.open(
                                        Remediation.MIRROR_FAILOVER, STORE, "olga", _ -> {}));
        assertEquals(RunRefusal.Reason.NO_EXECUTOR, refusal.reason());
    }

    @Test
    void peopleAreToldWhyWhatTheyAskForIsNotDecided() {
        bench.mode = Mode.OBSERVE;
        refused(Remediation.MIRROR_FAILOVER, STORE, "not judged yet");
        bench.loop.tick();
        refused(Remediation.MIRROR_FAILOVER, STORE, "is not decided now; nothing is");
        bench.settle(PRINCIPAL, Status.DOWN);
        bench.loop.tick();
        refused(Remediation.POOL_FAILOVER, POOL, "ruled out by P1: a mirror failover will do");
        bench.blocked = true;
        bench.loop.tick();
        refused(Remediation.MIRROR_FAILOVER, STORE, "MIRROR_SYNCHRONIZED is FAILED");
        assertEquals(
                STORE,
                bench.people
                        .dryRun(Remediation.MIRROR_FAILOVER, STORE, _ -> {})
                        .runbook()
                        .target());
        assertEquals(List.of(), bench.runs.open(), "a dry run saves nothing");
    }

    @Test
    void aPersonOpensApprovesAndEndsARunUnderHisName() {
        bench.mode = Mode.OBSERVE;
        bench.settle(PRINCIPAL, Status.DOWN);
        bench.loop.tick();

        Run run = bench.people.open(Remediation.MIRROR_FAILOVER, STORE, "olga", _ -> {});
        assertEquals(RunState.RUNNING, run.state());
        assertTrue(run.incident().isPresent());
        bench.people.handOver(run.id(), "olga");

        assertEquals(
                List.of(
                        "understudy DECISION_TAKEN",
                        "olga RUN_OPENED",
                        "olga RUN_STARTED",
                        "olga RUN_HANDED_OVER"),
                bench.audit.actions());
    }

    @Test
    void theReportNamesThePhasesTheTargetsTheReasonsAndWhatWasRuledOut() {
        bench.settle(PRINCIPAL, Status.UP);
        bench.clock.advance(Duration.ofSeconds(5));
        fail(Mode.ADVISE);
        Run run = bench.onlyRun();
        bench.clock.advance(Duration.ofSeconds(10));
        bench.people.approve(run.id(), "ann");
        bench.clock.advance(Duration.ofSeconds(2));
        bench.runner().tick(run.id());
        bench.runner().tick(run.id());
        assertEquals(RunState.SUCCEEDED, bench.onlyRun().state());
        bench.settle(PRINCIPAL, Status.UP);
        bench.loop.tick();

        IncidentReport report =
                new IncidentReports(bench.evaluations, bench.runs)
                        .of(run.incident().orElseThrow())
                        .orElseThrow();

        assertEquals(
                List.of(
                        "FIRST_OBSERVATION 0 0",
                        "FINDING 1000 1000",
                        "DECISION 1000 0",
                        "APPROVED 11000 10000",
                        "STARTED 11000 0",
                        "VERIFIED 13000 2000",
                        "RECOVERED 14000 1000"),
                report.phases().stream()
                        .map(p ->
                                p.name() + " " + p.sinceFirstMillis() + " " + p.sinceBeforeMillis())
                        .toList());
        IncidentReport.RunMeasure measure = report.runs().getFirst();
        assertEquals(Optional.of(Duration.ofSeconds(2)), measure.measuredRto());
        assertEquals(Optional.of(true), measure.targetMet());
        String markdown = report.markdown();
        assertTrue(markdown.contains("the principal is down"), markdown);
        assertTrue(markdown.contains("POOL_FAILOVER instead of MIRROR_FAILOVER"), markdown);
        assertTrue(markdown.contains("| VERIFIED | "), markdown);
        assertTrue(markdown.contains("APPROVED by ann"), markdown);
    }

    @Test
    void aNewEstateIsInForceAtOnceAndAudited() {
        DocumentStore.Version<Estate> before = bench.estate.current().orElseThrow();

        bench.estate.save(before.body(), Optional.of(0), "olga");

        assertEquals(1, bench.estate.current().orElseThrow().version());
        assertEquals(List.of("olga ESTATE_CHANGED"), bench.audit.actions());
        assertEquals(List.of("estate"), bench.told);
        assertThrows(
                DocumentStore.VersionConflict.class,
                () -> bench.estate.save(before.body(), Optional.of(0), "olga"));
    }

    @Test
    void whatIsReceivedTwiceCountsOnceAndOnlyNewsWakesTheLoop() {
        bench.say("o-dublin", PRINCIPAL, Status.UP);
        assertEquals(List.of("wake", "observed 1+0, PT0S"), bench.told);
        bench.told.clear();

        bench.clock.advance(Duration.ofSeconds(3));
        bench.reception.receive(List.copyOf(bench.observations.kept.values()));

        assertEquals(List.of("observed 0+1, PT3S"), bench.told);
    }

    private void fail(Mode mode) {
        bench.mode = mode;
        bench.settle(PRINCIPAL, Status.DOWN);
        bench.loop.tick();
    }

    private Incident incident(Incident known) {
        return bench.evaluations.incident(known.id()).orElseThrow();
    }

    private void refused(Remediation remediation, ComponentId target, String why) {
        RunRefusal refusal =
                assertThrows(
                        RunRefusal.class,
                        () -> bench.people.open(remediation, target, "olga", _ -> {}));
        assertEquals(RunRefusal.Reason.NOT_PROPOSED, refusal.reason());
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }
}
