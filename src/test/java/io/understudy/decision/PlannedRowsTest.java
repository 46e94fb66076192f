package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.PoolFqdn;
import io.understudy.health.ExportStatus;
import io.understudy.health.PoolState;
import io.understudy.health.UpgradeState;
import io.understudy.testing.Contoso;
import io.understudy.testing.Policies;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows F11 and P20: a pool that lives is emptied of its users as planned work. */
class PlannedRowsTest {

    private static final String POOL = "pool:pool2.contoso.com";
    private static final Duration MOMENT = Duration.ofMillis(1);

    private static Decision emptied(Scene scene) {
        return Expect.only(scene.evaluate(), Remediation.POOL_FAILOVER);
    }

    private static Scene asked(String pool) {
        return new Scene(Contoso.USUAL).planned(Remediation.POOL_FAILOVER, pool);
    }

    @Test
    void p20DrainsThePoolAndLosesNothing() {
        Evaluation evaluation = asked(POOL).evaluate();
        Decision decision = Expect.only(evaluation, Remediation.POOL_FAILOVER);
        assertEquals("P20", decision.rule());
        assertEquals(
                new Remedy.PoolFailover(
                        new PoolFqdn("pool2.contoso.com"),
                        new PoolFqdn("pool1.contoso.com"),
                        false),
                decision.remedy());
        assertEquals(new DataLoss.None(), decision.dataLoss());
        Expect.onlyByPeople(decision, 1);
        assertEquals(Duration.ofMinutes(20), decision.interruption().target());
        assertEquals(
                List.of(
                        "PAIR_LEGAL=PASSED",
                        "BACKUP_FRONT_ENDS_ABOVE_MINIMUM=PASSED",
                        "BACKUP_STORE_SERVING=PASSED",
                        "BACKUP_POOL_STATE_ACTIVE=PASSED",
                        "STORE_SERVING=PASSED",
                        "HOME_POOL_STATE_ACTIVE=PASSED",
                        "BACKUP_SERVICES_RUNNING=PASSED",
                        "BACKUP_CAPACITY=PASSED",
                        "BACKUP_SERVICE_STEADY=PASSED",
                        "NO_OTHER_RUN=PASSED",
                        "COOL_DOWN_OVER=PASSED",
                        "LIMIT_KEPT=PASSED",
                        "CMS_WRITABLE=PASSED",
                        "EDGE_NEXT_HOP_ELSEWHERE=PASSED"),
                Expect.gate(decision));
        assertEquals(List.of(), evaluation.findings());
    }

    @Test
    void p20MovesCmsAndEdgeFirstAndForcesNeither() {
        List<Decision> decisions = asked("pool:pool1.contoso.com").evaluate().decisions();
        assertEquals(List.of("P2", "O4", "P20"), decisions.stream().map(Decision::rule).toList());
        assertEquals(
                List.of(List.of(), List.of(1), List.of(1, 2)),
                decisions.stream().map(Decision::after).toList());
        assertEquals(
                new Remedy.CmsFailover(
                        new PoolFqdn("pool1.contoso.com"),
                        new PoolFqdn("pool2.contoso.com"),
                        false),
                decisions.getFirst().remedy());
        assertEquals(new DataLoss.None(), decisions.getFirst().dataLoss());
        assertTrue(decisions.stream().noneMatch(Decision::blocked), decisions::toString);
        assertTrue(
                decisions.getFirst().gate().stream()
                        .noneMatch(c -> c.clause() == Clause.CMS_HOST_SEEN_DOWN));
        assertTrue(
                decisions.get(1).gate().stream()
                        .noneMatch(c -> c.clause() == Clause.HOME_POOL_SEEN_DOWN));
    }

    @ParameterizedTest
    @EnumSource(
            value = ExportStatus.class,
            names = {"NON_STEADY_STATE", "ERROR_STATE", "UNKNOWN", "NOT_INITIALIZED"})
    void p20NeedsASteadyBackupService(ExportStatus status) {
        Decision decision =
                emptied(asked(POOL).pool("pool2.contoso.com", PoolState.ACTIVE, status));
        GateClause clause =
                decision.gate().stream()
                        .filter(c -> c.clause() == Clause.BACKUP_SERVICE_STEADY)
                        .findFirst()
                        .orElseThrow();
        assertTrue(clause.required());
        assertTrue(clause.blocks());
    }

    @Test
    void p20NeedsTheStoreOfThePoolThatIsDrained() {
        Decision decision =
                emptied(asked(POOL).down("sql:sql21.contoso.com/rtc", "sql:sql22.contoso.com/rtc"));
        assertEquals("P20", decision.rule());
        assertEquals(ClauseResult.FAILED, Expect.clause(decision, Clause.STORE_SERVING));
    }

