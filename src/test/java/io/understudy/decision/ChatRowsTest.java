package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.DatabaseType;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.StoreName;
import io.understudy.health.ChatState;
import io.understudy.health.PoolState;
import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.Policies;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import io.understudy.testing.StoreTold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows O9 and O10: Persistent Chat's store. */
class ChatRowsTest {

    private static final String POOL = "pool:chat1.contoso.com";
    private static final String STORE = "store:chat";
    private static final String FIRST = "sql:sqlc1.contoso.com/rtc";
    private static final String SECOND = "sql:sqlc2.contoso.com/rtc";
    private static final String SECONDARY = "sql:sqlc3.contoso.com/rtc";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static Scene chat() {
        return new Scene(Grown.of(Contoso.USUAL).chat().estate());
    }

    private static Scene lost() {
        return chat().down(FIRST, SECOND).since(MINUTE);
    }

    private static Decision moved(Scene scene) {
        return Expect.only(scene.evaluate(), Remediation.CHAT_FAILOVER);
    }

    @Test
    void o9MakesTheMirrorPrincipalWithTheComplianceDatabase() {
        Evaluation evaluation = chat().down(FIRST).evaluate();
        Decision decision = Expect.only(evaluation, Remediation.MIRROR_FAILOVER);
        assertEquals("O9", decision.rule());
        Remedy.MirrorFailover remedy = (Remedy.MirrorFailover) decision.remedy();
        assertEquals(new PoolFqdn("chat1.contoso.com"), remedy.pool());
        assertEquals(
                List.of(DatabaseType.PERSISTENT_CHAT, DatabaseType.PERSISTENT_CHAT_COMPLIANCE),
                remedy.types());
        assertEquals(Mode.AUTOMATE, decision.mode());
        assertEquals(new DataLoss.None(), decision.dataLoss());
        assertFalse(decision.blocked());
        assertEquals("O9", Expect.finding(evaluation, FindingCode.PRINCIPAL_LOST).rule());
        Expect.none(evaluation, Remediation.CHAT_FAILOVER);
        assertEquals(1, evaluation.decisions().size());
    }

    @Test
    void o10RecoversTheLogShippingSecondary() {
        Evaluation evaluation = lost().evaluate();
        Decision decision = Expect.only(evaluation, Remediation.CHAT_FAILOVER);
        assertEquals("O10", decision.rule());
        assertEquals(POOL, decision.target().toString());
        Remedy.ChatFailover remedy = (Remedy.ChatFailover) decision.remedy();
        assertEquals(new PoolFqdn("chat1.contoso.com"), remedy.pool());
        assertEquals(new StoreName("chat"), remedy.store());
        assertEquals("sqlc3.contoso.com/rtc", remedy.to().toString());
        Expect.onlyByPeople(decision, 2);
        assertEquals(Duration.ofMinutes(60), decision.interruption().expected());
        assertEquals(Duration.ofMinutes(60), decision.interruption().target());
        assertEquals(
                List.of(
                        "CHAT_STORE_SEEN_DOWN=PASSED",
                        "MIRROR_SEEN_DOWN=PASSED",
                        "LOG_SHIPPING_SECONDARY_REACHABLE=PASSED",
                        "NEXT_HOP_SERVING=PASSED",
                        "NO_OTHER_RUN=PASSED",
                        "COOL_DOWN_OVER=PASSED",
                        "LIMIT_KEPT=PASSED"),
                Expect.gate(decision));
        assertEquals(
                Optional.of(new DataLoss.None()),
                Expect.rejected(decision, Remediation.REPAIR).dataLoss());
        Expect.rejected(decision, Remediation.MIRROR_FAILOVER);
        Finding finding = Expect.finding(evaluation, FindingCode.CHAT_STORE_LOST);
        assertEquals("O10", finding.rule());
        assertEquals(STORE, finding.target().toString());
        assertEquals(Severity.CRITICAL, finding.severity());
        assertEquals(Scene.NOON.minus(MINUTE), finding.since());
        assertEquals(1, evaluation.decisions().size());
    }

    @Test
    void o10LosesAtMostTheLagOfBackupAndRestoreAndTheTimeUntilTheLoss() {
        assertEquals(new DataLoss.Unknown(), moved(lost()).dataLoss());
        Scene told = lost().facts(STORE, shipped(15, 5).facts());
        told.factsAt(STORE, Scene.NOON.minus(MINUTE));
        assertEquals(new DataLoss.Bounded(MINUTE.multipliedBy(20)), moved(told).dataLoss());
        told.factsAt(STORE, Scene.NOON.minus(MINUTE.multipliedBy(8)));
        assertEquals(new DataLoss.Bounded(MINUTE.multipliedBy(27)), moved(told).dataLoss());
        told.factsAt(STORE, Scene.NOON);
        assertEquals(new DataLoss.Bounded(MINUTE.multipliedBy(20)), moved(told).dataLoss());
        Scene noLatency = lost();
        noLatency.facts(
                STORE,
                StoreTold.nothing()
                        .shipped(Optional.of(MINUTE.multipliedBy(15)), Optional.empty())
                        .facts());
        assertEquals(new DataLoss.Bounded(MINUTE.multipliedBy(15)), moved(noLatency).dataLoss());
        noLatency.facts(
                STORE, StoreTold.nothing().shipped(Optional.empty(), Optional.of(MINUTE)).facts());
        assertEquals(new DataLoss.Unknown(), moved(noLatency).dataLoss());
    }

