package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.PoolFqdn;
import io.understudy.health.Facts;
import io.understudy.health.ServiceState;
import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Row P17: a Standard Edition server, which is a pool by itself. */
class StandardEditionRowsTest {

    private static final String HOME = "pool:pool2.contoso.com";
    private static final String SERVER = "server:fe21.contoso.com";

    private static Scene pair() {
        return new Scene(Grown.of(Contoso.USUAL.frontEnds(1)).withoutStores().estate());
    }

    @Test
    void p17FailsALostServerOverToItsPair() {
        Evaluation evaluation = pair().down(SERVER).evaluate();
        Decision decision = Expect.only(evaluation, Remediation.POOL_FAILOVER);
        assertEquals("P17", decision.rule());
        assertEquals(
                new Remedy.PoolFailover(
                        new PoolFqdn("pool2.contoso.com"), new PoolFqdn("pool1.contoso.com"), true),
                decision.remedy());
        assertEquals(new DataLoss.Bounded(Duration.ofMinutes(5)), decision.dataLoss());
        Expect.onlyByPeople(decision, 1);
        assertFalse(decision.blocked(), decision::toString);
        assertEquals(ClauseResult.PASSED, Expect.clause(decision, Clause.BACKUP_STORE_SERVING));
        assertTrue(decision.reason().contains("The server is the pool"), decision::reason);
        Expect.rejected(decision, Remediation.MIRROR_FAILOVER);
        Finding finding = Expect.finding(evaluation, FindingCode.POOL_DOWN);
        assertEquals("P17", finding.rule());
        assertEquals(Scene.NOON, finding.since());
        assertEquals(1, evaluation.decisions().size());
    }

    @Test
    void p17MovesTheCmsAndTheEdgeFirst() {
        List<Decision> decisions = pair().down("server:fe11.contoso.com").evaluate().decisions();
        assertEquals(List.of("P2", "O4", "P17"), decisions.stream().map(Decision::rule).toList());
        assertEquals(
                List.of(List.of(), List.of(1), List.of(1, 2)),
                decisions.stream().map(Decision::after).toList());
    }

    @Test
    void noMirrorActionExistsForAnEditionWithoutMirrors() {
        for (String server : List.of(SERVER, "server:fe11.contoso.com")) {
            Evaluation evaluation = pair().down(server).evaluate();
            Expect.none(evaluation, Remediation.MIRROR_FAILOVER);
            Expect.none(evaluation, Remediation.FORCED_MIRROR_FAILOVER);
            Expect.none(evaluation, Remediation.PRINCIPAL_ALIGNMENT);
        }
    }

    @Test
    void theSurvivorsOwnServerMustRun() {
        Decision decision =
                Expect.only(
                        pair().down(SERVER).unheard("server:fe11.contoso.com").evaluate(),
                        Remediation.POOL_FAILOVER);
        assertEquals(ClauseResult.UNKNOWN, Expect.clause(decision, Clause.BACKUP_STORE_SERVING));
        assertTrue(decision.blocked());
    }

    @Test
    void aStoppedServerIsStartedFirst() {
        Scene scene = pair();
        scene.facts(SERVER, new Facts.OfServer(Map.of("RTCSRV", ServiceState.STOPPED)));
        Decision decision = Expect.forTarget(scene.evaluate(), HOME);
        assertEquals("F5", decision.rule());
        assertTrue(((Remedy.Repair) decision.remedy()).first().endsWith("at least 1 of them"));
    }

    @Test
    void whatIsLostOutweighsWhatItIs() {
        Scene scene = pair().down(SERVER);
        scene.facts(HOME, PoolTold.WELL.behindSince(Scene.NOON.minus(Duration.ofHours(1))).facts());
        Decision decision = Expect.only(scene.evaluate(), Remediation.POOL_FAILOVER);
        assertEquals("P11", decision.rule());
        Expect.onlyByPeople(decision, 2);
    }

    @Test
    void bothServersLostArePairLost() {
        Evaluation evaluation = pair().down(SERVER, "server:fe11.contoso.com").evaluate();
        Expect.none(evaluation, Remediation.POOL_FAILOVER);
        assertEquals("P12", Expect.finding(evaluation, FindingCode.PAIR_LOST).rule());
    }
}
