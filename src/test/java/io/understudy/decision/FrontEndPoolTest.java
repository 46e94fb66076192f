package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.health.Facts;
import io.understudy.health.ServiceState;
import io.understudy.health.Status;
import io.understudy.testing.Contoso;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a Front End pool stands, since when, and on whose word (domain.md 3). */
class FrontEndPoolTest {

    private static final String POOL = "pool:pool2.contoso.com";
    private static final String PRIMARY = "sql:sql21.contoso.com/rtc";
    private static final String STORE = "store:be1";
    private static final String PRINCIPAL = "sql:sql11.contoso.com/rtc";
    private static final Duration EARLIER = Duration.ofMinutes(10);

    private static String[] fes(int pool, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> "server:fe" + pool + i + ".contoso.com")
                .toArray(String[]::new);
    }

    private static Scene of(int servers) {
        return new Scene(Contoso.USUAL.frontEnds(servers));
    }

    private static Finding lost(Scene scene) {
        return Expect.finding(scene.evaluate(), FindingCode.POOL_QUORUM_LOST);
    }

    @Test
    void aPoolIsBelowItsNumberSinceTheLossThatTookItThere() {
        Scene moreWentLater = of(3).down(fes(2, 1, 2)).since(EARLIER).down(fes(2, 3, 3));
        assertEquals(
                Scene.NOON.minus(EARLIER),
                Expect.finding(moreWentLater.evaluate(), FindingCode.POOL_DOWN).since());
        Scene theSecondWentLater = of(3).down(fes(2, 1, 1)).since(EARLIER).down(fes(2, 2, 2));
        assertEquals(Scene.NOON, lost(theSecondWentLater).since());
    }

    @Test
    void lossesOfServersThatDoNotCountTakeNoPoolBelowItsNumber() {
        Scene scene = of(16).down(fes(2, 13, 16)).down(fes(2, 1, 2)).since(EARLIER);
        assertEquals(Scene.NOON, lost(scene.down(fes(2, 3, 6))).since());
    }

    @Test
    void aStoppedServerIsOutSinceItsServiceStopped() {
        Scene scene = of(3);
        for (String server : fes(2, 1, 3)) {
            scene.factsBefore(server, Scene.NOON.minus(Duration.ofHours(1)), rtcsrv("RUNNING"))
                    .factsSince(server, EARLIER, rtcsrv("STOPPED"));
        }
        assertEquals(Scene.NOON.minus(EARLIER), lost(scene).since());
    }

    private static Facts rtcsrv(String state) {
        return new Facts.OfServer(Map.of("RTCSRV", ServiceState.valueOf(state)));
    }

    @Test
    void aPoolThatIsSeenDownIsLostWhileNobodySaysThatAServerServes() {
        Scene scene = of(3).down(POOL).unheard(fes(2, 1, 3));
        assertEquals("P1", Expect.forTarget(scene.evaluate(), POOL).rule());
        Expect.finding(scene.evaluate(), FindingCode.POOL_DOWN);
        scene.by("o-lisbon", Status.DOWN, fes(2, 1, 3));
        assertEquals("P1", Expect.forTarget(scene.evaluate(), POOL).rule());
        scene.by("o-dublin", Status.UP, fes(2, 1, 1));
        Expect.none(scene.evaluate(), Remediation.POOL_FAILOVER);
    }

    @Test
    void aPoolThatIsSeenDownRestsOnThatToo() {
        Scene scene = of(3).down(POOL).unheard(fes(2, 1, 3));
        assertEquals(3, Expect.finding(scene.evaluate(), FindingCode.POOL_DOWN).evidence().size());
        Scene servers = of(3).down(fes(2, 1, 3)).since(EARLIER).down(POOL);
        assertEquals(
                6, Expect.finding(servers.evaluate(), FindingCode.POOL_DOWN).evidence().size());
    }

    @Test
    void aPoolThatIsSeenDownWithServersThatRunIsNotDown() {
        Scene scene = of(4).down(POOL).down(fes(2, 1, 3));
        Expect.finding(scene.evaluate(), FindingCode.POOL_QUORUM_LOST);
        assertEquals("F6", Expect.forTarget(scene.evaluate(), POOL).rule());
    }

    @Test
    void theLostVoteOfThePrimaryStoreIsNamedAsWhatIsMissing() {
        Scene scene = of(4).down(fes(2, 1, 2)).down(PRIMARY);
        Decision failover = Expect.forTarget(scene.evaluate(), POOL);
        assertEquals("F10", failover.rule());
        assertTrue(
                failover.reason()
                        .contains(
                                " 2 of 4 Front End Servers run, 3 are required"
                                        + " (one more, since the primary store's vote is lost)."),
                failover::reason);
    }

    @Test
    void aServerOfWhichNothingIsKnownMayBeTheOneThatTheVoteReplaces() {
        Scene oneUnknown = of(4).down(fes(2, 1, 2)).unheard(fes(2, 3, 3)).down(PRIMARY);
        assertEquals("F10", Expect.forTarget(oneUnknown.evaluate(), POOL).rule());
        Scene oneMoreDown = of(4).down(fes(2, 1, 3)).down(PRIMARY);
        assertEquals("F6", Expect.forTarget(oneMoreDown.evaluate(), POOL).rule());
    }

    @Test
    void aPoolWithoutAVoteOfItsStoreLosesNone() {
        Scene scene = of(3).down(fes(2, 1, 1)).down(PRIMARY);
        assertEquals("F2", Expect.forTarget(scene.evaluate(), POOL).rule());
    }

    @Test
    void serversBeyondTheFirstAreNotCountedInWords() {
        Decision decision = Expect.forTarget(of(12).down(fes(2, 10, 12)).evaluate(), POOL);
        assertTrue(
                decision.reason()
                        .endsWith("9 of the first 9 Front End Servers run, 5 are required."),
                decision::reason);
    }

    private static Decision mirrorFailover(Scene scene) {
        return Expect.only(scene.down(PRINCIPAL).evaluate(), Remediation.MIRROR_FAILOVER);
    }

    @Test
    void aPoolOfWhichNobodyHasSaidAnythingHoldsNoMirrorBack() {
        Decision silent = mirrorFailover(of(3).unheard(fes(1, 1, 3)));
        assertEquals(
                "UNKNOWN?: pool1.contoso.com: 0 of 3 Front End Servers run, 3 are not known,"
                        + " 2 are required; the lost principal's vote is gone either way",
                Expect.words(silent, Clause.FRONT_END_QUORUM_KEPT));
        assertFalse(silent.blocked());
    }

    @Test
    void aPoolOfWhichSomebodySaysSomethingHoldsTheMirrorBack() {
        Scene oneIsDoubted = of(3).unheard(fes(1, 1, 3)).by("o-lisbon", Status.DOWN, fes(1, 1, 1));
        Decision decision = mirrorFailover(oneIsDoubted);
        assertEquals(
                "UNKNOWN: pool1.contoso.com: 0 of 3 Front End Servers run, 3 are not known,"
                        + " 2 are required; the lost principal's vote is gone either way",
                Expect.words(decision, Clause.FRONT_END_QUORUM_KEPT));
        assertTrue(decision.blocked());
        assertTrue(mirrorFailover(of(3).unheard(fes(1, 1, 2))).blocked());
    }

    @Test
    void theStoreOfAPoolBelowItsNumberIsNamedAndLeftToThePool() {
        assertLeft("F9", of(2).down(fes(1, 1, 1)));
        assertLeft("F10", of(4).down(fes(1, 1, 2)));
        assertLeft("F6", of(4).down(fes(1, 1, 3)));
        assertLeft("F6", of(2).down(fes(1, 1, 2)));
    }

    private static void assertLeft(String rule, Scene scene) {
        Evaluation evaluation = scene.down(PRINCIPAL).evaluate();
        assertEquals(rule, Expect.finding(evaluation, FindingCode.PRINCIPAL_LOST).rule());
        Decision decision = Expect.forTarget(evaluation, STORE);
        assertEquals(new Remedy.None(), decision.remedy());
        assertEquals(rule, decision.rule());
    }

    @Test
    void plannedWorkGivesWayToWhatIsNeeded() {
        Scene living = of(5).planned(Remediation.POOL_FAILOVER, POOL).down(fes(2, 1, 1));
        assertEquals("P20", Expect.only(living.evaluate(), Remediation.POOL_FAILOVER).rule());
        assertEquals("F1", Expect.only(living.evaluate(), Remediation.REPAIR).rule());
        Scene budgetSpent =
                of(5).planned(Remediation.POOL_FAILOVER, POOL)
                        .down(PRIMARY, "sql:sql22.contoso.com/rtc")
                        .since(Duration.ofMinutes(30));
        assertEquals("B9", Expect.only(budgetSpent.evaluate(), Remediation.POOL_FAILOVER).rule());
    }

    @Test
    void aPlannedFailoverIsRefusedWithoutTheStore() {
        Scene scene =
                of(3).planned(Remediation.POOL_FAILOVER, POOL)
                        .down(PRIMARY, "sql:sql22.contoso.com/rtc");
        assertEquals(
                "FAILED: 3 of 3 Front End Servers run, 2 are required; its store does not serve,"
                        + " and a planned failover is refused then",
                Expect.words(
                        Expect.only(scene.evaluate(), Remediation.POOL_FAILOVER),
                        Clause.STORE_SERVING));
        assertEquals(
                "PASSED: 3 of 3 Front End Servers run, 2 are required; its store serves",
                Expect.words(
                        Expect.only(
                                of(3).planned(Remediation.POOL_FAILOVER, POOL).evaluate(),
                                Remediation.POOL_FAILOVER),
                        Clause.STORE_SERVING));
    }

    private static String quorum(Scene scene) {
        scene.planned(Remediation.MIRROR_FAILOVER, STORE);
        return Expect.words(
                Expect.only(scene.evaluate(), Remediation.MIRROR_FAILOVER),
                Clause.FRONT_END_QUORUM_KEPT);
    }

    @Test
    void aSwitchIsRefusedWhereThePoolNeedsTheVoteAndUnknownWhereItMayNot() {
        String without = "; counted without the primary store's vote";
        assertEquals(
                "PASSED: pool1.contoso.com: 3 of 4 Front End Servers run, 2 are required" + without,
                quorum(of(4).down(fes(1, 1, 1))));
        assertEquals(
                "FAILED: pool1.contoso.com: 2 of 4 Front End Servers run, 2 are required" + without,
                quorum(of(4).down(fes(1, 1, 2))));
        assertEquals(
                "UNKNOWN: pool1.contoso.com: 2 of 4 Front End Servers run, 2 are not known,"
                        + " 2 are required"
                        + without,
                quorum(of(4).unheard(fes(1, 1, 2))));
        assertEquals(
                "FAILED: pool1.contoso.com: 0 of 4 Front End Servers run, 1 are not known,"
                        + " 2 are required"
                        + without,
                quorum(of(4).down(fes(1, 1, 3)).unheard(fes(1, 4, 4))));
    }

    @Test
    void aPoolIsImpairedByAStoreThatHasLostAPartner() {
        String store = "pool1.contoso.com: store:be1 is exposed.";
        assertEquals(store, impaired(of(3).down("sql:sql12.contoso.com/rtc")));
        Scene witnessed = new Scene(Contoso.USUAL.withWitness());
        assertEquals(store, impaired(witnessed.down("sql:sqlw1.contoso.com/rtc")));
        assertEquals("", impaired(of(3).unheard("sql:sql12.contoso.com/rtc")));
        Scene notKnown = of(3).down("sql:sql12.contoso.com/rtc");
        notKnown.factsAt(STORE, Scene.NOON.minus(EARLIER));
        assertEquals("", impaired(notKnown));
        assertEquals(
                "pool1.contoso.com: store:be1 does not serve.", impaired(of(3).down(PRINCIPAL)));
        assertEquals(
                "pool1.contoso.com: 2 of 3 Front End Servers run, 2 are required.",
                impaired(of(3).down(fes(1, 1, 1))));
    }

    /** What is said of pool1, onto which pool2 is to fail over; nothing where it is well. */
    private static String impaired(Scene scene) {
        return scene.down(fes(2, 1, 2)).evaluate().decisions().stream()
                .filter(decision -> decision.rule().equals("P9"))
                .map(decision ->
                        decision.reason().substring(decision.reason().indexOf("pool1.contoso.com")))
                .findFirst()
                .orElse("");
    }

    @Test
    void whatWasToldOfAPoolTooLongAgoIsNoTrouble() {
        Duration age = Policy.DEFAULT.thresholds().maxAge();
        Scene scene = of(3).facts(POOL, PoolTold.WELL.routingGroups(1, 0).facts());
        scene.factsAt(POOL, Scene.NOON.minus(age));
        assertEquals("F3", Expect.forTarget(scene.evaluate(), POOL).rule());
        scene.factsAt(POOL, Scene.NOON.minus(age).minusMillis(1));
        assertEquals(Evaluation.NOTHING, scene.evaluate());
    }

    @Test
    void aPoolOfAnotherRoleThatIsSeenDownRestsOnThatToo() {
        String edge = "pool:edge1.contoso.com";
        Scene scene = of(3).unheard("server:e11.contoso.com").down(edge).since(EARLIER);
        Finding finding = Expect.finding(scene.evaluate(), FindingCode.EDGE_POOL_DOWN);
        assertEquals(3, finding.evidence().size());
        assertEquals(Scene.NOON.minus(EARLIER), finding.since());
    }
}
