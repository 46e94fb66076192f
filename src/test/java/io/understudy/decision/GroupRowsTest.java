package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.Position;
import io.understudy.estate.StoreName;
import io.understudy.health.Facts;
import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.Policies;
import io.understudy.testing.Scene;
import io.understudy.testing.StoreTold;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows G1 to G5 of the decision table: a store that is an Availability Group. */
class GroupRowsTest {

    private static final String STORE = "store:be1";
    private static final String PRIMARY = "sql:sql11.contoso.com/rtc";
    private static final String SECONDARY = "sql:sql12.contoso.com/rtc";
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final Duration AGE = Policy.DEFAULT.thresholds().maxAge();
    private static final Duration MOMENT = Duration.ofMillis(1);

    private record Told(
            String synchronization,
            String mode,
            String quorum,
            Optional<Boolean> ready,
            Optional<Duration> gap) {

        static final Told WELL =
                new Told(
                        "SYNCHRONIZED",
                        "AUTOMATIC",
                        "NORMAL_QUORUM",
                        Optional.of(true),
                        Optional.empty());

        Told mode(String other) {
            return new Told(synchronization, other, quorum, ready, gap);
        }

        Told quorum(String other) {
            return new Told(synchronization, mode, other, ready, gap);
        }

        Told ready(Optional<Boolean> other) {
            return new Told(synchronization, mode, quorum, other, gap);
        }

        Told behind(Duration by) {
            return new Told("NOT SYNCHRONIZING", mode, quorum, Optional.of(false), Optional.of(by));
        }

        Told synchronization(String other) {
            return new Told(other, mode, quorum, ready, gap);
        }

        Facts facts() {
            return StoreTold.nothing()
                    .group(
                            new Facts.AvailabilityGroup(
                                    Optional.of(Position.PRIMARY),
                                    Optional.of(synchronization),
                                    Optional.of(mode),
                                    Optional.of(quorum),
                                    ready,
                                    gap))
                    .facts();
        }
    }

    private static Scene group(Contoso contoso, Told told) {
        Scene scene = new Scene(Grown.of(contoso).groups().estate());
        return scene.facts("store:be2", Told.WELL.facts()).facts(STORE, told.facts());
    }

    private static Scene group(Told told) {
        return group(Contoso.USUAL, told);
    }

    private static Decision decided(Scene scene) {
        return Expect.forTarget(scene.evaluate(), STORE);
    }

    @Test
    void aGroupThatIsWellIsLeftAlone() {
        assertEquals(Evaluation.NOTHING, group(Told.WELL).evaluate());
    }

    @Test
    void g1WaitsForTheClusterToFailOver() {
        Evaluation evaluation = group(Told.WELL).down(PRIMARY).evaluate();
        Decision decision = Expect.forTarget(evaluation, STORE);
        assertEquals("G1", decision.rule());
        assertEquals(new Remedy.Wait(Scene.NOON.plus(GRACE)), decision.remedy());
        Expect.rejected(decision, Remediation.AVAILABILITY_GROUP_FAILOVER);
        assertEquals("P1", Expect.rejected(decision, Remediation.POOL_FAILOVER).rule());
        Finding finding = Expect.finding(evaluation, FindingCode.REPLICA_LOST);
        assertEquals("G1", finding.rule());
        assertEquals(Severity.CRITICAL, finding.severity());
        assertEquals(Scene.NOON, finding.since());
        assertEquals(
                Remediation.WAIT,
                decided(group(Told.WELL).down(PRIMARY).since(GRACE.minus(MOMENT))).remediation());
    }

    @Test
    void g2MakesAReadySecondaryPrimaryByCommandOfTwoWhereTheClusterDoesNot() {
        Evaluation tooLate = group(Told.WELL).down(PRIMARY).since(GRACE).evaluate();
        Decision decision = Expect.only(tooLate, Remediation.FORCED_AVAILABILITY_GROUP_FAILOVER);
        assertEquals("G2", decision.rule());
        Remedy.ForcedAvailabilityGroupFailover remedy =
                (Remedy.ForcedAvailabilityGroupFailover) decision.remedy();
        assertEquals(new StoreName("be1"), remedy.store());
        assertEquals("sql12.contoso.com/rtc", remedy.to().toString());
        assertEquals(new DataLoss.None(), decision.dataLoss());
        Expect.onlyByPeople(decision, 2);
        assertFalse(decision.blocked(), decision::toString);
        assertEquals(
                List.of(
                        "PRIMARY_REPLICA_SEEN_DOWN=PASSED",
                        "CLUSTER_QUORUM_HELD=PASSED?",
                        "MIRROR_REACHABLE=PASSED",
                        "SECONDARY_REPLICA_READY=PASSED?",
                        "FRONT_END_QUORUM_KEPT=PASSED",
                        "NO_OTHER_RUN=PASSED",
                        "COOL_DOWN_OVER=PASSED",
                        "LIMIT_KEPT=PASSED"),
                Expect.gate(decision));
        Expect.rejected(decision, Remediation.AVAILABILITY_GROUP_FAILOVER);
        assertEquals(
                Optional.of(new DataLoss.None()),
                Expect.rejected(decision, Remediation.REPAIR).dataLoss());
        assertEquals(
                Optional.of(new DataLoss.Bounded(Duration.ofMinutes(5))),
                Expect.rejected(decision, Remediation.POOL_FAILOVER).dataLoss());
    }

