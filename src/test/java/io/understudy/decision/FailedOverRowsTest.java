package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Release;
import io.understudy.health.ExportStatus;
import io.understudy.health.PoolState;
import io.understudy.testing.Contoso;
import io.understudy.testing.Policies;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows P13 to P15: a pool that fails over, or has. */
class FailedOverRowsTest {

    private static final String HOME = "pool:pool2.contoso.com";
    private static final String CARRIER = "pool:pool1.contoso.com";
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Instant NOON = Scene.NOON;

    /** pool2 is so since then. */
    private static Scene home(PoolState state, Duration since) {
        return new Scene(Contoso.USUAL).factsSince(HOME, since, PoolTold.WELL.state(state).facts());
    }

    private static Scene failedOver() {
        return home(PoolState.FAILED_OVER, Duration.ofHours(3));
    }

    private static Decision back(Scene scene) {
        return Expect.only(scene.evaluate(), Remediation.POOL_FAILBACK);
    }

    @Test
    void p15OffersTheWayBackToARepairedPool() {
        Evaluation evaluation = failedOver().evaluate();
        Decision decision = Expect.only(evaluation, Remediation.POOL_FAILBACK);
        assertEquals("P15", decision.rule());
        assertEquals(HOME, decision.target().toString());
        assertEquals(
                new Remedy.PoolFailback(
                        new PoolFqdn("pool2.contoso.com"),
                        new PoolFqdn("pool1.contoso.com"),
                        false),
                decision.remedy());
        assertEquals(new DataLoss.None(), decision.dataLoss());
        assertEquals(Duration.ofHours(1), decision.interruption().expected());
        assertEquals(Duration.ofMinutes(20), decision.interruption().target());
        Expect.onlyByPeople(decision, 1);
        assertEquals(
                List.of(
                        "HOME_POOL_REPAIRED=PASSED",
                        "HOME_POOL_STATE_FAILED_OVER=PASSED",
                        "BACKUP_SERVICE_STEADY=PASSED",
                        "CMS_WRITABLE=PASSED",
                        "CMS_REPLICAS_UP_TO_DATE=UNKNOWN?",
                        "NO_OTHER_RUN=PASSED",
                        "COOL_DOWN_OVER=PASSED",
                        "LIMIT_KEPT=PASSED"),
                Expect.gate(decision));
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
        assertEquals(List.of(), evaluation.findings());
        assertEquals(1, evaluation.decisions().size());
    }

    @Test
    void noFailoverIsFollowedByItsFailbackUnasked() {
        Expect.onlyByPeople(back(failedOver().policy(Policies.AUTOMATE)), 1);
    }

    @Test
    void p15KeepsToQuietHoursWhereThePolicyNamesAny() {
        assertTrue(back(failedOver().policy(quiet(NOON.plus(MOMENT)))).blocked());
        Decision open = back(failedOver().policy(quiet(NOON)));
        assertEquals(ClauseResult.PASSED, Expect.clause(open, Clause.QUIET_HOURS));
        assertFalse(open.blocked());
        Policy elsewhere =
                Policies.with(
                        Policies.window(
                                Window.Kind.QUIET_HOURS,
                                Optional.of("site:redmond"),
                                NOON.plusSeconds(5),
                                NOON.plusSeconds(6)));
        assertFalse(back(failedOver().policy(elsewhere)).blocked());
    }

    private static Policy quiet(Instant from) {
        return Policies.with(
                Policies.window(
                        Window.Kind.QUIET_HOURS,
                        Optional.of("site:dublin"),
                        from,
                        NOON.plusSeconds(9)));
    }

    @ParameterizedTest
    @EnumSource(
            value = ExportStatus.class,
            names = {"STEADY_STATE", "FINAL_STATE"},
            mode = EnumSource.Mode.EXCLUDE)
    void p15DoesNotGoBackBeforeTheBackupServiceIsSteady(ExportStatus status) {
        Decision decision = back(failedOver().pool("pool1.contoso.com", PoolState.ACTIVE, status));
        assertTrue(decision.blocked(), decision::toString);
    }

    @Test
    void p15DoesNotGoBackWhileReplicasAreBehind() {
        Scene behind =
                failedOver().facts(CARRIER, cms(PoolTold.WELL, "pool1.contoso.com", false).facts());
        assertEquals(
                ClauseResult.FAILED, Expect.clause(back(behind), Clause.CMS_REPLICAS_UP_TO_DATE));
        assertTrue(back(behind).blocked());
        Scene upToDate =
                failedOver().facts(CARRIER, cms(PoolTold.WELL, "pool1.contoso.com", true).facts());
        assertEquals(
                ClauseResult.PASSED, Expect.clause(back(upToDate), Clause.CMS_REPLICAS_UP_TO_DATE));
        assertFalse(back(upToDate).blocked());
    }

    private static PoolTold cms(PoolTold told, String at, boolean replicas) {
        return told.centralManagement(at, at, Optional.of(replicas));
    }

    @Test
    void p15RepairsAPoolThatIsStillLost() {
        Evaluation evaluation =
                failedOver()
                        .down("server:fe21.contoso.com", "server:fe22.contoso.com")
                        .since(Duration.ofMinutes(9))
                        .evaluate();
        Decision decision = Expect.forTarget(evaluation, HOME);
        assertEquals("P15", decision.rule());
        assertEquals(
                new Remedy.Repair(
                        "repair the home pool, then fail back in a quiet hour", Optional.empty()),
                decision.remedy());
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
        Expect.rejected(decision, Remediation.POOL_FAILBACK);
        Finding finding = Expect.finding(evaluation, FindingCode.POOL_QUORUM_LOST);
        assertEquals("P15", finding.rule());
        assertEquals(Severity.WARNING, finding.severity());
        assertEquals(NOON.minus(Duration.ofMinutes(9)), finding.since());
        Expect.nothingActs(evaluation);
    }

