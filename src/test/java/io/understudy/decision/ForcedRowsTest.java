package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.DatabaseType;
import io.understudy.estate.Position;
import io.understudy.estate.StoreName;
import io.understudy.health.ExportStatus;
import io.understudy.health.MirroringState;
import io.understudy.health.PoolState;
import io.understudy.health.Safety;
import io.understudy.health.Status;
import io.understudy.health.WitnessState;
import io.understudy.testing.Contoso;
import io.understudy.testing.Policies;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import io.understudy.testing.StoreTold;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Rows B2 and B4: the principal is lost and the mirror was not in step. Mending the principal,
 * forcing the mirror and failing the pool over are compared by what they lose.
 */
class ForcedRowsTest {

    private static final String STORE = "store:be1";
    private static final String POOL = "pool:pool1.contoso.com";
    private static final String P = "sql:sql11.contoso.com/rtc";
    private static final String M = "sql:sql12.contoso.com/rtc";
    private static final String W = "sql:sqlw1.contoso.com/rtc";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static StoreTold told(Scene scene, MirroringState state) {
        return StoreTold.mirrored(scene.store("be1"), state, Position.PRIMARY);
    }

    /** The principal is lost at noon; the mirror was in step so long before, and not since. */
    private static Scene behind(Contoso contoso, Duration gap) {
        Scene scene = new Scene(contoso).down(P);
        return scene.factsBefore(
                        STORE,
                        Scene.NOON.minus(gap),
                        told(scene, MirroringState.SYNCHRONIZED).facts())
                .facts(STORE, told(scene, MirroringState.SYNCHRONIZING).facts());
    }

    private static Scene behind(Duration gap) {
        return behind(Contoso.USUAL, gap);
    }

    private static Decision decided(Scene scene) {
        return Expect.forTarget(scene.evaluate(), STORE);
    }

    @Test
    void twoPeopleAreNeededForAForcedMirrorWhateverItsMode() {
        Policy observe =
                Policies.with(
                        List.of(
                                new Policy.ModeRule(
                                        Optional.empty(), Optional.empty(), Mode.OBSERVE)));
        Decision decision =
                Expect.only(
                        behind(MINUTE).policy(observe).evaluate(),
                        Remediation.FORCED_MIRROR_FAILOVER);
        assertEquals(Mode.OBSERVE, decision.mode());
        assertEquals(2, decision.approvalsRequired());
    }

    @Test
    void b4ForcesTheMirrorWhereThatLosesLessThanThePool() {
        Evaluation evaluation = behind(MINUTE).evaluate();
        Decision decision = Expect.only(evaluation, Remediation.FORCED_MIRROR_FAILOVER);
        assertEquals("B4", decision.rule());
        Remedy.ForcedMirrorFailover remedy = (Remedy.ForcedMirrorFailover) decision.remedy();
        assertEquals(new StoreName("be1"), remedy.store());
        assertEquals("sql12.contoso.com/rtc", remedy.to().toString());
        assertEquals(Position.MIRROR, remedy.newPrincipal());
        assertEquals(
                List.of(DatabaseType.USER, DatabaseType.APPLICATION, DatabaseType.CENTRAL_MGMT),
                remedy.types());
        assertEquals(new DataLoss.Bounded(MINUTE), decision.dataLoss());
        Expect.onlyByPeople(decision, 2);
        assertFalse(decision.blocked(), decision::toString);
        assertEquals(
                List.of(
                        "PRINCIPAL_SEEN_DOWN=PASSED",
                        "MIRROR_REACHABLE=PASSED",
                        "WITNESS_ALLOWS=PASSED",
                        "MIRROR_SYNCHRONIZED=FAILED?",
                        "FRONT_END_QUORUM_KEPT=PASSED",
                        "NO_OTHER_RUN=PASSED",
                        "COOL_DOWN_OVER=PASSED",
                        "LIMIT_KEPT=PASSED"),
                Expect.gate(decision));
        assertEquals(
                Optional.of(new DataLoss.None()),
                Expect.rejected(decision, Remediation.REPAIR).dataLoss());
        Rejected pool = Expect.rejected(decision, Remediation.POOL_FAILOVER);
        assertEquals("B9", pool.rule());
        assertEquals(Optional.of(new DataLoss.Bounded(Duration.ofMinutes(5))), pool.dataLoss());
        assertEquals(Duration.ofMinutes(20), pool.interruption().orElseThrow().target());
        Expect.rejected(decision, Remediation.MIRROR_FAILOVER);
        Finding finding = Expect.finding(evaluation, FindingCode.PRINCIPAL_LOST);
        assertEquals("B4", finding.rule());
        assertEquals(Severity.CRITICAL, finding.severity());
        assertEquals(Scene.NOON, finding.since());
        assertEquals(1, evaluation.decisions().size());
    }