    @Test
    void p20NeedsAPoolStateThatWasToldOfLate() {
        Duration age = Policy.DEFAULT.thresholds().maxAge();
        assertEquals(
                ClauseResult.PASSED,
                Expect.clause(
                        emptied(asked(POOL).factsAt(POOL, Scene.NOON.minus(age))),
                        Clause.HOME_POOL_STATE_ACTIVE));
        assertEquals(
                ClauseResult.UNKNOWN,
                Expect.clause(
                        emptied(asked(POOL).factsAt(POOL, Scene.NOON.minus(age).minus(MOMENT))),
                        Clause.HOME_POOL_STATE_ACTIVE));
    }

    @Test
    void p20GivesWayToTheDisasterThatOvertakesIt() {
        Decision decision =
                emptied(asked(POOL).down("server:fe21.contoso.com", "server:fe22.contoso.com"));
        assertEquals("F6", decision.rule());
        assertTrue(((Remedy.PoolFailover) decision.remedy()).disasterMode());
    }

    @Test
    void p20DoesNotExistForAPoolWithoutPair() {
        Scene scene = new Scene(Contoso.USUAL.unpaired()).planned(Remediation.POOL_FAILOVER, POOL);
        assertEquals(Evaluation.NOTHING, scene.evaluate());
    }

    private static Scene upgrade(Contoso contoso, UpgradeState state, Duration since) {
        return new Scene(contoso).factsSince(POOL, since, PoolTold.WELL.upgrade(state).facts());
    }

    @Test
    void f11EmptiesAPoolThatHasTooFewServersToBePatched() {
        Decision decision =
                emptied(
                        upgrade(
                                Contoso.USUAL,
                                UpgradeState.INSUFFICIENT_ACTIVE_FRONT_ENDS,
                                Duration.ZERO));
        assertEquals("F11", decision.rule());
        assertFalse(((Remedy.PoolFailover) decision.remedy()).disasterMode());
        assertEquals(new DataLoss.None(), decision.dataLoss());
        Expect.onlyByPeople(decision, 1);
        assertTrue(
                decision.reason().contains("PoolUpgradeState is INSUFFICIENT_ACTIVE_FRONT_ENDS."),
                decision::reason);
    }

    @Test
    void f11GivesABusyPoolThreeTimesTenMinutes() {
        Duration half = Duration.ofMinutes(30);
        Decision early =
                Expect.forTarget(
                        upgrade(Contoso.USUAL, UpgradeState.BUSY, half.minus(MOMENT)).evaluate(),
                        POOL);
        assertEquals("F11", early.rule());
        assertEquals(new Remedy.Wait(Scene.NOON.plus(MOMENT)), early.remedy());
        Expect.rejected(early, Remediation.POOL_FAILOVER);
        Decision late = emptied(upgrade(Contoso.USUAL, UpgradeState.BUSY, half));
        assertEquals("F11", late.rule());
        assertTrue(late.reason().contains("PoolUpgradeState is BUSY."), late::reason);
    }

    @Test
    void f11GivesABusyPoolTheTimeThatThePolicySays() {
        Policy ten = Policies.with(POOL, Setting.UPGRADE_BUSY_BUDGET, Duration.ofMinutes(10));
        Scene busy = upgrade(Contoso.USUAL, UpgradeState.BUSY, Duration.ofMinutes(10));
        assertEquals("F11", emptied(busy.policy(ten)).rule());
        Expect.none(
                upgrade(Contoso.USUAL, UpgradeState.BUSY, Duration.ofMinutes(10).minus(MOMENT))
                        .policy(ten)
                        .evaluate(),
                Remediation.POOL_FAILOVER);
    }

    @Test
    void f11IsAboutAPoolThatLivesAndServesItsUsers() {
        assertEquals(
                Evaluation.NOTHING,
                upgrade(Contoso.USUAL, UpgradeState.READY, Duration.ofHours(1)).evaluate());
        Scene lost =
                upgrade(Contoso.USUAL, UpgradeState.INSUFFICIENT_ACTIVE_FRONT_ENDS, Duration.ZERO);
        assertEquals(
                "F6",
                emptied(lost.down("server:fe21.contoso.com", "server:fe22.contoso.com")).rule());
        Scene moved =
                new Scene(Contoso.USUAL)
                        .down("server:fe21.contoso.com")
                        .facts(
                                POOL,
                                PoolTold.WELL
                                        .state(PoolState.FAILED_OVER)
                                        .upgrade(UpgradeState.INSUFFICIENT_ACTIVE_FRONT_ENDS)
                                        .facts());
        Expect.none(moved.evaluate(), Remediation.POOL_FAILOVER);
    }

    @Test
    void f11LeavesAPoolWithoutPairToPeople() {
        Decision decision =
                Expect.forTarget(
                        upgrade(
                                        Contoso.USUAL.unpaired(),
                                        UpgradeState.INSUFFICIENT_ACTIVE_FRONT_ENDS,
                                        Duration.ZERO)
                                .evaluate(),
                        POOL);
        assertEquals("F11", decision.rule());
        assertEquals(
                new Remedy.Repair(
                        "stop patching; bring the missing Front End Servers back and wait for Ready",
                        Optional.empty()),
                decision.remedy());
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
    }
}
