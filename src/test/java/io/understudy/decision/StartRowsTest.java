package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Release;
import io.understudy.health.Facts;
import io.understudy.health.PoolState;
import io.understudy.health.ServiceState;
import io.understudy.testing.Contoso;
import io.understudy.testing.Policies;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows F5, F7 and F8: a pool below its number whose servers can start, and QUORUM_RECOVERY. */
class StartRowsTest {

    private static final String POOL = "pool:pool2.contoso.com";
    private static final String FIRST = "sql:sql21.contoso.com/rtc";
    private static final String SECOND = "sql:sql22.contoso.com/rtc";
    private static final Duration MOMENT = Duration.ofMillis(1);

    private static String fe(int number) {
        return "server:fe2" + number + ".contoso.com";
    }

    private static Scene of(int servers) {
        return new Scene(Contoso.USUAL.frontEnds(servers));
    }

    /** RTCSRV of these servers is so since then. */
    private static Scene rtcsrv(Scene scene, ServiceState state, Duration since, int from, int to) {
        for (int i = from; i <= to; i++) {
            scene.factsSince(fe(i), since, new Facts.OfServer(Map.of("RTCSRV", state)));
        }
        return scene;
    }

    private static Scene stopped(int servers, Duration since) {
        return rtcsrv(of(servers), ServiceState.STOPPED, since, 1, servers);
    }

    /** The first of the servers are stopped, the others dead. */
    private static Scene reachable(int servers, int stopped) {
        Scene scene = rtcsrv(of(servers), ServiceState.STOPPED, Duration.ZERO, 1, stopped);
        for (int i = stopped + 1; i <= servers; i++) {
            scene.down(fe(i));
        }
        return scene;
    }

    private static Scene starting(int servers, Duration since) {
        return rtcsrv(of(servers), ServiceState.START_PENDING, since, 1, servers);
    }

    private static Decision decided(Scene scene) {
        return Expect.forTarget(scene.evaluate(), POOL);
    }

    @Test
    void f5StartsReachableServersTogetherBeforeAnythingLarger() {
        Evaluation evaluation = stopped(3, Duration.ZERO).evaluate();
        Decision decision = Expect.forTarget(evaluation, POOL);
        assertEquals("F5", decision.rule());
        assertEquals(
                new Remedy.Repair(
                        "start the Front End Servers together, at least 3 of them",
                        Optional.of(Scene.NOON.plus(Duration.ofMinutes(20)))),
                decision.remedy());
        assertEquals(new DataLoss.None(), decision.dataLoss());
        assertEquals("F6", Expect.rejected(decision, Remediation.POOL_FAILOVER).rule());
        Expect.rejected(decision, Remediation.QUORUM_RECOVERY);
        Expect.rejected(decision, Remediation.MIRROR_FAILOVER);
        assertTrue(
                decision.reason().contains("0 of 3 Front End Servers run, 2 are required; 3 are"),
                decision::reason);
        Finding finding = Expect.finding(evaluation, FindingCode.POOL_QUORUM_LOST);
        assertEquals("F5", finding.rule());
        assertEquals(Severity.CRITICAL, finding.severity());
        assertEquals(Scene.NOON, finding.since());
        Expect.nothingActs(evaluation);
    }

    @ParameterizedTest
    @EnumSource(
            value = ServiceState.class,
            names = {"STOPPED", "STOP_PENDING", "PAUSED"})
    void f5TakesEveryServerWhoseRtcsrvDoesNotRunAsStopped(ServiceState state) {
        assertEquals("F5", decided(rtcsrv(of(3), state, Duration.ZERO, 1, 3)).rule());
    }

    @Test
    void f5CountsTheTimeFromTheLossThatTookThePoolBelowItsNumber() {
        Scene scene = rtcsrv(of(3), ServiceState.STOPPED, Duration.ofMinutes(10), 1, 1);
        rtcsrv(scene, ServiceState.STOPPED, Duration.ofMinutes(5), 2, 2);
        rtcsrv(scene, ServiceState.STOPPED, Duration.ofMinutes(2), 3, 3);
        assertEquals(
                Optional.of(Scene.NOON.plus(Duration.ofMinutes(15))),
                ((Remedy.Repair) decided(scene).remedy()).before());
    }

    @Test
    void f5HoldsUntilTheReleasesRecoveryTimeIsSpent() {
        Duration rto = Release.SFB_2015.poolFailoverRto();
        assertEquals("F5", decided(stopped(3, rto.minus(MOMENT))).rule());
        Decision spent = decided(stopped(3, rto));
        assertEquals("F6", spent.rule());
        assertEquals(Remediation.POOL_FAILOVER, spent.remediation());
        assertEquals(ClauseResult.PASSED, Expect.clause(spent, Clause.REPAIR_LONGER_THAN_FAILOVER));
    }