    @Test
    void g2DoesNotWaitForAClusterThatMayNotActByItself() {
        Decision decision = decided(group(Told.WELL.mode("MANUAL")).down(PRIMARY));
        assertEquals("G2", decision.rule());
        assertEquals(Remediation.FORCED_AVAILABILITY_GROUP_FAILOVER, decision.remediation());
    }

    @Test
    void g2NeverStartsByItself() {
        Expect.onlyByPeople(
                decided(group(Told.WELL.mode("MANUAL")).down(PRIMARY).policy(Policies.AUTOMATE)),
                2);
    }

    @Test
    void g2NeedsTheClustersQuorumWhereItIsTold() {
        Decision untold = decided(group(Told.WELL.mode("MANUAL").quorum("?")).down(PRIMARY));
        assertEquals(ClauseResult.UNKNOWN, Expect.clause(untold, Clause.CLUSTER_QUORUM_HELD));
        assertFalse(untold.blocked());
    }

    @Test
    void beingInStepIsAsGoodAsReadyWhereReadinessIsNotTold() {
        Told inStep = Told.WELL.ready(Optional.empty());
        assertEquals("G1", decided(group(inStep).down(PRIMARY)).rule());
        assertEquals(
                "G3", decided(group(inStep.synchronization("SYNCHRONIZING")).down(PRIMARY)).rule());
    }

    @Test
    void whatWasToldLongBeforeTheLossProvesNothing() {
        Scene recent = group(Told.WELL).down(PRIMARY).factsAt(STORE, Scene.NOON.minus(AGE));
        assertEquals("G1", decided(recent).rule());
        Scene old =
                group(Told.WELL).down(PRIMARY).factsAt(STORE, Scene.NOON.minus(AGE).minus(MOMENT));
        Decision decision = decided(old);
        assertEquals("G3", decision.rule());
        assertEquals(Remediation.REPAIR, decision.remediation());
        assertEquals(
                Optional.of(new DataLoss.Unknown()),
                Expect.rejected(decision, Remediation.FORCED_AVAILABILITY_GROUP_FAILOVER)
                        .dataLoss());
    }

