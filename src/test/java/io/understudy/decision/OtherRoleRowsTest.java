package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows O1 to O7: file shares, Edge, Mediation and Director pools. */
class OtherRoleRowsTest {

    private static final String EDGE = "pool:edge2.contoso.com";
    private static final String MEDIATION = "pool:med1.contoso.com";
    private static final String DIRECTORS = "pool:dir1.contoso.com";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static Scene all() {
        return new Scene(Grown.of(Contoso.USUAL).secondEdge().mediation().directors().estate());
    }

    private static Decision repaired(Scene scene, String target) {
        Evaluation evaluation = scene.evaluate();
        Expect.nothingActs(evaluation);
        Decision decision = Expect.forTarget(evaluation, target);
        assertEquals(Remediation.REPAIR, decision.remediation());
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
        return decision;
    }

    private static void found(
            Scene scene, FindingCode code, String row, Severity severity, Duration ago) {
        Finding finding = Expect.finding(scene.evaluate(), code);
        assertEquals(row, finding.rule());
        assertEquals(severity, finding.severity());
        assertEquals(Scene.NOON.minus(ago), finding.since());
        assertTrue(finding.confirmed());
    }

    private static String first(Decision decision) {
        return ((Remedy.Repair) decision.remedy()).first();
    }

    @Test
    void o1LeavesUsersWhereTheyAreWhenTheirFileShareIsDown() {
        for (String pool : List.of("pool1.contoso.com", "pool2.contoso.com")) {
            Scene scene = all().down("fileStore:" + pool).since(MINUTE);
            Decision decision = repaired(scene, "fileStore:" + pool);
            assertEquals("O1", decision.rule());
            assertTrue(first(decision).contains("Enable-CsTopology"));
            found(scene, FindingCode.FILE_STORE_LOST, "O1", Severity.WARNING, MINUTE);
            assertEquals(1, scene.evaluate().decisions().size());
        }
    }

    @Test
    void o2LeavesALostEdgeServerToTheOthers() {
        Scene scene = all().down("server:e1.contoso.com");
        Decision decision = repaired(scene, EDGE);
        assertEquals("O2", decision.rule());
        assertTrue(decision.reason().endsWith("1 of 2 servers are down."), decision::reason);
        assertEquals(List.of(), scene.evaluate().findings());
    }

    @Test
    void o3MovesWhatALostEdgePoolDid() {
        Scene scene = all().down("server:e1.contoso.com", "server:e2.contoso.com").since(MINUTE);
        Decision decision = repaired(scene, EDGE);
        assertEquals("O3", decision.rule());
        Expect.rejected(decision, Remediation.EDGE_NEXT_HOP_CHANGE);
        assertTrue(first(decision).startsWith("associate the site's pools"), first(decision));
        found(scene, FindingCode.EDGE_POOL_DOWN, "O3", Severity.CRITICAL, MINUTE);
    }

    @Test
    void o3MovesFederationWhereTheLostEdgePoolCarriedIt() {
        Scene scene = all().down("server:e11.contoso.com");
        Decision decision = repaired(scene, "pool:edge1.contoso.com");
        assertEquals("O3", decision.rule());
        assertTrue(first(decision).startsWith("it carries federation"), first(decision));
    }

    @Test
    void aPoolOfWhichNoServerIsHeardIsDownWhereItIsSeenDownAsAWhole() {
        Scene silent = all().down(EDGE).unheard("server:e1.contoso.com", "server:e2.contoso.com");
        assertEquals("O3", repaired(silent, EDGE).rule());
        assertEquals(Evaluation.NOTHING, all().down(EDGE).evaluate());
    }

    @Test
    void o4PointsEveryEdgePoolElsewhereBeforeItsPoolFailsOver() {
        Evaluation evaluation =
                all().down("server:fe11.contoso.com", "server:fe12.contoso.com").evaluate();
        List<Decision> changes = Expect.all(evaluation, Remediation.EDGE_NEXT_HOP_CHANGE);
        assertEquals(
                List.of("pool:edge1.contoso.com", EDGE),
                changes.stream().map(d -> d.target().toString()).toList());
        assertEquals(List.of(2, 3), changes.stream().map(Decision::order).toList());
        assertEquals(List.of(1, 2, 3), Expect.only(evaluation, Remediation.POOL_FAILOVER).after());
        Decision change = changes.getLast();
        assertEquals("O4", change.rule());
        assertEquals(new DataLoss.None(), change.dataLoss());
        assertEquals(Duration.ofMinutes(3), change.interruption().expected());
        Expect.onlyByPeople(change, 1);
        assertEquals(
                List.of(
                        "PAIR_LEGAL=PASSED",
                        "BACKUP_FRONT_ENDS_ABOVE_MINIMUM=PASSED",
                        "BACKUP_STORE_SERVING=PASSED",
                        "BACKUP_POOL_STATE_ACTIVE=PASSED",
                        "HOME_POOL_SEEN_DOWN=PASSED",
                        "CMS_WRITABLE=PASSED",
                        "NO_OTHER_RUN=PASSED",
                        "COOL_DOWN_OVER=PASSED",
                        "LIMIT_KEPT=PASSED"),
                Expect.gate(change));
        assertEquals("O4", Expect.finding(evaluation, FindingCode.EDGE_NEXT_HOP_DOWN).rule());
    }

