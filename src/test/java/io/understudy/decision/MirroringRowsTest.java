package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.ComponentId;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Position;
import io.understudy.health.MirroringState;
import io.understudy.health.Status;
import io.understudy.testing.Contoso;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows B1 to B11 of the decision table. */
class MirroringRowsTest {

    private static final String P = "sql:sql11.contoso.com/rtc";
    private static final String M = "sql:sql12.contoso.com/rtc";
    private static final String W = "sql:sqlw1.contoso.com/rtc";

    private static Scene plain() {
        return new Scene(Contoso.USUAL);
    }

    private static Scene witnessed() {
        return new Scene(Contoso.USUAL.withWitness());
    }

    @Test
    void nothingIsDecidedWhileEverythingIsUp() {
        assertEquals(Evaluation.NOTHING, plain().evaluate());
        assertEquals(Evaluation.NOTHING, witnessed().evaluate());
    }

    @Test
    void b3MakesASynchronizedMirrorPrincipalWhereNoWitnessDoes() {
        Evaluation evaluation = plain().down(P).evaluate();

        Decision decision = Expect.only(evaluation, Remediation.MIRROR_FAILOVER);
        assertEquals("B3", decision.rule());
        assertEquals("store:be1", decision.target().toString());
        assertEquals(Mode.AUTOMATE, decision.mode());
        assertEquals(0, decision.approvalsRequired());
        assertEquals(new DataLoss.None(), decision.dataLoss());
        assertFalse(decision.blocked());
        Remedy.MirrorFailover remedy =
                assertInstanceOf(Remedy.MirrorFailover.class, decision.remedy());
        assertEquals("sql12.contoso.com/rtc", remedy.to().toString());
        assertEquals(Position.MIRROR, remedy.newPrincipal());
        assertTrue(remedy.principalInaccessible());
        assertEquals(
                List.of(DatabaseType.USER, DatabaseType.APPLICATION, DatabaseType.CENTRAL_MGMT),
                remedy.types());
        assertEquals("P1", Expect.rejected(decision, Remediation.POOL_FAILOVER).rule());
        assertEquals("B3", Expect.finding(evaluation, FindingCode.PRINCIPAL_LOST).rule());
        assertEquals(1, evaluation.decisions().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"o-redmond", "o-dublin", "o-lisbon"})
    void oneObserverAloneLeadsToAFindingAndNothingMore(String observer) {
        Scene scene = plain().silent("o-redmond", "o-dublin", "o-lisbon");
        scene.by(observer, Status.DOWN, P)
                .by(observer, Status.UP, M, "store:be1", "pool:pool1.contoso.com");
        Evaluation evaluation = scene.evaluate();

        Expect.nothingActs(evaluation);
        Finding finding = Expect.finding(evaluation, FindingCode.PRINCIPAL_LOST);
        assertFalse(finding.confirmed());
        assertEquals("P8", finding.rule());
        assertEquals(Remediation.NONE, Expect.forTarget(evaluation, "store:be1").remediation());
    }

    @Test
    void anObserverThatStillSeesThePrincipalForbidsTheFailover() {
        Evaluation evaluation = plain().by(Scene.OUTSIDE, Status.DOWN, P).evaluate();
        Expect.nothingActs(evaluation);
        assertFalse(Expect.finding(evaluation, FindingCode.PRINCIPAL_LOST).confirmed());
    }

    @Test
    void staleEvidenceDecidesNothing() {
        Duration age = Policy.DEFAULT.thresholds().maxAge();
        assertEquals(
                "B3",
                Expect.only(plain().down(P).later(age).evaluate(), Remediation.MIRROR_FAILOVER)
                        .rule());
        assertEquals(Evaluation.NOTHING, plain().down(P).later(age.plusMillis(1)).evaluate());
    }