    @Test
    void b4WaitsForThePrincipalWhereForcingLosesMoreThanThePool() {
        Duration rpo = Duration.ofMinutes(5);
        assertEquals(Remediation.FORCED_MIRROR_FAILOVER, decided(behind(rpo)).remediation());
        Decision decision = decided(behind(rpo.plusMillis(1)));
        assertEquals("B4", decision.rule());
        assertEquals(
                new Remedy.Repair(
                        "bring the principal sql11.contoso.com/rtc back",
                        Optional.of(Scene.NOON.plus(Duration.ofMinutes(30)))),
                decision.remedy());
        Rejected forced = Expect.rejected(decision, Remediation.FORCED_MIRROR_FAILOVER);
        assertEquals(Optional.of(new DataLoss.Bounded(rpo.plusMillis(1))), forced.dataLoss());
        assertEquals(Duration.ofMinutes(5), forced.interruption().orElseThrow().target());
        assertEquals(
                Optional.of(new DataLoss.Bounded(rpo)),
                Expect.rejected(decision, Remediation.POOL_FAILOVER).dataLoss());
    }

    @Test
    void b4ComparesWithWhatThePoolsBackupServiceReallyHas() {
        Scene better =
                behind(MINUTE)
                        .facts(POOL, PoolTold.WELL.behindSince(Scene.NOON.minus(MINUTE)).facts());
        assertEquals(Remediation.FORCED_MIRROR_FAILOVER, decided(better).remediation());
        Scene worse =
                behind(MINUTE)
                        .facts(
                                POOL,
                                PoolTold.WELL
                                        .behindSince(Scene.NOON.minus(MINUTE).plusSeconds(1))
                                        .facts());
        assertEquals(Remediation.REPAIR, decided(worse).remediation());
    }

    @Test
    void b4ForcesRatherThanLoseWhatNobodyKnows() {
        Scene unknown = behind(Duration.ofDays(1));
        unknown.pool("pool1.contoso.com", PoolState.ACTIVE, ExportStatus.ERROR_STATE);
        Decision decision = decided(unknown);
        assertEquals(Remediation.FORCED_MIRROR_FAILOVER, decision.remediation());
        assertEquals(new DataLoss.Bounded(Duration.ofDays(1)), decision.dataLoss());
        assertEquals(
                Optional.of(new DataLoss.Unknown()),
                Expect.rejected(decision, Remediation.POOL_FAILOVER).dataLoss());
    }

    @Test
    void b4OfAPoolWithoutPairHasNothingToCompareWith() {
        Decision decision = decided(behind(Contoso.USUAL.unpaired(), Duration.ofDays(1)));
        assertEquals(Remediation.FORCED_MIRROR_FAILOVER, decision.remediation());
        assertEquals(
                Optional.empty(), Expect.rejected(decision, Remediation.POOL_FAILOVER).dataLoss());
    }

    @Test
    void theWorstDatabaseSaysWhatIsLost() {
        Scene scene = new Scene(Contoso.USUAL).down(P);
        StoreTold all = told(scene, MirroringState.SYNCHRONIZED);
        scene.factsBefore(STORE, Scene.NOON.minus(Duration.ofMinutes(3)), all.facts())
                .facts(STORE, all.state("rtcshared", MirroringState.SUSPENDED).facts());
        Decision decision = decided(scene);
        assertEquals(Remediation.FORCED_MIRROR_FAILOVER, decision.remediation());
        assertEquals(new DataLoss.Bounded(Duration.ofMinutes(3)), decision.dataLoss());
    }

