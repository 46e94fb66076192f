package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.DatabaseType;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.StoreName;
import io.understudy.health.MirroringState;
import io.understudy.health.Status;
import io.understudy.testing.Contoso;
import io.understudy.testing.Policies;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Row B5: a principal that lives is to be serviced, or is slow. */
class PlannedSwitchRowsTest {

    private static final String STORE = "store:be1";
    private static final String PRIMARY = "sql:sql11.contoso.com/rtc";
    private static final String MIRROR = "sql:sql12.contoso.com/rtc";
    private static final Duration MOMENT = Duration.ofMillis(1);

    private static Scene switching(Contoso contoso) {
        return new Scene(contoso).planned(Remediation.MIRROR_FAILOVER, STORE);
    }

    private static Decision switched(Scene scene) {
        return Expect.only(scene.evaluate(), Remediation.MIRROR_FAILOVER);
    }

    @Test
    void b5SwitchesAStoreThatIsToBeServicedWithoutForce() {
        Evaluation evaluation = switching(Contoso.USUAL.withWitness()).evaluate();
        Decision decision = Expect.only(evaluation, Remediation.MIRROR_FAILOVER);
        assertEquals("B5", decision.rule());
        assertEquals(STORE, decision.target().toString());
        Remedy.MirrorFailover remedy = (Remedy.MirrorFailover) decision.remedy();
        assertEquals(new StoreName("be1"), remedy.store());
        assertEquals(new PoolFqdn("pool1.contoso.com"), remedy.pool());
        assertEquals("sql12.contoso.com/rtc", remedy.to().toString());
        assertEquals(Position.MIRROR, remedy.newPrincipal());
        assertFalse(remedy.principalInaccessible());
        assertEquals(
                List.of(DatabaseType.USER, DatabaseType.APPLICATION, DatabaseType.CENTRAL_MGMT),
                remedy.types());
        assertEquals(Mode.AUTOMATE, decision.mode());
        assertEquals(0, decision.approvalsRequired());
        assertEquals(new DataLoss.None(), decision.dataLoss());
        assertEquals(Duration.ofSeconds(20), decision.interruption().expected());
        assertEquals(Duration.ofMinutes(5), decision.interruption().target());
        assertEquals(
                List.of(
                        "MIRROR_REACHABLE=PASSED",
                        "ALL_SYNCHRONIZED=PASSED",
                        "WITNESS_ALLOWS=PASSED",
                        "FRONT_END_QUORUM_KEPT=PASSED",
                        "NO_OTHER_RUN=PASSED",
                        "COOL_DOWN_OVER=PASSED",
                        "LIMIT_KEPT=PASSED"),
                Expect.gate(decision));
        Expect.rejected(decision, Remediation.FORCED_MIRROR_FAILOVER);
        assertTrue(decision.reason().endsWith("asked for as planned work."), decision::reason);
        assertEquals(List.of(), evaluation.findings());
        assertEquals(1, evaluation.decisions().size());
    }

    @Test
    void b5SwitchesBackAsWell() {
        Scene scene = switching(Contoso.USUAL);
        scene.mirroring("be1", MirroringState.SYNCHRONIZED, Position.MIRROR);
        Remedy.MirrorFailover remedy = (Remedy.MirrorFailover) switched(scene).remedy();
        assertEquals("sql11.contoso.com/rtc", remedy.to().toString());
        assertEquals(Position.PRIMARY, remedy.newPrincipal());
    }

    @ParameterizedTest
    @EnumSource(
            value = MirroringState.class,
            names = {"SYNCHRONIZING", "PENDING_FAILOVER", "UNKNOWN"})
    void b5DoesNotSwitchUnlessEverythingIsSynchronized(MirroringState state) {
        Scene scene = switching(Contoso.USUAL);
        Decision decision = switched(scene.mirroring("be1", state, Position.PRIMARY));
        assertEquals(ClauseResult.FAILED, Expect.clause(decision, Clause.ALL_SYNCHRONIZED));
        assertTrue(decision.blocked());
    }