    @Test
    void g3ForcesWhereThatLosesNoMoreThanThePool() {
        Duration rpo = Duration.ofMinutes(5);
        Decision forced = decided(group(Told.WELL.behind(rpo)).down(PRIMARY));
        assertEquals("G3", forced.rule());
        assertEquals(Remediation.FORCED_AVAILABILITY_GROUP_FAILOVER, forced.remediation());
        assertEquals(new DataLoss.Bounded(rpo), forced.dataLoss());
        Expect.onlyByPeople(forced, 2);
        assertEquals(ClauseResult.FAILED, Expect.clause(forced, Clause.SECONDARY_REPLICA_READY));
        assertFalse(forced.blocked());

        Decision repaired = decided(group(Told.WELL.behind(rpo.plus(MOMENT))).down(PRIMARY));
        assertEquals("G3", repaired.rule());
        assertEquals(
                new Remedy.Repair(
                        "bring sql11.contoso.com/rtc back",
                        Optional.of(Scene.NOON.plus(Duration.ofMinutes(30)))),
                repaired.remedy());
        Rejected rejected =
                Expect.rejected(repaired, Remediation.FORCED_AVAILABILITY_GROUP_FAILOVER);
        assertEquals(Optional.of(new DataLoss.Bounded(rpo.plus(MOMENT))), rejected.dataLoss());
        assertTrue(rejected.interruption().isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"REVERTING", "INITIALIZING"})
    void g3NeverForcesASecondaryThatIsNotWhole(String state) {
        Told told = Told.WELL.behind(Duration.ofSeconds(1)).synchronization(state);
        assertEquals(Remediation.REPAIR, decided(group(told).down(PRIMARY)).remediation());
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOST", "NO_QUORUM", "FAILED NO QUORUM", "failed_no_quorum"})
    void g4RestoresTheClustersQuorumFirst(String quorum) {
        Scene scene = group(Told.WELL);
        scene.factsSince(STORE, Duration.ofMinutes(5), Told.WELL.quorum(quorum).facts());
        Evaluation evaluation = scene.evaluate();
        Decision decision = Expect.forTarget(evaluation, STORE);
        assertEquals("G4", decision.rule());
        assertEquals(
                new Remedy.Repair(
                        "restore the cluster's quorum: the witness share or a node",
                        Optional.of(Scene.NOON.plus(Duration.ofMinutes(25)))),
                decision.remedy());
        Expect.rejected(decision, Remediation.FORCED_AVAILABILITY_GROUP_FAILOVER);
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
        Finding finding = Expect.finding(evaluation, FindingCode.SQL_QUORUM_LOST);
        assertEquals("G4", finding.rule());
        assertEquals(Severity.CRITICAL, finding.severity());
        assertEquals(Scene.NOON.minus(Duration.ofMinutes(5)), finding.since());
        Expect.nothingActs(evaluation);
    }

    @Test
    void g4ForcesNothingThoughThePrimaryIsDown() {
        Scene scene = group(Told.WELL.mode("MANUAL").quorum("LOST")).down(PRIMARY);
        assertEquals("G4", decided(scene).rule());
        Expect.none(scene.evaluate(), Remediation.FORCED_AVAILABILITY_GROUP_FAILOVER);
    }

    @Test
    void g4RestsOnWhatWasToldOfLate() {
        Scene scene = group(Told.WELL.quorum("LOST"));
        assertEquals("G4", decided(scene.factsAt(STORE, Scene.NOON.minus(AGE))).rule());
        scene.factsAt(STORE, Scene.NOON.minus(AGE).minus(MOMENT));
        assertEquals(Evaluation.NOTHING, scene.evaluate());
    }

    @Test
    void g5LeavesTheLostSecondaryToAPerson() {
        Evaluation evaluation = group(Told.WELL).down(SECONDARY).evaluate();
        Decision decision = Expect.forTarget(evaluation, STORE);
        assertEquals("G5", decision.rule());
        assertEquals(
                new Remedy.Repair("repair the replica sql12.contoso.com/rtc", Optional.empty()),
                decision.remedy());
        Expect.rejected(decision, Remediation.AVAILABILITY_GROUP_FAILOVER);
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
        Finding finding = Expect.finding(evaluation, FindingCode.REPLICA_LOST);
        assertEquals(Severity.WARNING, finding.severity());
        assertEquals("G5", finding.rule());
    }

    @Test
    void bothReplicasLostLeadToTheStoresBudget() {
        assertEquals("B9", decided(group(Told.WELL).down(PRIMARY, SECONDARY)).rule());
    }

    @Test
    void aGroupIsNotMovedForAPoolBelowItsNumber() {
        Evaluation evaluation =
                group(Told.WELL.mode("MANUAL"))
                        .down(PRIMARY, "server:fe11.contoso.com", "server:fe12.contoso.com")
                        .evaluate();
        Expect.none(evaluation, Remediation.FORCED_AVAILABILITY_GROUP_FAILOVER);
        Expect.only(evaluation, Remediation.POOL_FAILOVER);
    }

    private static Scene switching(Told told) {
        return group(told).planned(Remediation.AVAILABILITY_GROUP_FAILOVER, STORE);
    }

    @Test
    void g2MovesTheGroupAsPlannedWork() {
        Evaluation evaluation = switching(Told.WELL).evaluate();
        Decision decision = Expect.only(evaluation, Remediation.AVAILABILITY_GROUP_FAILOVER);
        assertEquals("G2", decision.rule());
        Remedy.AvailabilityGroupFailover remedy =
                (Remedy.AvailabilityGroupFailover) decision.remedy();
        assertEquals("sql12.contoso.com/rtc", remedy.to().toString());
        assertEquals(new DataLoss.None(), decision.dataLoss());
        Expect.onlyByPeople(decision, 1);
        assertEquals(Duration.ofSeconds(30), decision.interruption().expected());
        assertEquals(Duration.ofMinutes(5), decision.interruption().target());
        assertEquals(
                List.of(
                        "MIRROR_REACHABLE=PASSED",
                        "SECONDARY_REPLICA_READY=PASSED",
                        "FRONT_END_QUORUM_KEPT=PASSED",
                        "NO_OTHER_RUN=PASSED",
                        "COOL_DOWN_OVER=PASSED",
                        "LIMIT_KEPT=PASSED"),
                Expect.gate(decision));
        assertEquals(List.of(), evaluation.findings());
    }

    @Test
    void aPlannedMoveNeedsAReadySecondaryThatWasSeenOfLate() {
        Decision notReady =
                Expect.only(
                        switching(Told.WELL.ready(Optional.of(false))).evaluate(),
                        Remediation.AVAILABILITY_GROUP_FAILOVER);
        assertTrue(notReady.blocked());
        Scene stale = switching(Told.WELL).factsAt(STORE, Scene.NOON.minus(AGE).minus(MOMENT));
        assertTrue(
                Expect.only(stale.evaluate(), Remediation.AVAILABILITY_GROUP_FAILOVER).blocked());
    }
}