    @Test
    void aMirrorWithSafetyOffIsNotInStepWhateverItSays() {
        Scene scene = new Scene(Contoso.USUAL).down(P);
        scene.facts(STORE, told(scene, MirroringState.SYNCHRONIZED).safety(Safety.OFF).facts());
        Decision decision = decided(scene);
        assertEquals("B4", decision.rule());
        Expect.rejected(decision, Remediation.MIRROR_FAILOVER);
    }

    @Test
    void nothingIsForcedOnAMirrorOfWhichNothingIsKnown() {
        Scene untold = new Scene(Contoso.USUAL).down(P).facts(STORE, StoreTold.nothing().facts());
        assertEquals(Remediation.REPAIR, decided(untold).remediation());
        assertEquals(
                Optional.of(new DataLoss.Unknown()),
                Expect.rejected(decided(untold), Remediation.FORCED_MIRROR_FAILOVER).dataLoss());
        assertEquals(Remediation.REPAIR, decided(behind(MINUTE).unheard(M)).remediation());
    }

    @Test
    void nothingIsForcedWhileThePrincipalMayServe() {
        Scene one = behind(MINUTE);
        one.by("o-lisbon", Status.UP, P);
        Expect.none(one.evaluate(), Remediation.FORCED_MIRROR_FAILOVER);
        Expect.none(behind(MINUTE).unheard(P).evaluate(), Remediation.FORCED_MIRROR_FAILOVER);
    }

    @Test
    void nothingIsForcedForAPoolBelowItsNumber() {
        Evaluation evaluation =
                behind(MINUTE)
                        .down("server:fe11.contoso.com", "server:fe12.contoso.com")
                        .evaluate();
        Expect.none(evaluation, Remediation.FORCED_MIRROR_FAILOVER);
        assertEquals("F6", Expect.forTarget(evaluation, STORE).rule());
    }

    @Test
    void forcingNeverStartsByItself() {
        Expect.onlyByPeople(decided(behind(MINUTE).policy(Policies.AUTOMATE)), 2);
    }

    @Test
    void b2ForcesTheMirrorThatIsLinkedToItsWitness() {
        Decision decision = decided(behind(Contoso.USUAL.withWitness(), MINUTE));
        assertEquals("B2", decision.rule());
        assertEquals(Remediation.FORCED_MIRROR_FAILOVER, decision.remediation());
        assertEquals(ClauseResult.PASSED, Expect.clause(decision, Clause.WITNESS_ALLOWS));
        Expect.onlyByPeople(decision, 2);
    }

    @Test
    void b2DoesNotForceWithoutTheWitness() {
        Decision unheard = decided(behind(Contoso.USUAL.withWitness(), MINUTE).unheard(W));
        assertEquals("B2", unheard.rule());
        assertEquals(Remediation.REPAIR, unheard.remediation());
        assertTrue(
                Expect.rejected(unheard, Remediation.FORCED_MIRROR_FAILOVER)
                        .because()
                        .contains("witness"));
        assertEquals("B10", decided(behind(Contoso.USUAL.withWitness(), MINUTE).down(W)).rule());
    }

    @Test
    void b2AppliesToAMirrorInStepWhoseWitnessWasAwayWhenThePrincipalWasLost() {
        Scene scene = new Scene(Contoso.USUAL.withWitness()).down(P);
        scene.facts(
                STORE,
                told(scene, MirroringState.SYNCHRONIZED)
                        .witness(WitnessState.DISCONNECTED)
                        .facts());
        Decision decision = decided(scene);
        assertEquals("B2", decision.rule());
        assertEquals(Remediation.FORCED_MIRROR_FAILOVER, decision.remediation());
        assertEquals(new DataLoss.Bounded(Duration.ZERO), decision.dataLoss());
        assertEquals(ClauseResult.PASSED, Expect.clause(decision, Clause.MIRROR_SYNCHRONIZED));
        Expect.onlyByPeople(decision, 2);
    }
}