    @Test
    void aMirroringStateFromLongBeforeTheLossProvesNothing() {
        Instant old = Scene.NOON.minus(Policy.DEFAULT.thresholds().maxAge()).minusMillis(1);
        Evaluation evaluation = plain().down(P).factsAt("store:be1", old).evaluate();
        Expect.nothingActs(evaluation);
        assertEquals("B4", Expect.only(evaluation, Remediation.REPAIR).rule());
        assertTrue(Expect.all(evaluation, Remediation.MIRROR_FAILOVER).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(
            value = MirroringState.class,
            names = {"SYNCHRONIZED"},
            mode = EnumSource.Mode.EXCLUDE)
    void b4NeverFailsOverToAMirrorThatIsNotProvenSynchronized(MirroringState state) {
        Evaluation evaluation =
                plain().down(P).mirroring("be1", state, Position.PRIMARY).evaluate();
        Decision decision = Expect.only(evaluation, Remediation.REPAIR);
        assertEquals("B4", decision.rule());
        Expect.rejected(decision, Remediation.MIRROR_FAILOVER);
        Expect.rejected(decision, Remediation.FORCED_MIRROR_FAILOVER);
        Expect.nothingActs(evaluation);
    }

    @Test
    void aFailoverRunningAlreadyBlocksASecondOne() {
        KnownRun run =
                new KnownRun(
                        "run-1",
                        Remediation.MIRROR_FAILOVER,
                        Expect.forTarget(plain().down(P).evaluate(), "store:be1").target(),
                        RunState.RUNNING,
                        Optional.empty());
        Decision decision =
                Expect.only(plain().down(P).run(run).evaluate(), Remediation.MIRROR_FAILOVER);
        assertTrue(decision.blocked());
        assertEquals(ClauseResult.FAILED, Expect.clause(decision, Clause.NO_OTHER_RUN));
    }

    @Test
    void aFailoverThatJustEndedIsNotRepeatedWithinTheCoolDown() {
        Duration coolDown = Setting.COOL_DOWN.otherwise().orElseThrow();
        Decision inside =
                Expect.only(
                        plain().down(P)
                                .run(ended(Scene.NOON.minus(coolDown).plusMillis(1)))
                                .evaluate(),
                        Remediation.MIRROR_FAILOVER);
        assertTrue(inside.blocked());
        Decision outside =
                Expect.only(
                        plain().down(P).run(ended(Scene.NOON.minus(coolDown))).evaluate(),
                        Remediation.MIRROR_FAILOVER);
        assertFalse(outside.blocked());
    }

    private static KnownRun ended(Instant at) {
        return new KnownRun(
                "run-1",
                Remediation.MIRROR_FAILOVER,
                ComponentId.parse("store:be1"),
                RunState.FAILED,
                Optional.of(at));
    }

    @Test
    void b1WaitsForSqlServerToFailOverByItself() {
        Evaluation evaluation = witnessed().down(P).evaluate();
        Decision decision = Expect.only(evaluation, Remediation.WAIT);
        assertEquals("B1", decision.rule());
        assertEquals(new Remedy.Wait(Scene.NOON.plusSeconds(60)), decision.remedy());
        Expect.rejected(decision, Remediation.MIRROR_FAILOVER);
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
    }

    @Test
    void b1MovesByCommandWhatSqlServerHasNotMovedInItsTime() {
        assertEquals(
                "B1",
                Expect.only(
                                witnessed().down(P).since(Duration.ofSeconds(59)).evaluate(),
                                Remediation.WAIT)
                        .rule());
        Decision decision =
                Expect.only(
                        witnessed().down(P).since(Duration.ofSeconds(60)).evaluate(),
                        Remediation.MIRROR_FAILOVER);
        assertEquals("B1", decision.rule());
        assertFalse(decision.blocked());
    }

    @Test
    void afterAnAutomaticFailoverOnlyTheLostMirrorIsLeftToMend() {
        Evaluation evaluation =
                witnessed()
                        .down(P)
                        .mirroring("be1", MirroringState.DISCONNECTED, Position.MIRROR)
                        .evaluate();
        assertEquals("B6", Expect.only(evaluation, Remediation.REPAIR).rule());
        Expect.finding(evaluation, FindingCode.MIRROR_LOST);
        Expect.finding(evaluation, FindingCode.RUNNING_ON_MIRROR);
        Expect.nothingActs(evaluation);
    }

    @Test
    void b2WaitsForAPersonWhenTheMirrorWasNotInStep() {
        Evaluation evaluation =
                witnessed()
                        .down(P)
                        .mirroring("be1", MirroringState.SYNCHRONIZING, Position.PRIMARY)
                        .evaluate();
        assertEquals("B2", Expect.only(evaluation, Remediation.REPAIR).rule());
        Expect.nothingActs(evaluation);
    }

    @Test
    void b6AndB7LeaveTheLostMirrorToAPerson() {
        assertEquals("B7", Expect.only(plain().down(M).evaluate(), Remediation.REPAIR).rule());
        Evaluation evaluation = witnessed().down(M).evaluate();
        assertEquals("B6", Expect.only(evaluation, Remediation.REPAIR).rule());
        assertEquals(
                Severity.WARNING, Expect.finding(evaluation, FindingCode.MIRROR_LOST).severity());
        Expect.rejected(Expect.only(evaluation, Remediation.REPAIR), Remediation.POOL_FAILOVER);
    }

    @Test
    void b8LeavesTheLostWitnessToAPerson() {
        Evaluation evaluation = witnessed().down(W).evaluate();
        assertEquals("B8", Expect.only(evaluation, Remediation.REPAIR).rule());
        Expect.finding(evaluation, FindingCode.WITNESS_LOST);
    }

    @Test
    void b9GivesPeopleTheBudgetBeforeThePoolFailsOver() {
        Evaluation inside =
                plain().down(P, M).since(Duration.ofMinutes(30).minusMillis(1)).evaluate();
        assertEquals("B9", Expect.only(inside, Remediation.REPAIR).rule());
        Expect.nothingActs(inside);

        Evaluation spent = plain().down(P, M).since(Duration.ofMinutes(30)).evaluate();
        Decision failover = Expect.only(spent, Remediation.POOL_FAILOVER);
        assertEquals("B9", failover.rule());
        assertTrue(((Remedy.PoolFailover) failover.remedy()).disasterMode());
        assertEquals(Mode.ADVISE, failover.mode());
        assertFalse(failover.blocked());
        Expect.rejected(failover, Remediation.MIRROR_FAILOVER);
        assertEquals("P2", Expect.only(spent, Remediation.CMS_FAILOVER).rule());
    }

    @Test
    void b10DoesNotForceAMirrorThatHasLostItsWitness() {
        Evaluation evaluation = witnessed().down(P, W).evaluate();
        assertEquals("B10", Expect.only(evaluation, Remediation.REPAIR).rule());
        Expect.finding(evaluation, FindingCode.SQL_QUORUM_LOST);
        Expect.nothingActs(evaluation);
    }

    @Test
    void b11SeesThatAPrincipalWithoutPartnersDoesNotServe() {
        Evaluation evaluation = witnessed().down(M, W).evaluate();
        assertEquals("B11", Expect.only(evaluation, Remediation.REPAIR).rule());
        assertEquals(
                Severity.CRITICAL,
                Expect.finding(evaluation, FindingCode.SQL_QUORUM_LOST).severity());
    }

    @Test
    void b14LeavesAStoreThatRunsOnItsMirrorAlone() {
        Evaluation evaluation =
                plain().mirroring("be1", MirroringState.SYNCHRONIZED, Position.MIRROR).evaluate();
        Decision decision = Expect.only(evaluation, Remediation.NONE);
        assertEquals("B14", decision.rule());
        Expect.rejected(decision, Remediation.MIRROR_FAILBACK);
        assertEquals(
                Severity.INFO,
                Expect.finding(evaluation, FindingCode.RUNNING_ON_MIRROR).severity());
    }

    @Test
    void aMirrorThatNobodyHearsIsNotMadePrincipal() {
        Expect.nothingActs(plain().down(P).unheard(M).evaluate());
    }
}