    @Test
    void f5HoldsAsLongAsThePolicySaysForThePool() {
        Policy five = Policies.with(POOL, Setting.FRONT_END_RESTART_BUDGET, Duration.ofMinutes(5));
        assertEquals(
                "F5", decided(stopped(3, Duration.ofMinutes(5).minus(MOMENT)).policy(five)).rule());
        assertEquals("F6", decided(stopped(3, Duration.ofMinutes(5)).policy(five)).rule());
    }

    @Test
    void noPoolFailsOverOnTheWordOfItsOwnServersAlone() {
        Decision failover = decided(stopped(3, Duration.ofMinutes(20)));
        assertEquals(ClauseResult.UNKNOWN, Expect.clause(failover, Clause.HOME_POOL_SEEN_DOWN));
        assertTrue(failover.blocked());
    }

    @ParameterizedTest
    @CsvSource({"3,3", "4,3", "5,4", "6,5", "7,5", "8,6", "9,7", "10,8", "11,9", "12,10"})
    void f5NeedsAsManyReachableServersAsAFirstStart(int servers, int firstStart) {
        assertEquals(Remediation.REPAIR, decided(reachable(servers, firstStart)).remediation());
        assertEquals(
                Remediation.QUORUM_RECOVERY,
                decided(reachable(servers, firstStart - 1)).remediation());
    }

    @Test
    void f5RecoversQuorumWhereTooFewForAStartAndEnoughToServeAreReachable() {
        Decision decision = decided(reachable(4, 2));
        assertEquals("F5", decision.rule());
        assertEquals(
                new Remedy.QuorumRecovery(new PoolFqdn("pool2.contoso.com")), decision.remedy());
        assertEquals(new DataLoss.Unknown(), decision.dataLoss());
        Expect.onlyByPeople(decision, 2);
        assertEquals(Duration.ofMinutes(30), decision.interruption().expected());
        assertEquals(Duration.ofMinutes(30), decision.interruption().target());
        assertEquals(
                List.of(
                        "STORE_SERVING=PASSED",
                        "ENOUGH_SERVERS_REACHABLE=PASSED",
                        "HOME_POOL_STATE_ACTIVE=PASSED",
                        "NO_OTHER_RUN=PASSED",
                        "COOL_DOWN_OVER=PASSED",
                        "LIMIT_KEPT=PASSED"),
                Expect.gate(decision));
        Rejected failover = Expect.rejected(decision, Remediation.POOL_FAILOVER);
        assertEquals(Optional.of(new DataLoss.Bounded(Duration.ofMinutes(5))), failover.dataLoss());
        assertEquals(Duration.ofMinutes(20), failover.interruption().orElseThrow().target());
    }

    @Test
    void quorumIsNeverRecoveredByItself() {
        Expect.onlyByPeople(decided(reachable(4, 2).policy(Policies.AUTOMATE)), 2);
    }

    @Test
    void quorumIsNotRecoveredTwiceForOneLoss() {
        Scene before = lostTwo().ended(Remediation.QUORUM_RECOVERY, POOL, Duration.ofMinutes(11));
        assertEquals(Remediation.QUORUM_RECOVERY, decided(before).remediation());
        Scene since = lostTwo().ended(Remediation.QUORUM_RECOVERY, POOL, Duration.ofMinutes(10));
        assertEquals(Remediation.POOL_FAILOVER, decided(since).remediation());
        assertEquals("F6", decided(since).rule());
    }

    /** Two of four are stopped and two dead, for ten minutes. */
    private static Scene lostTwo() {
        return rtcsrv(of(4), ServiceState.STOPPED, Duration.ofMinutes(10), 1, 2)
                .down(fe(3), fe(4))
                .since(Duration.ofMinutes(10));
    }

    @Test
    void quorumOfAPoolThatIsToldToBeFailingOverIsNotRecovered() {
        Scene scene = lostTwo();
        scene.facts(POOL, PoolTold.WELL.state(PoolState.FAILING_OVER).facts());
        scene.factsAt(POOL, Scene.NOON.minus(Duration.ofMinutes(3)));
        Decision decision = decided(scene);
        assertEquals(Remediation.QUORUM_RECOVERY, decision.remediation());
        assertEquals(ClauseResult.FAILED, Expect.clause(decision, Clause.HOME_POOL_STATE_ACTIVE));
        assertTrue(decision.blocked());
    }

    @Test
    void oneReachableServerOfFourIsTooFewForAnythingButThePool() {
        Scene scene = rtcsrv(of(4), ServiceState.STOPPED, Duration.ZERO, 1, 1);
        assertEquals("F6", decided(scene.down(fe(2), fe(3), fe(4))).rule());
    }

    @Test
    void withoutTheStoreNoServerCanStart() {
        Decision decision = decided(stopped(3, Duration.ZERO).down(FIRST, SECOND));
        assertEquals("F6", decision.rule());
        Expect.rejected(decision, Remediation.QUORUM_RECOVERY);
        assertTrue(decision.reason().contains("Its store is unavailable too"), decision::reason);
        Decision pending = decided(starting(3, Duration.ZERO).down(FIRST, SECOND));
        assertEquals("F6", pending.rule());
    }

