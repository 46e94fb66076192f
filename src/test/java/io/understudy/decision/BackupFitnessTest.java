package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.estate.Estate;
import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.ServiceState;
import io.understudy.health.Status;
import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether the pool that would take over is proven fit, as an operator reads it (product.md S1). */
class BackupFitnessTest {

    private static final String BACKUP = "pool:pool1.contoso.com";
    private static final String BACKUP_PRIMARY = "sql:sql11.contoso.com/rtc";

    private static String fe(int pool, int number) {
        return "server:fe" + pool + number + ".contoso.com";
    }

    /** pool2 is below its number by as many servers as that takes. */
    private static Scene lost(Scene scene) {
        return scene.down(fe(2, 1), fe(2, 2));
    }

    private static Scene usual() {
        return lost(new Scene(Contoso.USUAL));
    }

    private static Decision failover(Scene scene) {
        return Expect.only(scene.evaluate(), Remediation.POOL_FAILOVER);
    }

    private static String words(Scene scene, Clause clause) {
        return Expect.words(failover(scene), clause);
    }

    @Test
    void aBackupPoolThatIsSeenDownAsAWholeIsNotFit() {
        assertEquals(
                "FAILED: pool1.contoso.com: 3 of 3 Front End Servers run, 2 are required;"
                        + " the pool as a whole is seen down",
                words(usual().down(BACKUP), Clause.BACKUP_FRONT_ENDS_ABOVE_MINIMUM));
    }

    @Test
    void aBackupPoolIsFitAboveItsMinimumOrWhole() {
        Clause clause = Clause.BACKUP_FRONT_ENDS_ABOVE_MINIMUM;
        Scene atMinimum = usual().down(fe(1, 1));
        assertEquals(
                "FAILED: pool1.contoso.com: 2 of 3 Front End Servers run, 2 are required",
                words(atMinimum, clause));
        Scene open = usual().unheard(fe(1, 1));
        assertEquals(
                "UNKNOWN: pool1.contoso.com: 2 of 3 Front End Servers run, 1 are not known, 2 are required",
                words(open, clause));
        Scene single = new Scene(Contoso.USUAL.frontEnds(1)).down(fe(2, 1));
        assertEquals(
                "PASSED: pool1.contoso.com: 1 of 1 Front End Servers run, 1 are required",
                words(single, clause));
    }

    @Test
    void aVoteOfWhichNothingIsKnownIsTakenAsLost() {
        Clause clause = Clause.BACKUP_FRONT_ENDS_ABOVE_MINIMUM;
        Contoso four = Contoso.USUAL.frontEnds(4);
        Scene three = lost(new Scene(four)).down(fe(2, 3)).down(fe(1, 1));
        assertEquals(
                "PASSED: pool1.contoso.com: 3 of 4 Front End Servers run, 2 are required",
                words(three, clause));
        three.unheard(BACKUP_PRIMARY);
        assertEquals(
                "UNKNOWN: pool1.contoso.com: 3 of 4 Front End Servers run, 2 are required",
                words(three, clause));
        three.all(Status.UP, fe(1, 1));
        assertEquals(ClauseResult.PASSED, Expect.clause(failover(three), clause));
        three.down(BACKUP_PRIMARY, fe(1, 1));
        assertEquals(
                "FAILED: pool1.contoso.com: 3 of 4 Front End Servers run, 3 are required"
                        + " (one more, since the primary store's vote is lost)",
                words(three, clause));
    }

    @Test
    void thePrimaryStoreOfAPoolOfOddSizeHasNoVote() {
        Scene scene = new Scene(Contoso.USUAL.frontEnds(5));
        scene.down(fe(2, 1), fe(2, 2), fe(2, 3)).down(fe(1, 1)).unheard(BACKUP_PRIMARY);
        assertEquals(
                "PASSED: pool1.contoso.com: 4 of 5 Front End Servers run, 3 are required",
                words(scene, Clause.BACKUP_FRONT_ENDS_ABOVE_MINIMUM));
    }

    @Test
    void aPoolOfTwoIsFitOnlyWhileItsPrimaryStoreIsSeenAlive() {
        Scene two = new Scene(Contoso.USUAL.frontEnds(2)).down(fe(2, 1), fe(2, 2));
        Clause clause = Clause.BACKUP_FRONT_ENDS_ABOVE_MINIMUM;
        assertEquals(
                "PASSED: pool1.contoso.com: 2 of 2 Front End Servers run, 1 are required",
                words(two, clause));
        assertEquals(
                "UNKNOWN: pool1.contoso.com: 2 of 2 Front End Servers run, 1 are required",
                words(two.unheard(BACKUP_PRIMARY), clause));
    }

