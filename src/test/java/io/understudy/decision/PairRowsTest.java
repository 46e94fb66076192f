package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.Release;
import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.ImportStatus;
import io.understudy.health.PoolState;
import io.understudy.health.ServiceState;
import io.understudy.testing.Contoso;
import io.understudy.testing.Policies;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows P9 to P11: what a pair is worth. */
class PairRowsTest {

    private static final String HOME = "pool:pool2.contoso.com";
    private static final String BACKUP = "pool:pool1.contoso.com";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant NOON = Scene.NOON;

    private static Scene usual() {
        return new Scene(Contoso.USUAL);
    }

    private static Scene lost(Scene scene) {
        return scene.down("server:fe21.contoso.com", "server:fe22.contoso.com").since(MINUTE);
    }

    private static Decision unfit(Scene scene) {
        return Expect.forTarget(scene.evaluate(), BACKUP);
    }

    @Test
    void p9RepairsTheNearerOfTwoPoolsWhereTheBackupPoolIsAtItsMinimum() {
        Evaluation evaluation = lost(usual()).down("server:fe13.contoso.com").evaluate();
        Finding finding = Expect.finding(evaluation, FindingCode.BACKUP_POOL_UNFIT);
        assertEquals("P9", finding.rule());
        assertEquals(BACKUP, finding.target().toString());
        assertEquals(Severity.CRITICAL, finding.severity());
        assertEquals(NOON.minus(MINUTE), finding.since());
        Decision decision =
                evaluation.decisions().stream()
                        .filter(d -> d.rule().equals("P9"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(
                new Remedy.Repair(
                        "repair pool1.contoso.com or pool2.contoso.com, whichever is nearer to service",
                        Optional.empty()),
                decision.remedy());
        assertTrue(decision.reason().contains("2 of 3 Front End Servers run"), decision::reason);
        assertTrue(Expect.only(evaluation, Remediation.POOL_FAILOVER).blocked());
        Expect.nothingActs(evaluation);
    }

    @Test
    void p9NamesAnExposedStoreAndLetsThePoolFailOver() {
        Scene scene = lost(usual()).down("sql:sql12.contoso.com/rtc");
        Decision decision = unfit(scene);
        assertEquals("P9", decision.rule());
        assertTrue(decision.reason().endsWith("store:be1 is exposed."), decision::reason);
        assertFalse(Expect.only(scene.evaluate(), Remediation.POOL_FAILOVER).blocked());
        Scene witness =
                lost(new Scene(Contoso.USUAL.withWitness())).down("sql:sqlw1.contoso.com/rtc");
        assertTrue(unfit(witness).reason().endsWith("store:be1 is exposed."));
    }

    @Test
    void p9NamesALostStore() {
        Scene scene = lost(usual()).down("sql:sql11.contoso.com/rtc");
        Decision decision = unfit(scene);
        assertTrue(decision.reason().endsWith("store:be1 does not serve."), decision::reason);
        assertTrue(Expect.only(scene.evaluate(), Remediation.POOL_FAILOVER).blocked());
    }

    @Test
    void p9NamesABackupServiceThatIsStopped() {
        Scene scene = lost(usual());
        scene.facts(
                "server:fe11.contoso.com",
                new Facts.OfServer(Map.of("LYNCBACKUP", ServiceState.STOPPED)));
        assertTrue(unfit(scene).reason().endsWith("LYNCBACKUP does not run on every server."));
        Decision failover = Expect.only(scene.evaluate(), Remediation.POOL_FAILOVER);
        assertEquals(ClauseResult.FAILED, Expect.clause(failover, Clause.BACKUP_SERVICES_RUNNING));
    }

    @Test
    void p9NamesAllThatIsWrong() {
        Scene scene = lost(usual()).down("server:fe13.contoso.com", "sql:sql12.contoso.com/rtc");
        String reason =
                scene.evaluate().decisions().stream()
                        .filter(d -> d.rule().equals("P9"))
                        .findFirst()
                        .orElseThrow()
                        .reason();
        assertTrue(reason.contains("2 are required; store:be1 is exposed."), reason);
    }

    @Test
    void p9IsSilentAboutAFitBackupPoolAndWithoutAFailover() {
        Expect.none(lost(usual()).evaluate(), Remediation.REPAIR);
        Evaluation noFailover = usual().down("server:fe13.contoso.com").evaluate();
        assertTrue(
                noFailover.findings().stream()
                        .noneMatch(f -> f.code() == FindingCode.BACKUP_POOL_UNFIT));
        Evaluation spare =
                lost(new Scene(Contoso.USUAL.frontEnds(5)))
                        .down("server:fe23.contoso.com", "server:fe11.contoso.com")
                        .evaluate();
        Expect.only(spare, Remediation.POOL_FAILOVER);
        assertTrue(spare.decisions().stream().noneMatch(d -> d.rule().equals("P9")));
    }

    @ParameterizedTest
    @EnumSource(
            value = ExportStatus.class,
            names = {"NON_STEADY_STATE", "ERROR_STATE"})
    void p10MendsTheBackupServiceOfALivingPool(ExportStatus status) {
        Scene scene = usual();
        scene.factsSince(
                HOME, Duration.ofMinutes(8), PoolTold.of(PoolState.ACTIVE, status).facts());
        Evaluation evaluation = scene.evaluate();
        Decision decision = Expect.forTarget(evaluation, HOME);
        assertEquals("P10", decision.rule());
        assertEquals(Remediation.REPAIR, decision.remediation());
        assertTrue(
                decision.reason()
                        .contains(
                                "ConfServices.DataConf exports "
                                        + status
                                        + " and imports NORMAL_STATE."),
                decision::reason);
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
        Finding finding = Expect.finding(evaluation, FindingCode.BACKUP_SERVICE_ERROR);
        assertEquals("P10", finding.rule());
        assertEquals(Severity.WARNING, finding.severity());
        assertEquals(NOON.minus(Duration.ofMinutes(8)), finding.since());
        Expect.nothingActs(evaluation);
    }

    private static PoolTold module(String name, ExportStatus export, ImportStatus status) {
        return PoolTold.WELL.module(new Facts.BackupModule(name, export, status, Optional.empty()));
    }

    @Test
    void p10CountsImportsAsWell() {
        Scene scene = usual();
        scene.facts(
                HOME,
                module(
                                "ApplicationServer.RGSDataStore",
                                ExportStatus.STEADY_STATE,
                                ImportStatus.ERROR_STATE)
                        .facts());
        assertEquals("P10", Expect.forTarget(scene.evaluate(), HOME).rule());
    }

    @Test
    void p10KnowsThatAStandbyHasNoCmsToExport() {
        Scene scene = usual();
        scene.facts(
                HOME,
                module(
                                "CentralMgmt.CMSMaster",
                                ExportStatus.NOT_INITIALIZED,
                                ImportStatus.NORMAL_STATE)
                        .facts());
        assertEquals(Evaluation.NOTHING, scene.evaluate());
        Decision failover = Expect.only(lost(scene).evaluate(), Remediation.POOL_FAILOVER);
        assertEquals(ClauseResult.PASSED, Expect.clause(failover, Clause.BACKUP_SERVICE_STEADY));
    }

    @Test
    void p10IsAboutAPairThatLivesAndWasHeardOfLate() {
        PoolTold behind = PoolTold.of(PoolState.ACTIVE, ExportStatus.ERROR_STATE);
        Scene unpaired = new Scene(Contoso.USUAL.unpaired()).facts(HOME, behind.facts());
        assertEquals(Evaluation.NOTHING, unpaired.evaluate());
        Duration age = Policy.DEFAULT.thresholds().maxAge();
        Scene told = usual().facts(HOME, behind.facts());
        assertEquals(
                "P10",
                Expect.forTarget(told.factsAt(HOME, NOON.minus(age)).evaluate(), HOME).rule());
        assertEquals(
                Evaluation.NOTHING, told.factsAt(HOME, NOON.minus(age).minusMillis(1)).evaluate());
        Evaluation lost = lost(usual().facts(HOME, behind.facts())).evaluate();
        assertTrue(lost.decisions().stream().noneMatch(d -> d.rule().equals("P10")));
    }

    /** The home pool fell behind so long before it was lost, a minute before noon. */
    private static Decision behind(Contoso contoso, Duration before) {
        Instant steady = NOON.minus(MINUTE).minus(before);
        Scene scene = lost(new Scene(contoso));
        scene.facts(HOME, PoolTold.WELL.behindSince(steady).facts());
        return Expect.only(scene.evaluate(), Remediation.POOL_FAILOVER);
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void p11LosesWhatWasWrittenSinceThePairWasLastSteady(Release release) {
        Duration rpo = release.poolFailoverRpo();
        Decision within = behind(Contoso.USUAL.release(release), rpo);
        assertEquals("P11", within.rule());
        assertEquals(new DataLoss.Bounded(rpo), within.dataLoss());
        Expect.onlyByPeople(within, 1);
        assertFalse(within.blocked());
        Decision beyond = behind(Contoso.USUAL.release(release), rpo.plusSeconds(1));
        assertEquals(new DataLoss.Bounded(rpo.plusSeconds(1)), beyond.dataLoss());
        Expect.onlyByPeople(beyond, 2);
        assertFalse(beyond.blocked());
        assertTrue(beyond.reason().contains("older data"), beyond::reason);
        assertTrue(Expect.gate(beyond).contains("BACKUP_SERVICE_STEADY=FAILED?"), beyond::toString);
    }

    @Test
    void p11CountsSecondsBegun() {
        assertEquals(
                new DataLoss.Bounded(Duration.ofSeconds(62)),
                behind(Contoso.USUAL, Duration.ofSeconds(61).plusMillis(1)).dataLoss());
    }

    @Test
    void p11NeverFailsOverByItself() {
        Scene scene = lost(usual().policy(Policies.AUTOMATE));
        scene.facts(HOME, PoolTold.WELL.behindSince(NOON.minus(MINUTE.multipliedBy(2))).facts());
        Expect.onlyByPeople(Expect.only(scene.evaluate(), Remediation.POOL_FAILOVER), 1);
        assertEquals("P11", Expect.finding(scene.evaluate(), FindingCode.POOL_QUORUM_LOST).rule());
    }

    @Test
    void p11CountsWhatTheBackupPoolCouldNotImport() {
        Scene scene = lost(usual());
        scene.facts(
                BACKUP, module("X", ExportStatus.STEADY_STATE, ImportStatus.ERROR_STATE).facts());
        Decision failover = Expect.only(scene.evaluate(), Remediation.POOL_FAILOVER);
        assertEquals("P11", failover.rule());
        assertEquals(new DataLoss.Unknown(), failover.dataLoss());
        Expect.onlyByPeople(failover, 2);
    }

    @Test
    void whatWasSteadyAtTheLossLosesAtMostTheObjective() {
        Scene scene = lost(usual());
        Decision failover = Expect.only(scene.evaluate(), Remediation.POOL_FAILOVER);
        assertEquals("F6", failover.rule());
        assertEquals(new DataLoss.Bounded(Duration.ofMinutes(5)), failover.dataLoss());
        scene.facts(
                HOME,
                PoolTold.WELL
                        .withoutBackupService()
                        .module(
                                "A",
                                ExportStatus.STEADY_STATE,
                                Optional.of(NOON.minus(MINUTE.multipliedBy(3))))
                        .facts());
        assertEquals(
                new DataLoss.Bounded(MINUTE.multipliedBy(2)),
                Expect.only(scene.evaluate(), Remediation.POOL_FAILOVER).dataLoss());
    }
}