    @Test
    void f7WaitsForAColdStart() {
        Evaluation evaluation = starting(3, Duration.ofMinutes(10)).evaluate();
        Decision decision = Expect.forTarget(evaluation, POOL);
        assertEquals("F7", decision.rule());
        assertEquals(new Remedy.Wait(Scene.NOON.plus(Duration.ofMinutes(50))), decision.remedy());
        Expect.rejected(decision, Remediation.QUORUM_RECOVERY);
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
        Finding finding = Expect.finding(evaluation, FindingCode.POOL_STARTING);
        assertEquals("F7", finding.rule());
        assertEquals(Severity.CRITICAL, finding.severity());
        assertEquals(Scene.NOON.minus(Duration.ofMinutes(10)), finding.since());
        assertTrue(decision.reason().contains("3 of 3 are starting."), decision::reason);
    }

    @Test
    void f7RecoversQuorumOnceTheHourIsSpent() {
        Duration hour = Duration.ofHours(1);
        assertEquals(Remediation.WAIT, decided(starting(3, hour.minus(MOMENT))).remediation());
        Decision decision = decided(starting(3, hour));
        assertEquals("F7", decision.rule());
        assertEquals(Remediation.QUORUM_RECOVERY, decision.remediation());
        assertFalse(decision.blocked(), decision::toString);
        Expect.onlyByPeople(decision, 2);
    }

    @Test
    void f7IsOverOnceQuorumWasRecoveredInVain() {
        Scene tried =
                starting(3, Duration.ofHours(1))
                        .ended(Remediation.QUORUM_RECOVERY, POOL, Duration.ofMinutes(6));
        assertEquals(Remediation.POOL_FAILOVER, decided(tried).remediation());
    }

    @Test
    void f7WaitsAsLongAsThePolicySays() {
        Policy ten = Policies.with(POOL, Setting.COLD_START_BUDGET, Duration.ofMinutes(10));
        assertEquals(
                new Remedy.Wait(Scene.NOON.plus(Duration.ofMinutes(10))),
                decided(starting(3, Duration.ZERO).policy(ten)).remedy());
        assertEquals(
                Remediation.QUORUM_RECOVERY,
                decided(starting(3, Duration.ofMinutes(10)).policy(ten)).remediation());
    }

    @Test
    void f7CountsThoseThatStartAndThoseThatRunAgainstTheFirstStart() {
        Scene enough = rtcsrv(of(4), ServiceState.START_PENDING, Duration.ZERO, 1, 2);
        assertEquals("F7", decided(enough.down(fe(4))).rule());
        Scene tooFew = rtcsrv(of(4), ServiceState.START_PENDING, Duration.ZERO, 1, 1);
        assertEquals("F5", decided(tooFew.down(fe(3), fe(4))).rule());
    }

    @Test
    void f7CountsRunningServersBeyondTheFirstOnes() {
        Scene scene = rtcsrv(of(12), ServiceState.START_PENDING, Duration.ZERO, 1, 9);
        Decision decision = decided(scene);
        assertEquals("F7", decision.rule());
        assertTrue(decision.reason().contains("9 of 12 are starting."), decision::reason);
    }

    @Test
    void f8StartsBothServersOfAPoolOfTwoTogether() {
        Decision decision = decided(stopped(2, Duration.ZERO));
        assertEquals("F8", decision.rule());
        assertEquals(
                new Remedy.Repair(
                        "start both Front End Servers together, or in the reverse order of their stopping",
                        Optional.of(Scene.NOON.plus(Duration.ofMinutes(20)))),
                decision.remedy());
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
        Expect.rejected(decision, Remediation.QUORUM_RECOVERY);
        assertEquals("F6", decided(stopped(2, Duration.ofMinutes(20))).rule());
    }

    @Test
    void f8IsAboutTwoStoppedServersOnly() {
        Scene oneDead = rtcsrv(of(2), ServiceState.STOPPED, Duration.ZERO, 1, 1);
        assertEquals("F5", decided(oneDead.down(fe(2))).rule());
        assertEquals("F5", decided(stopped(1, Duration.ZERO)).rule());
        assertEquals("F5", decided(stopped(3, Duration.ZERO)).rule());
        Scene oneRuns = rtcsrv(of(2), ServiceState.STOPPED, Duration.ZERO, 1, 1);
        assertEquals(
                Evaluation.NOTHING.decisions(),
                oneRuns.evaluate().decisions().stream()
                        .filter(d -> d.rule().equals("F8"))
                        .toList());
    }

    @Test
    void aServerWhoseServicesWereToldTooLongAgoIsNotReachable() {
        Scene scene = of(3).down(fe(1), fe(2), fe(3));
        Duration old = Policy.DEFAULT.thresholds().maxAge().plus(MOMENT);
        for (int i = 1; i <= 3; i++) {
            scene.facts(fe(i), new Facts.OfServer(Map.of("RTCSRV", ServiceState.STOPPED)))
                    .factsAt(fe(i), Scene.NOON.minus(old));
        }
        assertEquals("P1", decided(scene).rule());
    }
}
