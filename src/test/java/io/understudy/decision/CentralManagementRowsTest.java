package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.DatabaseType;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.health.MirroringState;
import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import io.understudy.testing.StoreTold;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows P2 to P4: the Central Management store. */
class CentralManagementRowsTest {

    private static final String HOST = "pool:pool1.contoso.com";
    private static final String OTHER = "pool:pool3.contoso.com";
    private static final String[] HOST_SERVERS = {
        "server:fe11.contoso.com", "server:fe12.contoso.com", "server:fe13.contoso.com"
    };
    private static final String[] OTHER_SERVERS = {
        "server:fe31.contoso.com", "server:fe32.contoso.com", "server:fe33.contoso.com"
    };
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static Scene twoPairs() {
        return new Scene(Contoso.USUAL.withoutEdge().pairs(2));
    }

    private static Decision failover(Evaluation evaluation, String pool) {
        return Expect.all(evaluation, Remediation.POOL_FAILOVER).stream()
                .filter(d -> d.target().toString().equals(pool))
                .findFirst()
                .orElseThrow(() -> new AssertionError(evaluation.toString()));
    }

    @Test
    void p2MovesTheCmsOfALostPoolBeforeAnyOtherPoolFailsOver() {
        Evaluation evaluation =
                twoPairs().down(HOST_SERVERS).down(OTHER_SERVERS).since(MINUTE).evaluate();
        Decision move = Expect.only(evaluation, Remediation.CMS_FAILOVER);
        assertEquals("P2", move.rule());
        assertEquals(1, move.order());
        assertEquals(
                new Remedy.CmsFailover(
                        new PoolFqdn("pool1.contoso.com"), new PoolFqdn("pool2.contoso.com"), true),
                move.remedy());
        assertEquals(new DataLoss.Bounded(Duration.ofMinutes(5)), move.dataLoss());
        assertEquals(Duration.ofMinutes(2), move.interruption().expected());
        assertEquals(Duration.ofMinutes(5), move.interruption().target());
        Expect.onlyByPeople(move, 1);
        assertEquals(
                List.of(
                        "PAIR_LEGAL=PASSED",
                        "BACKUP_FRONT_ENDS_ABOVE_MINIMUM=PASSED",
                        "BACKUP_STORE_SERVING=PASSED",
                        "BACKUP_POOL_STATE_ACTIVE=PASSED",
                        "CMS_HOST_SEEN_DOWN=PASSED",
                        "NO_OTHER_RUN=PASSED",
                        "COOL_DOWN_OVER=PASSED",
                        "LIMIT_KEPT=PASSED"),
                Expect.gate(move));
        Finding finding = Expect.finding(evaluation, FindingCode.CMS_LOST);
        assertEquals("P2", finding.rule());
        assertEquals(HOST, finding.target().toString());
        assertEquals(Severity.CRITICAL, finding.severity());
        assertEquals(Scene.NOON.minus(MINUTE), finding.since());
        for (String pool : List.of(HOST, OTHER)) {
            Decision failover = failover(evaluation, pool);
            assertEquals(List.of(1), failover.after());
            assertFalse(failover.blocked(), failover::toString);
            assertEquals(ClauseResult.PASSED, Expect.clause(failover, Clause.CMS_WRITABLE));
        }
        assertEquals(3, evaluation.decisions().size());
    }

    @Test
    void p2BlocksTheOtherPoolWhileTheCmsCannotBeMoved() {
        Evaluation evaluation =
                twoPairs()
                        .down(HOST_SERVERS)
                        .down(OTHER_SERVERS)
                        .down("server:fe23.contoso.com")
                        .evaluate();
        assertTrue(Expect.only(evaluation, Remediation.CMS_FAILOVER).blocked());
        Decision failover = failover(evaluation, OTHER);
        assertEquals(ClauseResult.FAILED, Expect.clause(failover, Clause.CMS_WRITABLE));
        assertTrue(failover.blocked());
    }

    @Test
    void aPoolThatFailsOverLeavesAHealthyCmsElsewhereAlone() {
        Evaluation evaluation = twoPairs().down(OTHER_SERVERS).evaluate();
        Expect.none(evaluation, Remediation.CMS_FAILOVER);
        Decision failover = failover(evaluation, OTHER);
        assertEquals("P1", failover.rule());
        assertEquals(List.of(), failover.after());
        assertFalse(failover.blocked());
    }