    @Test
    void b5DoesNotSwitchOnWhatWasToldTooLongAgo() {
        Duration age = Policy.DEFAULT.thresholds().maxAge();
        assertFalse(
                switched(switching(Contoso.USUAL).factsAt(STORE, Scene.NOON.minus(age))).blocked());
        assertTrue(
                switched(
                                switching(Contoso.USUAL)
                                        .factsAt(STORE, Scene.NOON.minus(age).minus(MOMENT)))
                        .blocked());
    }

    @Test
    void b5DoesNotTakeTheLastVoteOfAnEvenSizedPool() {
        Contoso four = Contoso.USUAL.frontEnds(4);
        Decision spare = switched(switching(four).down("server:fe11.contoso.com"));
        assertEquals(ClauseResult.PASSED, Expect.clause(spare, Clause.FRONT_END_QUORUM_KEPT));
        Decision last =
                switched(
                        switching(four).down("server:fe11.contoso.com", "server:fe12.contoso.com"));
        assertEquals(ClauseResult.FAILED, Expect.clause(last, Clause.FRONT_END_QUORUM_KEPT));
        assertTrue(last.blocked());
    }

    @Test
    void b5CountsTheVoteOfOddSizedPoolsOnlyWhereThePolicySaysSo() {
        Scene odd = switching(Contoso.USUAL).down("server:fe11.contoso.com");
        assertFalse(switched(odd).blocked());
        odd.policy(Policies.with(Policy.PrimaryStoreVotes.ALL_POOLS));
        assertEquals(
                ClauseResult.FAILED, Expect.clause(switched(odd), Clause.FRONT_END_QUORUM_KEPT));
    }

    @Test
    void b5TakesNoVoteOnTheWayBackToThePrimary() {
        Scene scene = switching(Contoso.USUAL.frontEnds(4));
        scene.down("server:fe11.contoso.com", "server:fe12.contoso.com")
                .mirroring("be1", MirroringState.SYNCHRONIZED, Position.MIRROR);
        assertFalse(switched(scene).blocked());
    }

    @Test
    void b5SwitchesNothingWhereAPartnerIsLost() {
        assertEquals("B3", switched(switching(Contoso.USUAL).down(PRIMARY)).rule());
        Evaluation mirror = switching(Contoso.USUAL).down(MIRROR).evaluate();
        assertEquals("B7", Expect.forTarget(mirror, STORE).rule());
        Expect.none(mirror, Remediation.MIRROR_FAILOVER);
        Evaluation witness =
                switching(Contoso.USUAL.withWitness()).down("sql:sqlw1.contoso.com/rtc").evaluate();
        assertEquals("B8", Expect.forTarget(witness, STORE).rule());
        Expect.none(witness, Remediation.MIRROR_FAILOVER);
        Decision unheard = switched(switching(Contoso.USUAL).unheard(MIRROR));
        assertEquals(ClauseResult.FAILED, Expect.clause(unheard, Clause.MIRROR_REACHABLE));
    }

    @Test
    void b5IsAboutTheStoreThatWasAskedFor() {
        Scene other = new Scene(Contoso.USUAL).planned(Remediation.MIRROR_FAILOVER, "store:be2");
        assertEquals("store:be2", switched(other).target().toString());
        Scene pool = new Scene(Contoso.USUAL).planned(Remediation.POOL_FAILOVER, STORE);
        assertEquals(Evaluation.NOTHING, pool.evaluate());
    }

    @Test
    void b5LeavesASlowPrincipalWhereItIs() {
        Evaluation evaluation = new Scene(Contoso.USUAL).all(Status.DEGRADED, PRIMARY).evaluate();
        Decision decision = Expect.forTarget(evaluation, STORE);
        assertEquals("B5", decision.rule());
        assertEquals(Remediation.REPAIR, decision.remediation());
        assertTrue(
                ((Remedy.Repair) decision.remedy())
                        .first()
                        .startsWith("find what loads sql11.contoso.com/rtc"));
        Expect.rejected(decision, Remediation.MIRROR_FAILOVER);
        assertEquals(
                Evaluation.NOTHING,
                new Scene(Contoso.USUAL).all(Status.DEGRADED, MIRROR).evaluate());
        Scene asked = switching(Contoso.USUAL).all(Status.DEGRADED, PRIMARY);
        assertFalse(switched(asked).blocked(), "planned work on a slow principal");
    }
}