    @Test
    void o4LeavesAnEdgePoolThatIsToldToPointElsewhere() {
        Scene scene = all().down("server:fe11.contoso.com", "server:fe12.contoso.com");
        scene.facts(EDGE, PoolTold.NOTHING.nextHop("pool2.contoso.com").facts());
        assertEquals(
                "pool:edge1.contoso.com",
                Expect.only(scene.evaluate(), Remediation.EDGE_NEXT_HOP_CHANGE)
                        .target()
                        .toString());
    }

    @Test
    void o5LeavesALostMediationServerToTheOthers() {
        Scene scene = all().down("server:m1.contoso.com");
        Decision decision = repaired(scene, MEDIATION);
        assertEquals("O5", decision.rule());
        assertTrue(first(decision).contains("46046"));
        assertEquals(List.of(), scene.evaluate().findings());
    }

    @Test
    void o5RoutesCallsElsewhereWhereTheMediationPoolIsLost() {
        Scene scene = all().down("server:m1.contoso.com", "server:m2.contoso.com").since(MINUTE);
        Decision decision = repaired(scene, MEDIATION);
        assertEquals("O5", decision.rule());
        assertTrue(first(decision).startsWith("see that routes name another trunk"));
        found(scene, FindingCode.MEDIATION_POOL_DOWN, "O5", Severity.CRITICAL, MINUTE);
    }

    @Test
    void o6RoutesCallsElsewhereWhereNoGatewayAnswers() {
        Scene scene = all();
        scene.factsSince(MEDIATION, MINUTE, PoolTold.NOTHING.gatewaysDown(true).facts());
        Decision decision = repaired(scene, MEDIATION);
        assertEquals("O6", decision.rule());
        found(scene, FindingCode.MEDIATION_POOL_DOWN, "O6", Severity.CRITICAL, MINUTE);
        scene.down("server:m1.contoso.com");
        assertEquals("O6", repaired(scene, MEDIATION).rule());
    }

    @Test
    void o6IsSilentWhereGatewaysAnswerOrWereNotHeardOf() {
        assertEquals(
                Evaluation.NOTHING,
                all().facts(MEDIATION, PoolTold.NOTHING.gatewaysDown(false).facts()).evaluate());
        Duration age = Policy.DEFAULT.thresholds().maxAge();
        Scene stale = all().facts(MEDIATION, PoolTold.NOTHING.gatewaysDown(true).facts());
        assertEquals(
                "O6", repaired(stale.factsAt(MEDIATION, Scene.NOON.minus(age)), MEDIATION).rule());
        stale.factsAt(MEDIATION, Scene.NOON.minus(age).minusMillis(1));
        assertEquals(Evaluation.NOTHING, stale.evaluate());
    }

    @Test
    void o7DoesWithoutADirector() {
        Scene one = all().down("server:d1.contoso.com");
        assertEquals("O7", repaired(one, DIRECTORS).rule());
        assertEquals("repair the Director", first(repaired(one, DIRECTORS)));
        assertEquals(List.of(), one.evaluate().findings());
        Scene both = all().down("server:d1.contoso.com", "server:d2.contoso.com").since(MINUTE);
        Decision decision = repaired(both, DIRECTORS);
        assertEquals("O7", decision.rule());
        assertTrue(first(decision).startsWith("point SIP DNS records"));
        found(both, FindingCode.DIRECTOR_POOL_DOWN, "O7", Severity.WARNING, MINUTE);
    }

    @Test
    void noPoolOfAnotherRoleIsEverFailedOver() {
        Scene scene =
                all().down(
                                "server:e1.contoso.com",
                                "server:e2.contoso.com",
                                "server:m1.contoso.com",
                                "server:m2.contoso.com",
                                "server:d1.contoso.com",
                                "server:d2.contoso.com",
                                "fileStore:pool1.contoso.com")
                        .since(Duration.ofDays(30));
        Expect.none(scene.evaluate(), Remediation.POOL_FAILOVER);
        Expect.nothingActs(scene.evaluate());
        assertFalse(scene.evaluate().decisions().isEmpty());
    }
}