    @Test
    void theNewestWordSaysWhereTheCmsIsHoweverOld() {
        Scene moved = twoPairs().down(HOST_SERVERS).down(OTHER_SERVERS);
        moved.facts("pool:pool4.contoso.com", at("pool4.contoso.com").facts())
                .factsAt("pool:pool4.contoso.com", Scene.NOON.minus(Duration.ofDays(9)));
        Expect.none(moved.evaluate(), Remediation.CMS_FAILOVER);
        assertEquals("P1", failover(moved.evaluate(), HOST).rule());
        moved.facts("pool:pool2.contoso.com", at("pool1.contoso.com").facts());
        Expect.only(moved.evaluate(), Remediation.CMS_FAILOVER);
    }

    private static PoolTold at(String master) {
        return PoolTold.WELL.centralManagement(master, master, Optional.empty());
    }

    private static Scene ownStore(boolean mirrored) {
        return new Scene(Grown.of(Contoso.USUAL).managementStore(mirrored).estate());
    }

    @Test
    void p3MovesTheCmsWhereItsOwnStoreIsLostAndItsPoolLives() {
        Evaluation evaluation =
                ownStore(false).down("sql:sqlx1.contoso.com/rtc").since(MINUTE).evaluate();
        Decision move = Expect.only(evaluation, Remediation.CMS_FAILOVER);
        assertEquals("P3", move.rule());
        assertEquals(HOST, move.target().toString());
        assertTrue(((Remedy.CmsFailover) move.remedy()).force());
        assertEquals(new DataLoss.Bounded(Duration.ofMinutes(5)), move.dataLoss());
        Expect.onlyByPeople(move, 1);
        assertEquals(
                List.of(
                        "PAIR_LEGAL=PASSED",
                        "BACKUP_FRONT_ENDS_ABOVE_MINIMUM=PASSED",
                        "BACKUP_STORE_SERVING=PASSED",
                        "BACKUP_POOL_STATE_ACTIVE=PASSED",
                        "NO_OTHER_RUN=PASSED",
                        "COOL_DOWN_OVER=PASSED",
                        "LIMIT_KEPT=PASSED",
                        "CMS_STORE_SEEN_DOWN=PASSED"),
                Expect.gate(move));
        Expect.rejected(move, Remediation.POOL_FAILOVER);
        Finding finding = Expect.finding(evaluation, FindingCode.CMS_LOST);
        assertEquals("P3", finding.rule());
        assertEquals("store:cms", finding.target().toString());
        assertEquals(Severity.WARNING, finding.severity());
        assertEquals(Scene.NOON.minus(MINUTE), finding.since());
        Expect.none(evaluation, Remediation.POOL_FAILOVER);
    }

    @Test
    void p3PrefersTheMirrorOfTheCmsStore() {
        Evaluation evaluation = ownStore(true).down("sql:sqlx1.contoso.com/rtc").evaluate();
        Decision decision = Expect.only(evaluation, Remediation.MIRROR_FAILOVER);
        assertEquals("P3", decision.rule());
        assertEquals(
                List.of(DatabaseType.CENTRAL_MGMT),
                ((Remedy.MirrorFailover) decision.remedy()).types());
        assertEquals("P3", Expect.finding(evaluation, FindingCode.PRINCIPAL_LOST).rule());
        Expect.none(evaluation, Remediation.CMS_FAILOVER);
        Evaluation both =
                ownStore(true)
                        .down("sql:sqlx1.contoso.com/rtc", "sql:sqlx2.contoso.com/rtc")
                        .evaluate();
        assertEquals("P3", Expect.only(both, Remediation.CMS_FAILOVER).rule());
        Expect.none(both, Remediation.MIRROR_FAILOVER);
    }

    @Test
    void p3NamesTheCmsDatabaseThatAloneIsOnTheLostSide() {
        Scene scene = new Scene(Contoso.USUAL).down("sql:sql12.contoso.com/rtc");
        StoreTold told =
                StoreTold.mirrored(
                                scene.store("be1"), MirroringState.SYNCHRONIZED, Position.PRIMARY)
                        .principal("xds", Position.MIRROR);
        Decision decision =
                Expect.only(
                        scene.facts("store:be1", told.facts()).evaluate(),
                        Remediation.MIRROR_FAILOVER);
        assertEquals("P3", decision.rule());
        assertEquals(
                List.of(DatabaseType.CENTRAL_MGMT),
                ((Remedy.MirrorFailover) decision.remedy()).types());
    }