    private static StoreTold shipped(int backupAge, int latency) {
        return StoreTold.nothing()
                .shipped(
                        Optional.of(MINUTE.multipliedBy(backupAge)),
                        Optional.of(MINUTE.multipliedBy(latency)));
    }

    @Test
    void o10NeverStartsByItself() {
        Expect.onlyByPeople(moved(lost().policy(Policies.AUTOMATE)), 2);
    }

    @Test
    void o10FollowsTheFailoverOfItsNextHop() {
        Evaluation evaluation =
                lost().down("server:fe11.contoso.com", "server:fe12.contoso.com").evaluate();
        assertEquals(
                List.of(
                        Remediation.CMS_FAILOVER,
                        Remediation.EDGE_NEXT_HOP_CHANGE,
                        Remediation.POOL_FAILOVER,
                        Remediation.CHAT_FAILOVER),
                evaluation.decisions().stream().map(Decision::remediation).toList());
        Decision decision = evaluation.decisions().getLast();
        assertEquals(List.of(1, 2, 3), decision.after());
        assertEquals(4, decision.order());
        assertFalse(decision.blocked());
        assertEquals(ClauseResult.PASSED, Expect.clause(decision, Clause.NEXT_HOP_SERVING));
    }

    @Test
    void o10WaitsForANextHopThatCannotFailOver() {
        Scene scene =
                lost().down("server:fe11.contoso.com", "server:fe12.contoso.com")
                        .down("server:fe23.contoso.com");
        Decision decision = moved(scene);
        assertEquals(ClauseResult.FAILED, Expect.clause(decision, Clause.NEXT_HOP_SERVING));
        assertTrue(decision.blocked());
    }

    @Test
    void o10GoesOnWhereItsNextHopIsFailedOver() {
        Scene scene = lost().down("server:fe11.contoso.com", "server:fe12.contoso.com");
        scene.facts("pool:pool1.contoso.com", PoolTold.WELL.state(PoolState.FAILED_OVER).facts());
        Decision decision = moved(scene);
        assertEquals(ClauseResult.PASSED, Expect.clause(decision, Clause.NEXT_HOP_SERVING));
        assertEquals(List.of(), decision.after());
    }

    @Test
    void o10NeedsBothCopiesSeenDownAndTheSecondaryAlive() {
        Decision silentMirror = moved(chat().down(FIRST).unheard(SECOND));
        assertEquals(ClauseResult.UNKNOWN, Expect.clause(silentMirror, Clause.MIRROR_SEEN_DOWN));
        assertTrue(silentMirror.blocked());
        Scene scene = lost().down(SECONDARY);
        Decision lostToo = moved(scene);
        assertEquals(
                ClauseResult.FAILED,
                Expect.clause(lostToo, Clause.LOG_SHIPPING_SECONDARY_REACHABLE));
        assertTrue(lostToo.blocked());
        Decision repair = Expect.forTarget(scene.evaluate(), STORE);
        assertEquals("O10", repair.rule());
        assertEquals(Remediation.REPAIR, repair.remediation());
    }

    private static Scene failedOver() {
        return chat().facts(POOL, PoolTold.NOTHING.chat(ChatState.FAILED_OVER).facts());
    }

    @Test
    void o10IsNotDoneTwice() {
        Scene scene = failedOver().down(FIRST, SECOND);
        Evaluation evaluation = scene.evaluate();
        Expect.none(evaluation, Remediation.CHAT_FAILOVER);
        Expect.none(evaluation, Remediation.CHAT_FAILBACK);
        assertEquals("O10", Expect.forTarget(evaluation, STORE).rule());
        assertEquals(Remediation.REPAIR, Expect.forTarget(evaluation, STORE).remediation());
    }

    @Test
    void o10OffersTheWayBackOnceThePrimaryStoreLives() {
        Evaluation evaluation = failedOver().evaluate();
        Decision decision = Expect.only(evaluation, Remediation.CHAT_FAILBACK);
        assertEquals("O10", decision.rule());
        assertEquals(POOL, decision.target().toString());
        assertEquals(
                "sqlc1.contoso.com/rtc", ((Remedy.ChatFailback) decision.remedy()).to().toString());
        assertEquals(new DataLoss.None(), decision.dataLoss());
        Expect.onlyByPeople(decision, 1);
        assertEquals(
                List.of(
                        "STORE_SERVING=PASSED",
                        "NO_OTHER_RUN=PASSED",
                        "COOL_DOWN_OVER=PASSED",
                        "LIMIT_KEPT=PASSED"),
                Expect.gate(decision));
        Expect.onlyByPeople(
                Expect.only(
                        failedOver().policy(Policies.AUTOMATE).evaluate(),
                        Remediation.CHAT_FAILBACK),
                1);
    }

    @Test
    void theWayBackKeepsToQuietHours() {
        Instant noon = Scene.NOON;
        Policy now =
                Policies.with(
                        Policies.window(
                                Window.Kind.QUIET_HOURS,
                                Optional.of(POOL),
                                noon,
                                noon.plusSeconds(1)));
        assertFalse(
                Expect.only(failedOver().policy(now).evaluate(), Remediation.CHAT_FAILBACK)
                        .blocked());
        Policy later =
                Policies.with(
                        Policies.window(
                                Window.Kind.QUIET_HOURS,
                                Optional.of(POOL),
                                noon.plusSeconds(1),
                                noon.plusSeconds(2)));
        assertTrue(
                Expect.only(failedOver().policy(later).evaluate(), Remediation.CHAT_FAILBACK)
                        .blocked());
    }
}
