package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.testing.Contoso;
import io.understudy.testing.Policies;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows F1, F2 and F12: a pool that serves with servers lost. */
class FrontEndRowsTest {

    private static final String POOL = "pool:pool2.contoso.com";
    private static final Duration GONE = Duration.ofDays(3);

    private static Scene lost(int servers, Duration since, String... lost) {
        return new Scene(Contoso.USUAL.frontEnds(servers)).down(lost).since(since);
    }

    private static Decision decided(Scene scene) {
        return Expect.forTarget(scene.evaluate(), POOL);
    }

    @Test
    void f1RepairsALostServerAndTouchesNoOther() {
        Scene scene = lost(5, Duration.ofMinutes(2), "server:fe21.contoso.com");
        Evaluation evaluation = scene.evaluate();
        Decision decision = Expect.forTarget(evaluation, POOL);
        assertEquals("F1", decision.rule());
        assertEquals(
                new Remedy.Repair(
                        "repair or restart the server; do not restart or patch another meanwhile",
                        Optional.empty()),
                decision.remedy());
        assertTrue(
                decision.reason()
                        .contains("by itself: 4 of 5 Front End Servers run, 3 are required."),
                decision::reason);
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
        Expect.rejected(decision, Remediation.QUORUM_RECOVERY);
        Finding finding = Expect.finding(evaluation, FindingCode.FRONT_END_SERVER_LOST);
        assertEquals("F1", finding.rule());
        assertEquals(Severity.WARNING, finding.severity());
        assertEquals(Scene.NOON.minus(Duration.ofMinutes(2)), finding.since());
        Expect.nothingActs(evaluation);
    }

    @Test
    void f1SaysWhenItDoesNotKnowHowFarAboveItsMinimumAPoolIs() {
        Scene scene = lost(5, Duration.ZERO, "server:fe21.contoso.com");
        scene.unheard("server:fe22.contoso.com", "server:fe23.contoso.com");
        Decision decision = decided(scene);
        assertEquals("F1", decision.rule());
        assertTrue(
                decision.reason()
                        .contains(
                                "is not known: 2 of 5 Front End Servers run, 2 are not known, 3 are required."),
                decision::reason);
    }

    @Test
    void f2FreezesAPoolAtItsMinimum() {
        Scene scene =
                lost(
                        5,
                        Duration.ofMinutes(4),
                        "server:fe21.contoso.com",
                        "server:fe22.contoso.com");
        Decision decision = decided(scene);
        assertEquals("F2", decision.rule());
        assertTrue(
                ((Remedy.Repair) decision.remedy())
                        .first()
                        .startsWith("restore one Front End Server with priority and freeze"));
        Finding finding = Expect.finding(scene.evaluate(), FindingCode.FRONT_END_AT_MINIMUM);
        assertEquals("F2", finding.rule());
        assertEquals(Severity.WARNING, finding.severity());
        assertEquals(Scene.NOON.minus(Duration.ofMinutes(4)), finding.since());
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
    }

    @Test
    void aPoolWhoseMinimumIsAllItHasIsNoTrouble() {
        assertEquals(Evaluation.NOTHING, new Scene(Contoso.USUAL.frontEnds(1)).evaluate());
        assertEquals("F2", decided(lost(2, Duration.ZERO, "server:fe21.contoso.com")).rule());
    }

    @Test
    void f12TakesAServerThatIsGoneForDaysOutOfTheTopology() {
        assertEquals("F1", decided(lost(5, GONE.minusMillis(1), "server:fe21.contoso.com")).rule());
        Scene scene = lost(5, GONE, "server:fe21.contoso.com");
        Decision decision = decided(scene);
        assertEquals("F12", decision.rule());
        assertTrue(((Remedy.Repair) decision.remedy()).first().startsWith("if it never returns: "));
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
        Finding finding = Expect.finding(scene.evaluate(), FindingCode.FRONT_END_SERVER_LOST);
        assertEquals("F12", finding.rule());
        assertEquals(Severity.WARNING, finding.severity());
        assertEquals(Scene.NOON.minus(GONE), finding.since());
    }

    @Test
    void f12KeepsToThePolicy() {
        Policy day = Policies.with(POOL, Setting.SERVER_GONE_AFTER, Duration.ofDays(1));
        assertEquals(
                "F12",
                decided(lost(5, Duration.ofDays(1), "server:fe21.contoso.com").policy(day)).rule());
    }

    @Test
    void f12GivesWayToWhatIsMoreUrgent() {
        Scene minimum = lost(5, GONE, "server:fe21.contoso.com").down("server:fe22.contoso.com");
        assertEquals("F2", decided(minimum).rule());
        Scene below = minimum.down("server:fe23.contoso.com");
        assertEquals("F6", decided(below).rule());
        Scene unknown =
                lost(5, GONE, "server:fe21.contoso.com")
                        .unheard("server:fe22.contoso.com", "server:fe23.contoso.com");
        assertEquals("F1", decided(unknown).rule());
    }

    @Test
    void serversBeyondTheFirstOnesAreRepairedToo() {
        Scene scene = lost(12, GONE, "server:fe212.contoso.com");
        Decision decision = decided(scene);
        assertEquals("F12", decision.rule());
        Decision late = decided(lost(12, Duration.ZERO, "server:fe212.contoso.com"));
        assertEquals("F1", late.rule());
        assertTrue(
                late.reason().contains("9 of the first 9 Front End Servers run, 5 are required"),
                late::reason);
    }

    @Test
    void p1LooksAtTheNetworkInFrontOfAPoolWhoseServersRun() {
        Scene scene = lost(3, Duration.ofMinutes(2), POOL);
        Decision decision = decided(scene);
        assertEquals("P1", decision.rule());
        assertEquals(
                new Remedy.Repair(
                        "look at the load balancer, the DNS records and the network in front of the pool",
                        Optional.empty()),
                decision.remedy());
        Finding finding = Expect.finding(scene.evaluate(), FindingCode.POOL_DOWN);
        assertEquals(Severity.CRITICAL, finding.severity());
        assertEquals(Scene.NOON.minus(Duration.ofMinutes(2)), finding.since());
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
        Expect.nothingActs(scene.evaluate());
    }
}
