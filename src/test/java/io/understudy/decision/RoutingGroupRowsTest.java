package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.health.PoolState;
import io.understudy.testing.Contoso;
import io.understudy.testing.Policies;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows F3 and F4: routing groups without quorum in a pool that serves. */
class RoutingGroupRowsTest {

    private static final String POOL = "pool:pool2.contoso.com";
    private static final String LOST = "server:fe23.contoso.com";
    private static final Duration RTO = Duration.ofMinutes(20);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private static Scene told(int withoutPrimary, int withoutSecondary, Duration since) {
        return told(new Scene(Contoso.USUAL), withoutPrimary, withoutSecondary, since);
    }

    private static Scene told(Scene scene, int primary, int secondary, Duration since) {
        return scene.factsSince(
                POOL, since, PoolTold.WELL.routingGroups(primary, secondary).facts());
    }

    private static Decision decided(Scene scene) {
        return Expect.forTarget(scene.evaluate(), POOL);
    }

    @ParameterizedTest
    @CsvSource({"2,0,F3,2", "2,5,F3,2", "0,3,F4,3"})
    void theMissingServersAreStartedFirst(int primary, int secondary, String row, int groups) {
        Evaluation evaluation =
                told(primary, secondary, Duration.ofMinutes(5)).down(LOST).evaluate();
        Decision decision = Expect.forTarget(evaluation, POOL);
        assertEquals(row, decision.rule());
        assertEquals(
                new Remedy.Repair(
                        "start the missing Front End Servers and check their link to the store",
                        Optional.of(Scene.NOON.plus(Duration.ofMinutes(15)))),
                decision.remedy());
        assertTrue(
                decision.reason().contains(groups + " routing groups are told."), decision::reason);
        Expect.rejected(decision, Remediation.QUORUM_RECOVERY);
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
        Finding finding = Expect.finding(evaluation, FindingCode.ROUTING_GROUP_QUORUM_LOST);
        assertEquals(row, finding.rule());
        assertEquals(Severity.CRITICAL, finding.severity());
        assertEquals(Scene.NOON.minus(Duration.ofMinutes(5)), finding.since());
        assertEquals("F2", Expect.finding(evaluation, FindingCode.FRONT_END_AT_MINIMUM).rule());
        Expect.nothingActs(evaluation);
    }

    @ParameterizedTest
    @CsvSource({"1,0,F3", "0,1,F4"})
    void quorumIsRecoveredOnceTheServersHadTheirTime(int primary, int secondary, String row) {
        assertEquals(
                Remediation.REPAIR,
                decided(told(primary, secondary, RTO.minus(MOMENT)).down(LOST)).remediation());
        Decision decision = decided(told(primary, secondary, RTO).down(LOST));
        assertEquals(row, decision.rule());
        assertEquals(Remediation.QUORUM_RECOVERY, decision.remediation());
        assertEquals(new DataLoss.Unknown(), decision.dataLoss());
        Expect.onlyByPeople(decision, 2);
        assertEquals(
                List.of(
                        "STORE_SERVING=PASSED",
                        "ENOUGH_SERVERS_REACHABLE=PASSED",
                        "HOME_POOL_STATE_ACTIVE=PASSED",
                        "NO_OTHER_RUN=PASSED",
                        "COOL_DOWN_OVER=PASSED",
                        "LIMIT_KEPT=PASSED"),
                Expect.gate(decision));
        assertEquals(row, Expect.rejected(decision, Remediation.POOL_FAILOVER).rule());
    }

    @Test
    void thePolicySaysHowLongTheServersMayTake() {
        Policy five = Policies.with(POOL, Setting.FRONT_END_RESTART_BUDGET, Duration.ofMinutes(5));
        assertEquals(
                Remediation.REPAIR,
                decided(told(1, 0, Duration.ofMinutes(5).minus(MOMENT)).down(LOST).policy(five))
                        .remediation());
        assertEquals(
                Remediation.QUORUM_RECOVERY,
                decided(told(1, 0, Duration.ofMinutes(5)).down(LOST).policy(five)).remediation());
    }

    @ParameterizedTest
    @CsvSource({"3", "8", "12"})
    void quorumIsRecoveredAtOnceWhereNoServerIsMissing(int servers) {
        Scene scene = told(new Scene(Contoso.USUAL.frontEnds(servers)), 1, 0, Duration.ZERO);
        assertEquals(Remediation.QUORUM_RECOVERY, decided(scene).remediation());
        assertFalse(decided(scene).blocked());
    }

    @Test
    void theStoreComesFirst() {
        Decision decision =
                decided(
                        told(1, 0, RTO)
                                .down("sql:sql21.contoso.com/rtc", "sql:sql22.contoso.com/rtc"));
        assertEquals("F3", decision.rule());
        Remedy.Repair repair = (Remedy.Repair) decision.remedy();
        assertTrue(repair.first().startsWith("bring the store back first"), repair::first);
        assertEquals(Optional.empty(), repair.before());
        Expect.rejected(decision, Remediation.QUORUM_RECOVERY);
    }

    @Test
    void aFailoverInProgressLooksTheSameAndIsLeftAlone() {
        Scene scene = new Scene(Contoso.USUAL);
        scene.facts(POOL, PoolTold.WELL.state(PoolState.FAILING_OVER).routingGroups(0, 4).facts());
        assertEquals("P14", decided(scene).rule());
        Expect.none(scene.evaluate(), Remediation.QUORUM_RECOVERY);
    }

    @Test
    void routingGroupsWithQuorumAreNoTrouble() {
        assertEquals(Evaluation.NOTHING, told(0, 0, RTO).evaluate());
    }

    @Test
    void whatWasToldTooLongAgoIsNoTrouble() {
        Duration age = Policy.DEFAULT.thresholds().maxAge();
        Scene scene = new Scene(Contoso.USUAL);
        scene.facts(POOL, PoolTold.WELL.routingGroups(1, 0).facts());
        scene.factsAt(POOL, Scene.NOON.minus(age));
        assertEquals("F3", decided(scene).rule());
        scene.factsAt(POOL, Scene.NOON.minus(age).minus(MOMENT));
        assertEquals(Evaluation.NOTHING, scene.evaluate());
    }

    @Test
    void aPoolBelowItsNumberHasLostMoreThanRoutingGroups() {
        Scene scene = told(2, 2, Duration.ZERO).down(LOST, "server:fe22.contoso.com");
        assertEquals("F6", decided(scene).rule());
    }
}
