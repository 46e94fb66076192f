package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.ComponentId;
import io.understudy.estate.Edition;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.QuorumTable;
import io.understudy.estate.Release;
import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.PoolState;
import io.understudy.health.ServiceState;
import io.understudy.health.Status;
import io.understudy.testing.Contoso;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows F1 to F10 and P1 to P16 of the decision table. */
class PoolRowsTest {

    private static String fe(int pool, int number) {
        return "server:fe" + pool + number + ".contoso.com";
    }

    private static String[] fes(int pool, int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> fe(pool, i)).toArray(String[]::new);
    }

    private static Scene usual() {
        return new Scene(Contoso.USUAL);
    }

    @Test
    void f1LeavesALostServerAboveTheMinimumToThePoolItself() {
        Evaluation evaluation = new Scene(Contoso.USUAL.frontEnds(5)).down(fe(1, 1)).evaluate();
        Decision decision = Expect.only(evaluation, Remediation.REPAIR);
        assertEquals("F1", decision.rule());
        Expect.finding(evaluation, FindingCode.FRONT_END_SERVER_LOST);
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
    }

    @Test
    void f2WarnsAtTheFunctionalMinimum() {
        Evaluation evaluation = usual().down(fe(1, 2)).evaluate();
        assertEquals("F2", Expect.only(evaluation, Remediation.REPAIR).rule());
        Expect.finding(evaluation, FindingCode.FRONT_END_AT_MINIMUM);
        Expect.nothingActs(evaluation);
    }

    @Test
    void quorumLostOnTheCmsPoolMovesCmsThenEdgeThenThePool() {
        Evaluation evaluation = usual().down(fe(1, 1), fe(1, 2)).evaluate();

        assertEquals(
                List.of(
                        Remediation.CMS_FAILOVER,
                        Remediation.EDGE_NEXT_HOP_CHANGE,
                        Remediation.POOL_FAILOVER),
                evaluation.decisions().stream().map(Decision::remediation).toList());
        assertEquals(
                List.of(List.of(), List.of(1), List.of(1, 2)),
                evaluation.decisions().stream().map(Decision::after).toList());
        assertEquals(
                List.of("P2", "O4", "F6"),
                evaluation.decisions().stream().map(Decision::rule).toList());
        assertTrue(
                evaluation.decisions().stream().noneMatch(Decision::blocked), evaluation::toString);
        Decision failover = evaluation.decisions().getLast();
        assertEquals(Mode.ADVISE, failover.mode());
        assertEquals(1, failover.approvalsRequired());
        assertEquals(new DataLoss.Bounded(Duration.ofMinutes(5)), failover.dataLoss());
        assertEquals(Duration.ofMinutes(20), failover.interruption().target());
        Expect.rejected(failover, Remediation.MIRROR_FAILOVER);
        Expect.rejected(failover, Remediation.QUORUM_RECOVERY);
        Expect.finding(evaluation, FindingCode.POOL_QUORUM_LOST);
        Expect.finding(evaluation, FindingCode.CMS_LOST);
    }

    @Test
    void quorumLostElsewhereMovesThePoolAlone() {
        Evaluation evaluation = usual().down(fe(2, 1), fe(2, 2)).evaluate();
        assertEquals(1, evaluation.decisions().size(), evaluation::toString);
        assertEquals("F6", Expect.only(evaluation, Remediation.POOL_FAILOVER).rule());
        assertFalse(evaluation.decisions().getFirst().blocked());
    }

    @Test
    void p1AndP2NameALostPoolByWhetherItHostsTheCms() {
        assertEquals(
                "P1",
                Expect.only(usual().down(fes(2, 1, 3)).evaluate(), Remediation.POOL_FAILOVER)
                        .rule());
        Evaluation hosting = usual().down(fes(1, 1, 3)).evaluate();
        assertEquals("P2", Expect.only(hosting, Remediation.POOL_FAILOVER).rule());
        assertEquals("P2", Expect.only(hosting, Remediation.CMS_FAILOVER).rule());
        Expect.finding(hosting, FindingCode.POOL_DOWN);
    }

    @Test
    void aCmsThatWasMovedIsNotMovedAgain() {
        Scene scene = usual().down(fes(1, 1, 3));
        scene.facts(
                "pool:pool2.contoso.com",
                PoolTold.WELL
                        .centralManagement(
                                "pool2.contoso.com", "pool2.contoso.com", Optional.of(true))
                        .facts());
        Evaluation evaluation = scene.evaluate();
        assertTrue(Expect.all(evaluation, Remediation.CMS_FAILOVER).isEmpty());
        assertEquals("P1", Expect.only(evaluation, Remediation.POOL_FAILOVER).rule());
    }

    @Test
    void aPoolSeenDownByOneObserverIsNotFailedOver() {
        for (String observer : Scene.ALL) {
            Scene scene = usual();
            scene.silent(Scene.ALL);
            scene.by(observer, Status.DOWN, fes(1, 1, 3)).by(observer, Status.UP, fes(2, 1, 3));
            Expect.nothingActs(scene.evaluate());
        }
    }

    @Test
    void staleEvidenceFailsNoPoolOver() {
        Expect.nothingActs(usual().down(fes(1, 1, 3)).later(Duration.ofMinutes(10)).evaluate());
    }

    @Test
    void f5GivesReachableServersTimeToStart() {
        Scene scene = usual();
        for (String server : fes(1, 1, 3)) {
            scene.facts(server, new Facts.OfServer(Map.of("RTCSRV", ServiceState.STOPPED)));
        }
        Evaluation evaluation = scene.evaluate();
        Decision decision = Expect.forTarget(evaluation, "pool:pool1.contoso.com");
        assertEquals("F5", decision.rule());
        assertEquals(Remediation.REPAIR, decision.remediation());
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
        Expect.nothingActs(evaluation);
    }

    @Test
    void f9FailsATwoServerPoolOverThatLostAServerAndItsPrimaryStore() {
        Evaluation evaluation =
                new Scene(Contoso.USUAL.frontEnds(2))
                        .down(fe(1, 1), "sql:sql11.contoso.com/rtc")
                        .evaluate();
        assertTrue(
                Expect.all(evaluation, Remediation.MIRROR_FAILOVER).isEmpty(),
                evaluation::toString);
        Decision failover = Expect.only(evaluation, Remediation.POOL_FAILOVER);
        assertEquals("F9", failover.rule());
        assertFalse(failover.blocked(), failover::toString);
    }

    @Test
    void f10CountsTheLostVoteOfThePrimaryStore() {
        Contoso four = Contoso.USUAL.frontEnds(4);
        assertEquals(
                "F2",
                Expect.forTarget(
                                new Scene(four).down(fe(1, 1), fe(1, 2)).evaluate(),
                                "pool:pool1.contoso.com")
                        .rule());
        Evaluation evaluation =
                new Scene(four).down(fe(1, 1), fe(1, 2), "sql:sql11.contoso.com/rtc").evaluate();
        assertEquals("F10", Expect.only(evaluation, Remediation.POOL_FAILOVER).rule());
        assertTrue(Expect.all(evaluation, Remediation.MIRROR_FAILOVER).isEmpty());
    }

    @Test
    void quorumAndStoreLostTogetherLeadToThePoolAndNotToTheMirror() {
        Evaluation evaluation =
                usual().down(fe(1, 1), fe(1, 2), "sql:sql11.contoso.com/rtc").evaluate();
        assertTrue(Expect.all(evaluation, Remediation.MIRROR_FAILOVER).isEmpty());
        Expect.only(evaluation, Remediation.POOL_FAILOVER);
    }

    @Test
    void p6DoesNothingWhenTheLinkBetweenTheSitesIsCut() {
        Scene scene = usual().silent("o-lisbon");
        scene.by("o-redmond", Status.DOWN, fes(2, 1, 3))
                .by(
                        "o-redmond",
                        Status.DOWN,
                        "sql:sql21.contoso.com/rtc",
                        "sql:sql22.contoso.com/rtc",
                        "store:be2")
                .by(
                        "o-redmond",
                        Status.DOWN,
                        "pool:pool2.contoso.com",
                        "fileStore:pool2.contoso.com",
                        "site:dublin")
                .by("o-dublin", Status.DOWN, fes(1, 1, 3))
                .by(
                        "o-dublin",
                        Status.DOWN,
                        "sql:sql11.contoso.com/rtc",
                        "sql:sql12.contoso.com/rtc",
                        "store:be1")
                .by(
                        "o-dublin",
                        Status.DOWN,
                        "pool:pool1.contoso.com",
                        "fileStore:pool1.contoso.com",
                        "site:redmond")
                .by(
                        "o-dublin",
                        Status.DOWN,
                        "pool:edge1.contoso.com",
                        "fileStore:edge1.contoso.com")
                .by("o-dublin", Status.DOWN, "server:e11.contoso.com");
        scene.unheard("site:lisbon");
        Evaluation evaluation = scene.evaluate();
        Expect.nothingActs(evaluation);
        assertEquals("P6", Expect.finding(evaluation, FindingCode.SITE_PARTITIONED).rule());
        assertEquals(1, evaluation.findings().size(), evaluation::toString);
        Expect.rejected(evaluation.decisions().getFirst(), Remediation.POOL_FAILOVER);
    }

    @Test
    void p8NamesTheObserverThatIsCutOff() {
        Scene scene = usual();
        scene.estate().components().stream()
                .map(ComponentId::toString)
                .filter(c -> !c.startsWith("observer:"))
                .forEach(c -> scene.by("o-lisbon", Status.DOWN, c));
        Evaluation evaluation = scene.evaluate();
        Expect.nothingActs(evaluation);
        assertEquals(
                "observer:o-lisbon",
                Expect.finding(evaluation, FindingCode.OBSERVER_ISOLATED).target().toString());
        assertEquals(1, evaluation.findings().size(), evaluation::toString);
    }

    @Test
    void anUnpairedPoolIsLeftToPeople() {
        Decision decision =
                Expect.forTarget(
                        new Scene(Contoso.USUAL.unpaired()).down(fes(1, 1, 3)).evaluate(),
                        "pool:pool1.contoso.com");
        assertEquals("P16", decision.rule());
        assertEquals(Remediation.REPAIR, decision.remediation());
    }

    @Test
    void aPairLostAsAWholeIsNotFailedOverOntoItself() {
        Evaluation evaluation = usual().down(fes(1, 1, 3)).down(fes(2, 1, 2)).evaluate();
        assertTrue(Expect.all(evaluation, Remediation.POOL_FAILOVER).isEmpty());
        assertEquals("P12", Expect.finding(evaluation, FindingCode.PAIR_LOST).rule());
        Expect.nothingActs(evaluation);
    }

    @Test
    void aPoolThatIsFailedOverIsNotFailedOverAgain() {
        Evaluation evaluation =
                usual().down(fes(2, 1, 3))
                        .pool("pool2.contoso.com", PoolState.FAILED_OVER, ExportStatus.STEADY_STATE)
                        .evaluate();
        assertEquals("P15", Expect.forTarget(evaluation, "pool:pool2.contoso.com").rule());
        Expect.nothingActs(evaluation);
    }

    @Test
    void p14WaitsForAFailoverThatIsUnderWayAndThenCallsAPerson() {
        Scene scene = usual().down(fes(2, 1, 3));
        scene.pool("pool2.contoso.com", PoolState.FAILING_OVER, ExportStatus.STEADY_STATE);
        Decision waiting = Expect.forTarget(scene.evaluate(), "pool:pool2.contoso.com");
        assertEquals("P14", waiting.rule());
        assertEquals(new Remedy.Wait(Scene.NOON.plus(Duration.ofMinutes(20))), waiting.remedy());
        Expect.nothingActs(scene.evaluate());
    }

    @Test
    void aBackupServiceThatWasBehindNeedsTwoApprovals() {
        Decision failover =
                Expect.only(
                        usual().down(fes(2, 1, 3))
                                .pool(
                                        "pool2.contoso.com",
                                        PoolState.ACTIVE,
                                        ExportStatus.NON_STEADY_STATE)
                                .evaluate(),
                        Remediation.POOL_FAILOVER);
        assertEquals(2, failover.approvalsRequired());
        assertEquals(new DataLoss.Unknown(), failover.dataLoss());
        assertFalse(failover.blocked());
    }

    @Test
    void aBackupServiceThatFellBehindLosesWhatWasWrittenSinceItWasSteady() {
        Scene fourMinutes = usual().down(fes(2, 1, 3));
        fourMinutes.facts(
                "pool:pool2.contoso.com",
                PoolTold.WELL.behindSince(Scene.NOON.minus(Duration.ofMinutes(4))).facts());
        Decision failover = Expect.only(fourMinutes.evaluate(), Remediation.POOL_FAILOVER);
        assertEquals(new DataLoss.Bounded(Duration.ofMinutes(4)), failover.dataLoss());
        assertEquals(1, failover.approvalsRequired());

        Scene tooLong = usual().down(fes(2, 1, 3));
        tooLong.facts(
                "pool:pool2.contoso.com",
                PoolTold.WELL
                        .behindSince(Scene.NOON.minus(Duration.ofMinutes(5).plusSeconds(1)))
                        .facts());
        assertEquals(
                2, Expect.only(tooLong.evaluate(), Remediation.POOL_FAILOVER).approvalsRequired());
    }

    @Test
    void automateNeverAppliesWhereTheLossIsUnknown() {
        Policy policy =
                new Policy(
                        Policy.DEFAULT.thresholds(),
                        List.of(
                                new Policy.ModeRule(
                                        Optional.empty(), Optional.empty(), Mode.AUTOMATE)),
                        Map.of(),
                        List.of(),
                        Policy.DEFAULT.primaryStoreVotes(),
                        Policy.DEFAULT.limits(),
                        List.of());
        Scene known = usual().down(fes(2, 1, 3)).policy(policy);
        assertEquals(
                Mode.AUTOMATE, Expect.only(known.evaluate(), Remediation.POOL_FAILOVER).mode());
        Scene unknown =
                usual().down(fes(2, 1, 3))
                        .pool("pool2.contoso.com", PoolState.ACTIVE, ExportStatus.ERROR_STATE)
                        .policy(policy);
        assertEquals(
                Mode.ADVISE, Expect.only(unknown.evaluate(), Remediation.POOL_FAILOVER).mode());
    }

    @Test
    void aBackupPoolThatIsItselfFailingOverBlocks() {
        Decision failover =
                Expect.only(
                        usual().down(fes(2, 1, 3))
                                .pool(
                                        "pool1.contoso.com",
                                        PoolState.FAILING_OVER,
                                        ExportStatus.STEADY_STATE)
                                .evaluate(),
                        Remediation.POOL_FAILOVER);
        assertTrue(failover.blocked());
        assertEquals(ClauseResult.FAILED, Expect.clause(failover, Clause.BACKUP_POOL_STATE_ACTIVE));
    }

    @Test
    void aBackupPoolAtItsMinimumBlocks() {
        Decision failover =
                Expect.only(
                        usual().down(fes(2, 1, 3)).down(fe(1, 1)).evaluate(),
                        Remediation.POOL_FAILOVER);
        assertTrue(failover.blocked());
        assertEquals(
                ClauseResult.FAILED,
                Expect.clause(failover, Clause.BACKUP_FRONT_ENDS_ABOVE_MINIMUM));
    }

    @Test
    void aBackupPoolOfWhichNothingIsKnownBlocks() {
        Decision failover =
                Expect.only(
                        usual().down(fes(2, 1, 3)).unheard(fes(1, 1, 3)).evaluate(),
                        Remediation.POOL_FAILOVER);
        assertTrue(failover.blocked());
        assertEquals(
                ClauseResult.UNKNOWN,
                Expect.clause(failover, Clause.BACKUP_FRONT_ENDS_ABOVE_MINIMUM));
    }

    @Test
    void aBackupPoolThatCannotCarryBothLoadsBlocks() {
        Decision failover =
                Expect.only(
                        new Scene(Contoso.USUAL.capacity(39_999)).down(fes(2, 1, 3)).evaluate(),
                        Remediation.POOL_FAILOVER);
        assertEquals(ClauseResult.FAILED, Expect.clause(failover, Clause.BACKUP_CAPACITY));
        assertTrue(failover.blocked());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void aPoolIsLostExactlyBelowItsFunctionalNumber(int servers) {
        var table = QuorumTable.functional(servers, Release.SFB_2015);
        int canLose = table.ofFirst() - table.required();
        Contoso contoso = Contoso.USUAL.frontEnds(servers);
        if (canLose > 0) {
            assertTrue(
                    Expect.all(
                                    new Scene(contoso).down(fes(2, 1, canLose)).evaluate(),
                                    Remediation.POOL_FAILOVER)
                            .isEmpty());
        }
        assertEquals(
                1,
                Expect.all(
                                new Scene(contoso).down(fes(2, 1, canLose + 1)).evaluate(),
                                Remediation.POOL_FAILOVER)
                        .size());
    }

    @Test
    void aCmsThatIsOnlyHalfMovedIsNotWritable() {
        Scene scene = usual().down(fes(1, 1, 3));
        scene.facts(
                "pool:pool2.contoso.com",
                PoolTold.WELL
                        .centralManagement(
                                "pool2.contoso.com", "pool1.contoso.com", Optional.empty())
                        .facts());
        Decision failover = Expect.only(scene.evaluate(), Remediation.POOL_FAILOVER);
        assertEquals(ClauseResult.FAILED, Expect.clause(failover, Clause.CMS_WRITABLE));
        assertTrue(failover.blocked());
    }

    @Test
    void aBackupPoolWhoseBackupServiceNobodyToldOfIsNotProvenFit() {
        Scene scene = usual().down(fes(2, 1, 3));
        scene.facts("pool:pool1.contoso.com", PoolTold.WELL.withoutBackupService().facts());
        Decision untold = Expect.only(scene.evaluate(), Remediation.POOL_FAILOVER);
        assertEquals(ClauseResult.UNKNOWN, Expect.clause(untold, Clause.BACKUP_SERVICES_RUNNING));
        scene.facts(fe(1, 1), new Facts.OfServer(Map.of("LYNCBACKUP", ServiceState.RUNNING)));
        Decision told = Expect.only(scene.evaluate(), Remediation.POOL_FAILOVER);
        assertEquals(ClauseResult.PASSED, Expect.clause(told, Clause.BACKUP_SERVICES_RUNNING));
    }

    @Test
    void usersWhoAreSignedInCountForTheCapacity() {
        Scene scene = usual().down(fes(2, 1, 3));
        scene.facts("pool:pool1.contoso.com", PoolTold.WELL.signedIn(20_001).facts());
        Decision failover = Expect.only(scene.evaluate(), Remediation.POOL_FAILOVER);
        assertEquals(ClauseResult.FAILED, Expect.clause(failover, Clause.BACKUP_CAPACITY));
    }

    @Test
    void aServerThatIsStartingIsReachableEvenWhereItIsSaidToBeDown() {
        Scene scene = usual().down(fes(2, 1, 3));
        for (String server : fes(2, 1, 3)) {
            scene.facts(server, new Facts.OfServer(Map.of("RTCSRV", ServiceState.START_PENDING)));
        }
        Evaluation evaluation = scene.evaluate();
        assertEquals("F7", Expect.forTarget(evaluation, "pool:pool2.contoso.com").rule());
        Expect.nothingActs(evaluation);
    }

    @Test
    void aPoolIsNotCalledDownForAServerThatNobodyHears() {
        Evaluation evaluation = usual().down(fes(2, 1, 2)).unheard(fe(2, 3)).evaluate();
        Expect.finding(evaluation, FindingCode.POOL_QUORUM_LOST);
        assertEquals("F6", Expect.only(evaluation, Remediation.POOL_FAILOVER).rule());
    }

    @Test
    void aPoolThatDoesNotAnswerWhileItsServersRunIsNotFailedOver() {
        Evaluation evaluation = usual().down("pool:pool2.contoso.com").evaluate();
        Expect.finding(evaluation, FindingCode.POOL_DOWN);
        Decision decision = Expect.forTarget(evaluation, "pool:pool2.contoso.com");
        assertEquals(Remediation.REPAIR, decision.remediation());
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
    }

    @Test
    void p5NamesALostSiteAndFailsItsUnheardPoolOver() {
        Evaluation evaluation =
                usual().silent("o-dublin")
                        .down("site:dublin")
                        .unheard(fes(2, 1, 3))
                        .unheard("pool:pool2.contoso.com")
                        .evaluate();
        assertEquals("P5", Expect.finding(evaluation, FindingCode.SITE_DOWN).rule());
        assertEquals(1, Expect.all(evaluation, Remediation.POOL_FAILOVER).size());
    }

    @Test
    void aLostServerIsFoundThoughNothingIsKnownOfTheOthers() {
        Evaluation evaluation = usual().down(fe(2, 1)).unheard(fe(2, 2), fe(2, 3)).evaluate();
        Expect.finding(evaluation, FindingCode.FRONT_END_SERVER_LOST);
        Expect.nothingActs(evaluation);
    }

    @Test
    void aBackupStoreWhoseMirrorCanTakeOverDoesNotMakeThePairLost() {
        Evaluation evaluation =
                usual().down(fes(2, 1, 3)).down("sql:sql11.contoso.com/rtc").evaluate();
        assertEquals("B3", Expect.only(evaluation, Remediation.MIRROR_FAILOVER).rule());
        Decision failover = Expect.only(evaluation, Remediation.POOL_FAILOVER);
        assertEquals(ClauseResult.FAILED, Expect.clause(failover, Clause.BACKUP_STORE_SERVING));
    }

    @Test
    void aPairOfDifferentEditionsIsNotFailedOver() {
        Estate legal = Contoso.USUAL.estate();
        List<Pool> mixed =
                legal.pools().stream()
                        .map(pool ->
                                pool.fqdn().value().equals("pool1.contoso.com")
                                        ? edition(pool, Edition.STANDARD)
                                        : pool)
                        .toList();
        Scene scene =
                new Scene(
                        new Estate(
                                legal.name(),
                                legal.sites(),
                                mixed,
                                legal.stores(),
                                legal.observers()));
        Decision failover =
                Expect.only(scene.down(fes(2, 1, 3)).evaluate(), Remediation.POOL_FAILOVER);
        assertEquals(ClauseResult.FAILED, Expect.clause(failover, Clause.PAIR_LEGAL));
        assertTrue(failover.blocked());
    }

    private static Pool edition(Pool pool, Edition edition) {
        return new Pool(
                pool.fqdn(),
                pool.role(),
                edition,
                pool.release(),
                pool.site(),
                pool.servers(),
                pool.store(),
                pool.backupPool(),
                pool.centralManagement(),
                pool.users(),
                pool.capacity(),
                pool.nextHopPool(),
                pool.federationRoute());
    }

    @Test
    void serversBeyondTheFirstOnesDoNotCount() {
        Evaluation evaluation =
                new Scene(Contoso.USUAL.frontEnds(12)).down(fes(2, 10, 12)).evaluate();
        assertEquals("F1", Expect.forTarget(evaluation, "pool:pool2.contoso.com").rule());
    }
}