    @Test
    void withoutAStoreInTheEstateOnlyAStandardEditionServerIsKnownToHaveOne() {
        Clause clause = Clause.BACKUP_STORE_SERVING;
        Scene enterprise = new Scene(Grown.of(Contoso.USUAL).withoutStores().estate());
        assertEquals("UNKNOWN: the estate names no store for it", words(lost(enterprise), clause));
        Estate standard = Grown.of(Contoso.USUAL.frontEnds(1)).withoutStores().estate();
        assertEquals(
                "PASSED: its store is on the server itself",
                words(new Scene(standard).down(fe(2, 1)), clause));
        assertEquals(
                "UNKNOWN: its store is on the server itself",
                words(new Scene(standard).down(fe(2, 1)).unheard(fe(1, 1)), clause));
    }

    private static Scene backupService(ExportStatus status) {
        return usual().facts(
                        BACKUP,
                        PoolTold.WELL
                                .withoutBackupService()
                                .module("UserServices.PresenceFocus", status, Optional.empty())
                                .facts());
    }

    @Test
    void lyncbackupIsKnownToRunByItsModulesOrByItself() {
        Clause clause = Clause.BACKUP_SERVICES_RUNNING;
        String nobody = "UNKNOWN: 3 servers run RTCSRV; LYNCBACKUP was told of by nobody";
        String runs = "PASSED: 3 servers run RTCSRV; LYNCBACKUP runs";
        assertEquals(nobody, words(backupService(ExportStatus.UNKNOWN), clause));
        assertEquals(nobody, words(backupService(ExportStatus.ERROR_STATE), clause));
        assertEquals(runs, words(backupService(ExportStatus.NON_STEADY_STATE), clause));
        assertEquals(runs, words(backupService(ExportStatus.NOT_INITIALIZED), clause));
        Scene stopped = usual();
        stopped.facts(fe(1, 1), new Facts.OfServer(Map.of("LYNCBACKUP", ServiceState.RUNNING)))
                .facts(fe(1, 2), new Facts.OfServer(Map.of("LYNCBACKUP", ServiceState.STOPPED)));
        assertEquals(
                "FAILED: 3 servers run RTCSRV; LYNCBACKUP does not run on every server",
                words(stopped, clause));
    }

    @Test
    void lyncbackupOnAPoolThatIsNotKnownToServeIsNotEnough() {
        assertEquals(
                "UNKNOWN: 1 servers run RTCSRV; LYNCBACKUP runs",
                words(usual().unheard(fe(1, 1), fe(1, 2)), Clause.BACKUP_SERVICES_RUNNING));
    }

    @Test
    void wordsOnLyncbackupThatAreTooOldCountForNothing() {
        Duration age = Policy.DEFAULT.thresholds().maxAge();
        Clause clause = Clause.BACKUP_SERVICES_RUNNING;
        Scene scene = backupService(ExportStatus.UNKNOWN);
        scene.facts(fe(1, 1), new Facts.OfServer(Map.of("LYNCBACKUP", ServiceState.STOPPED)));
        assertEquals(
                ClauseResult.FAILED,
                Expect.clause(failover(scene.factsAt(fe(1, 1), Scene.NOON.minus(age))), clause));
        scene.factsAt(fe(1, 1), Scene.NOON.minus(age).minusMillis(1));
        assertEquals(ClauseResult.UNKNOWN, Expect.clause(failover(scene), clause));
    }

    @Test
    void theSurvivorCarriesBothPoolsUsersUpToItsCapacity() {
        assertEquals(
                "FAILED: pool1.contoso.com would carry 40000 users of 39999",
                words(lost(new Scene(Contoso.USUAL.capacity(39_999))), Clause.BACKUP_CAPACITY));
        Scene busy = usual().facts(BACKUP, PoolTold.WELL.signedIn(20_001).facts());
        assertEquals(
                "FAILED: pool1.contoso.com would carry 40001 users of 40000",
                words(busy, Clause.BACKUP_CAPACITY));
        Scene quiet = usual().facts(BACKUP, PoolTold.WELL.signedIn(19_999).facts());
        assertEquals(
                "PASSED: pool1.contoso.com would carry 40000 users of 40000",
                words(quiet, Clause.BACKUP_CAPACITY));
    }
}
