package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.ImportStatus;
import io.understudy.testing.Contoso;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a pool failover loses, by what the Backup Service of the home pool said last (domain.md
 * 2.5).
 */
class BackupServiceTest {

    private static final String HOME = "pool:pool2.contoso.com";
    private static final Duration RPO = Duration.ofMinutes(5);
    private static final String TWO =
            "; what would be lost is not known and two people must accept that";

    private static PoolTold module(PoolTold told, String name, ExportStatus export) {
        return told.module(name, export, Optional.empty());
    }

    private static PoolTold module(PoolTold told, String name, ExportStatus export, Duration ago) {
        return told.module(name, export, Optional.of(Scene.NOON.minus(ago)));
    }

    private static PoolTold nothing() {
        return PoolTold.WELL.withoutBackupService();
    }

    /** pool2 is lost at noon, and this was told of it. */
    private static Decision failover(PoolTold told) {
        Scene scene = new Scene(Contoso.USUAL).facts(HOME, told.facts());
        return Expect.only(
                scene.down("server:fe21.contoso.com", "server:fe22.contoso.com").evaluate(),
                Remediation.POOL_FAILOVER);
    }

    private static void assertLoss(DataLoss loss, String words, PoolTold told) {
        Decision failover = failover(told);
        assertEquals(words, Expect.words(failover, Clause.BACKUP_SERVICE_STEADY));
        assertEquals(loss, failover.dataLoss());
    }

    private static void assertBound(Duration bound, PoolTold told) {
        assertEquals(new DataLoss.Bounded(bound), failover(told).dataLoss());
    }

    @Test
    void aPairInStepLosesWhatThePublishedObjectiveSays() {
        assertLoss(
                new DataLoss.Bounded(RPO),
                "PASSED?: all modules of pool2.contoso.com were last steady;"
                        + " lost is at most what was written in PT5M",
                PoolTold.WELL);
    }

    @Test
    void whatNobodyToldIsNotKnown() {
        assertLoss(
                new DataLoss.Unknown(),
                "UNKNOWN?: nobody has told the Backup Service state of pool2.contoso.com" + TWO,
                nothing());
        assertLoss(
                new DataLoss.Unknown(),
                "UNKNOWN?: UserServices was last UNKNOWN" + TWO,
                module(nothing(), "UserServices", ExportStatus.UNKNOWN));
    }

    @Test
    void aModuleThatFellBehindAtATimeThatNobodyToldBoundsNothing() {
        assertLoss(
                new DataLoss.Unknown(),
                "FAILED?: UserServices was last NON_STEADY_STATE" + TWO,
                module(nothing(), "UserServices", ExportStatus.NON_STEADY_STATE));
    }

    @Test
    void aModuleThatFellBehindLosesWhatWasWrittenSinceItWasSteady() {
        assertLoss(
                new DataLoss.Bounded(Duration.ofMinutes(4)),
                "FAILED?: not all modules of pool2.contoso.com are steady now;"
                        + " lost is at most what was written in PT4M",
                module(
                        nothing(),
                        "UserServices",
                        ExportStatus.NON_STEADY_STATE,
                        Duration.ofMinutes(4)));
    }

    @ParameterizedTest
    @EnumSource(ExportStatus.class)
    void onlyAModuleThatKeepsUpOrSaysSinceWhenItDoesNotBoundsTheLoss(ExportStatus status) {
        DataLoss loss =
                failover(module(nothing(), "UserServices", status, Duration.ofMinutes(1)))
                        .dataLoss();
        DataLoss bounded = new DataLoss.Bounded(Duration.ofMinutes(1));
        assertEquals(
                switch (status) {
                    case STEADY_STATE, FINAL_STATE, NON_STEADY_STATE, ERROR_STATE -> bounded;
                    case NOT_INITIALIZED, UNKNOWN -> new DataLoss.Unknown();
                },
                loss);
    }

    @Test
    void theFinalStateIsAsGoodAsASteadyOne() {
        assertLoss(
                new DataLoss.Bounded(RPO),
                "PASSED?: all modules of pool2.contoso.com were last steady;"
                        + " lost is at most what was written in PT5M",
                module(nothing(), "UserServices", ExportStatus.FINAL_STATE));
    }

    @Test
    void theModuleOfTheCmsNeedNotBeInitializedWhereTheCmsIsNot() {
        PoolTold well = module(nothing(), "UserServices", ExportStatus.STEADY_STATE);
        assertBound(RPO, module(well, "CentralMgmt.CMSMaster", ExportStatus.NOT_INITIALIZED));
        assertEquals(
                new DataLoss.Unknown(),
                failover(module(well, "ConfServices", ExportStatus.NOT_INITIALIZED)).dataLoss());
        assertEquals(
                new DataLoss.Unknown(),
                failover(module(well, "CentralMgmt.CMSMaster", ExportStatus.ERROR_STATE))
                        .dataLoss());
    }

    @Test
    void theOldestSteadyTimeCounts() {
        Duration younger = Duration.ofMinutes(2);
        Duration older = Duration.ofMinutes(7);
        PoolTold one = module(nothing(), "A", ExportStatus.STEADY_STATE, younger);
        assertBound(younger, one);
        assertBound(older, module(one, "B", ExportStatus.STEADY_STATE, older));
    }

    @Test
    void ofAModuleThatTellsNoTimeTheObjectiveIsTaken() {
        Duration younger = Duration.ofMinutes(2);
        Duration older = Duration.ofMinutes(7);
        PoolTold untimed = module(nothing(), "A", ExportStatus.STEADY_STATE);
        assertBound(RPO, module(untimed, "B", ExportStatus.STEADY_STATE, younger));
        assertBound(older, module(untimed, "B", ExportStatus.STEADY_STATE, older));
    }

    @Test
    void aBoundIsGivenInSecondsBegun() {
        Duration seconds = Duration.ofSeconds(90);
        assertBound(seconds, module(nothing(), "A", ExportStatus.STEADY_STATE, seconds));
        assertBound(
                seconds.plusSeconds(1),
                module(nothing(), "A", ExportStatus.STEADY_STATE, seconds.plusMillis(1)));
    }

    @Test
    void aModuleThatWasSteadyAfterTheLossProvesNoLess() {
        assertBound(RPO, module(nothing(), "A", ExportStatus.STEADY_STATE, Duration.ZERO));
        assertBound(RPO, module(nothing(), "A", ExportStatus.STEADY_STATE, RPO.negated()));
    }

    @Test
    void aPairThatCouldNotImportHasNotWhatItWasSent() {
        Facts.BackupModule failing =
                new Facts.BackupModule(
                        "UserServices",
                        ExportStatus.STEADY_STATE,
                        ImportStatus.ERROR_STATE,
                        Optional.<Instant>empty());
        Scene scene = new Scene(Contoso.USUAL);
        scene.facts("pool:pool1.contoso.com", nothing().module(failing).facts());
        Decision failover =
                Expect.only(
                        scene.down("server:fe21.contoso.com", "server:fe22.contoso.com").evaluate(),
                        Remediation.POOL_FAILOVER);
        assertEquals(
                "FAILED?: pool1.contoso.com could not import what it was sent" + TWO,
                Expect.words(failover, Clause.BACKUP_SERVICE_STEADY));
        assertEquals("P11", failover.rule());
    }
}
