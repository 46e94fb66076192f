package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.Policies;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import io.understudy.testing.StoreTold;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows O8 and O11: Persistent Chat's servers, and the shipping of its log. */
class ChatServerRowsTest {

    private static final String POOL = "pool:chat1.contoso.com";
    private static final String STORE = "store:chat";
    private static final Duration BACKUP = Duration.ofMinutes(60);
    private static final Duration RESTORE = Duration.ofMinutes(45);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private static Scene chat() {
        return new Scene(Grown.of(Contoso.USUAL).chat().estate());
    }

    private static String c(int number) {
        return "server:c" + number + ".contoso.com";
    }

    private static String first(Scene scene) {
        return ((Remedy.Repair) Expect.forTarget(scene.evaluate(), POOL).remedy()).first();
    }

    @Test
    void o8LeavesTheUsersToTheOtherActiveServers() {
        Evaluation evaluation = chat().down(c(1)).since(Duration.ofMinutes(2)).evaluate();
        Decision decision = Expect.only(evaluation, Remediation.REPAIR);
        assertEquals("O8", decision.rule());
        assertEquals(
                new Remedy.Repair(
                        "if too few are left, make idle servers active (Set-CsPersistentChatActiveServer): c3.contoso.com, c4.contoso.com; then repair the others",
                        Optional.empty()),
                decision.remedy());
        assertTrue(decision.reason().endsWith("1 active servers are left."), decision::reason);
        Expect.rejected(decision, Remediation.CHAT_FAILOVER);
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
        Finding finding = Expect.finding(evaluation, FindingCode.CHAT_SERVERS_LOST);
        assertEquals("O8", finding.rule());
        assertEquals(POOL, finding.target().toString());
        assertEquals(Severity.WARNING, finding.severity());
        assertEquals(Scene.NOON.minus(Duration.ofMinutes(2)), finding.since());
    }

    @Test
    void o8MakesIdleServersActiveWhereNoActiveOneIsLeft() {
        Scene scene = chat().down(c(1), c(2));
        assertTrue(first(scene).startsWith("make idle servers active now"), first(scene));
        assertEquals(
                Severity.CRITICAL,
                Expect.finding(scene.evaluate(), FindingCode.CHAT_SERVERS_LOST).severity());
    }

    @Test
    void o8HasOnlyRepairWhereNoServerIsLeftToMakeActive() {
        assertEquals("repair the servers", first(chat().down(c(1), c(2), c(3), c(4))));
        assertEquals("repair the servers", first(chat().down(c(1), c(3), c(4))));
    }

    @Test
    void o8BelievesTheActiveListThatWasTold() {
        Scene scene = chat().down(c(3), c(4));
        scene.facts(POOL, PoolTold.NOTHING.active("c3.contoso.com", "c4.contoso.com").facts());
        assertTrue(first(scene).endsWith("c1.contoso.com, c2.contoso.com; then repair the others"));
        assertEquals(
                Severity.CRITICAL,
                Expect.finding(scene.evaluate(), FindingCode.CHAT_SERVERS_LOST).severity());
    }

    @Test
    void o8IsAboutAPoolThatNobodyReachesAsWell() {
        Scene scene = chat().down(POOL).unheard(c(1), c(2), c(3), c(4));
        assertEquals("O8", Expect.forTarget(scene.evaluate(), POOL).rule());
        assertEquals(Evaluation.NOTHING, chat().down(POOL).evaluate());
    }

    private static Scene shipped(Duration backupAge, Duration latency) {
        return chat().factsSince(
                        STORE,
                        Duration.ofMinutes(9),
                        StoreTold.nothing()
                                .shipped(Optional.of(backupAge), Optional.of(latency))
                                .facts());
    }

    @Test
    void o11RepairsShippingThatIsBehindItsThresholds() {
        assertEquals(Evaluation.NOTHING, shipped(BACKUP, RESTORE).evaluate());
        for (Scene late :
                new Scene[] {
                    shipped(BACKUP.plus(MOMENT), Duration.ZERO),
                    shipped(Duration.ZERO, RESTORE.plus(MOMENT))
                }) {
            Evaluation evaluation = late.evaluate();
            Decision decision = Expect.only(evaluation, Remediation.REPAIR);
            assertEquals("O11", decision.rule());
            assertEquals(STORE, decision.target().toString());
            Expect.rejected(decision, Remediation.CHAT_FAILOVER);
            Finding finding = Expect.finding(evaluation, FindingCode.LOG_SHIPPING_BEHIND);
            assertEquals("O11", finding.rule());
            assertEquals(Severity.WARNING, finding.severity());
            assertEquals(Scene.NOON.minus(Duration.ofMinutes(9)), finding.since());
            Expect.nothingActs(evaluation);
        }
    }

    @Test
    void o11KeepsToTheThresholdsOfThePolicy() {
        Policy tight = Policies.with(STORE, Setting.LOG_BACKUP_AGE, Duration.ofMinutes(10));
        assertEquals(
                "O11",
                Expect.forTarget(
                                shipped(Duration.ofMinutes(11), Duration.ZERO)
                                        .policy(tight)
                                        .evaluate(),
                                STORE)
                        .rule());
        Policy latency = Policies.with(STORE, Setting.LOG_RESTORE_LATENCY, Duration.ofMinutes(10));
        assertEquals(
                "O11",
                Expect.forTarget(
                                shipped(Duration.ZERO, Duration.ofMinutes(11))
                                        .policy(latency)
                                        .evaluate(),
                                STORE)
                        .rule());
    }

    @Test
    void o11IsSilentAboutAStoreThatIsLostOrWasNotHeardOf() {
        Evaluation lost =
                shipped(BACKUP.plus(MOMENT), Duration.ZERO)
                        .down("sql:sqlc1.contoso.com/rtc", "sql:sqlc2.contoso.com/rtc")
                        .evaluate();
        assertTrue(lost.decisions().stream().noneMatch(d -> d.rule().equals("O11")));
        Scene stale = chat();
        stale.facts(
                STORE,
                StoreTold.nothing()
                        .shipped(Optional.of(BACKUP.plus(MOMENT)), Optional.empty())
                        .facts());
        Duration age = Policy.DEFAULT.thresholds().maxAge();
        stale.factsAt(STORE, Scene.NOON.minus(age));
        assertEquals("O11", Expect.forTarget(stale.evaluate(), STORE).rule());
        stale.factsAt(STORE, Scene.NOON.minus(age).minus(MOMENT));
        assertEquals(Evaluation.NOTHING, stale.evaluate());
    }
}