    @Test
    void p15DoesNotGoBackToAPoolThatCouldNotStartFromCold() {
        Evaluation evaluation = failedOver().down("server:fe23.contoso.com").evaluate();
        Expect.none(evaluation, Remediation.POOL_FAILBACK);
        assertEquals("F2", Expect.forTarget(evaluation, HOME).rule());
        Evaluation store =
                failedOver()
                        .down("sql:sql21.contoso.com/rtc", "sql:sql22.contoso.com/rtc")
                        .evaluate();
        Expect.none(store, Remediation.POOL_FAILBACK);
        Expect.none(store, Remediation.POOL_FAILOVER);
    }

    @Test
    void aPoolThatFailedBackIsActiveAgain() {
        assertEquals(Evaluation.NOTHING, home(PoolState.FAILED_BACK, Duration.ZERO).evaluate());
    }

    /** pool1, which carries both pools' users, is down for ten minutes. */
    private static Scene carrierLost() {
        return failedOver()
                .down(
                        "server:fe11.contoso.com",
                        "server:fe12.contoso.com",
                        "server:fe13.contoso.com")
                .since(Duration.ofMinutes(10));
    }

    @Test
    void p13GivesUpWhatWasWrittenSinceTheFailover() {
        Evaluation evaluation = carrierLost().evaluate();
        Decision decision = Expect.only(evaluation, Remediation.POOL_FAILBACK);
        assertEquals("P13", decision.rule());
        assertEquals(HOME, decision.target().toString());
        assertEquals(
                new Remedy.PoolFailback(
                        new PoolFqdn("pool2.contoso.com"), new PoolFqdn("pool1.contoso.com"), true),
                decision.remedy());
        assertEquals(
                new DataLoss.Bounded(Duration.ofHours(3).minusMinutes(10)), decision.dataLoss());
        Expect.onlyByPeople(decision, 2);
        assertEquals(
                List.of(
                        "HOME_POOL_REPAIRED=PASSED",
                        "HOME_POOL_STATE_FAILED_OVER=PASSED",
                        "BACKUP_POOL_SEEN_DOWN=PASSED",
                        "NO_OTHER_RUN=PASSED",
                        "COOL_DOWN_OVER=PASSED",
                        "LIMIT_KEPT=PASSED"),
                Expect.gate(decision));
        assertEquals(
                Optional.of(new DataLoss.None()),
                Expect.rejected(decision, Remediation.REPAIR).dataLoss());
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
        Finding finding = Expect.finding(evaluation, FindingCode.POOL_DOWN);
        assertEquals("P13", finding.rule());
        assertEquals(CARRIER, finding.target().toString());
        assertEquals(Severity.CRITICAL, finding.severity());
        assertEquals(NOON.minus(Duration.ofMinutes(10)), finding.since());
        Expect.none(evaluation, Remediation.POOL_FAILOVER);
    }

    @Test
    void p13NeverStartsByItself() {
        Expect.onlyByPeople(back(carrierLost().policy(Policies.AUTOMATE)), 2);
    }

    @Test
    void p13RepairsTheCarrierWhereTheHomePoolIsNotRepaired() {
        Evaluation evaluation = carrierLost().down("server:fe23.contoso.com").evaluate();
        Decision decision = Expect.forTarget(evaluation, CARRIER);
        assertEquals("P13", decision.rule());
        assertEquals(
                new Remedy.Repair(
                        "repair pool1.contoso.com, which carries all users", Optional.empty()),
                decision.remedy());
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
        Expect.rejected(decision, Remediation.POOL_FAILBACK);
        Expect.none(evaluation, Remediation.POOL_FAILOVER);
    }

    @Test
    void p13HasNothingToOfferWhereBothPoolsAreOut() {
        Evaluation evaluation =
                carrierLost().down("server:fe21.contoso.com", "server:fe22.contoso.com").evaluate();
        assertEquals("P12", Expect.forTarget(evaluation, CARRIER).rule());
        Expect.none(evaluation, Remediation.POOL_FAILBACK);
        Expect.none(evaluation, Remediation.POOL_FAILOVER);
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void p14WaitsForTheReleasesRecoveryTime(Release release) {
        Duration rto = release.poolFailoverRto();
        Evaluation waiting = failingOver(release, rto.minus(MOMENT)).evaluate();
        Decision decision = Expect.forTarget(waiting, HOME);
        assertEquals("P14", decision.rule());
        assertEquals(new Remedy.Wait(NOON.plus(MOMENT)), decision.remedy());
        Expect.rejected(decision, Remediation.POOL_FAILBACK);
        Finding down = Expect.finding(waiting, FindingCode.POOL_DOWN);
        assertEquals("P14", down.rule());
        assertEquals(NOON.minus(rto).plus(MOMENT), down.since());

        Evaluation stuck = failingOver(release, rto).evaluate();
        Decision repair = Expect.forTarget(stuck, HOME);
        assertEquals("P14", repair.rule());
        assertTrue(((Remedy.Repair) repair.remedy()).first().contains("run the same cmdlet again"));
        Expect.rejected(repair, Remediation.POOL_FAILBACK);
        Finding finding = Expect.finding(stuck, FindingCode.RUN_STUCK);
        assertEquals(Severity.CRITICAL, finding.severity());
        assertEquals(NOON.minus(rto), finding.since());
        Expect.nothingActs(stuck);
    }

    private static Scene failingOver(Release release, Duration since) {
        return new Scene(Contoso.USUAL.release(release))
                .factsSince(HOME, since, PoolTold.WELL.state(PoolState.FAILING_OVER).facts());
    }
}