    @Test
    void p3DoesNothingWhereTheStoreServesOrThePoolIsLostOrAlone() {
        assertEquals(Evaluation.NOTHING, ownStore(false).evaluate());
        Evaluation lost =
                ownStore(false).down("sql:sqlx1.contoso.com/rtc").down(HOST_SERVERS).evaluate();
        assertEquals("P2", Expect.only(lost, Remediation.CMS_FAILOVER).rule());
        Evaluation alone =
                new Scene(Grown.of(Contoso.USUAL.unpaired()).managementStore(false).estate())
                        .down("sql:sqlx1.contoso.com/rtc")
                        .evaluate();
        Expect.none(alone, Remediation.CMS_FAILOVER);
        Scene moved = ownStore(false).down("sql:sqlx1.contoso.com/rtc");
        moved.facts("pool:pool2.contoso.com", at("pool2.contoso.com").facts());
        Expect.none(moved.evaluate(), Remediation.CMS_FAILOVER);
    }

    @Test
    void noPoolFailsOverWhileTheCmsStoreIsLost() {
        Scene scene = new Scene(new Grown(twoPairs().estate()).managementStore(false).estate());
        Decision failover =
                failover(
                        scene.down(OTHER_SERVERS).down("sql:sqlx1.contoso.com/rtc").evaluate(),
                        OTHER);
        assertEquals(ClauseResult.FAILED, Expect.clause(failover, Clause.CMS_WRITABLE));
        assertTrue(failover.blocked());
    }

    @Test
    void p4RepairsACmsThatIsActiveNowhere() {
        Scene scene = new Scene(Contoso.USUAL);
        scene.factsSince(HOST, MINUTE, PoolTold.WELL.noActiveMaster().facts());
        Evaluation evaluation = scene.evaluate();
        Decision decision = Expect.forTarget(evaluation, HOST);
        assertEquals("P4", decision.rule());
        assertTrue(
                ((Remedy.Repair) decision.remedy())
                        .first()
                        .contains("Invoke-CsManagementServerFailover -Restore"));
        Expect.rejected(decision, Remediation.CMS_FAILOVER);
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
        Finding finding = Expect.finding(evaluation, FindingCode.CMS_STUCK);
        assertEquals("P4", finding.rule());
        assertEquals(Severity.WARNING, finding.severity());
        assertEquals(Scene.NOON.minus(MINUTE), finding.since());
        Expect.nothingActs(evaluation);
    }

    @Test
    void p4RepairsACmsWhoseFileTransferAgentsAreElsewhere() {
        Scene scene = new Scene(Contoso.USUAL);
        scene.facts(
                HOST,
                PoolTold.WELL
                        .centralManagement(
                                "pool1.contoso.com", "pool2.contoso.com", Optional.empty())
                        .facts());
        assertEquals("P4", Expect.forTarget(scene.evaluate(), HOST).rule());
    }

    @Test
    void p4IsOverOnceANewerWordNamesAMaster() {
        Scene scene = new Scene(Contoso.USUAL);
        scene.facts(HOST, PoolTold.WELL.noActiveMaster().facts())
                .factsAt(HOST, Scene.NOON.minusSeconds(1))
                .facts("pool:pool2.contoso.com", at("pool1.contoso.com").facts());
        assertEquals(Evaluation.NOTHING, scene.evaluate());
        scene.factsAt("pool:pool2.contoso.com", Scene.NOON.minusSeconds(2));
        assertEquals("P4", Expect.forTarget(scene.evaluate(), HOST).rule());
    }

    @Test
    void p4BelievesABlankForAsLongAsItIsFresh() {
        Duration age = Policy.DEFAULT.thresholds().maxAge();
        Scene scene = new Scene(Contoso.USUAL);
        scene.facts(HOST, PoolTold.WELL.noActiveMaster().facts());
        assertEquals(
                "P4",
                Expect.forTarget(scene.factsAt(HOST, Scene.NOON.minus(age)).evaluate(), HOST)
                        .rule());
        scene.factsAt(HOST, Scene.NOON.minus(age).minusMillis(1));
        assertEquals(Evaluation.NOTHING, scene.evaluate());
    }

    @Test
    void whileTheCmsIsActiveNowhereItIsNotProvenWritable() {
        Scene scene = twoPairs().down(OTHER_SERVERS);
        scene.facts(HOST, PoolTold.WELL.noActiveMaster().facts());
        Decision failover = failover(scene.evaluate(), OTHER);
        assertEquals(ClauseResult.UNKNOWN, Expect.clause(failover, Clause.CMS_WRITABLE));
        assertTrue(failover.blocked());
    }
}
