package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.Edition;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.PoolState;
import io.understudy.health.ServiceState;
import io.understudy.health.Status;
import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The gate of a pool failover (domain.md 8.5), clause by clause as an operator reads it. */
class PoolGateTest {

    private static final String HOME = "pool:pool2.contoso.com";
    private static final String BACKUP = "pool:pool1.contoso.com";
    private static final String BACKUP_PRIMARY = "sql:sql11.contoso.com/rtc";
    private static final Duration RTO = Duration.ofMinutes(20);

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
    void everyClauseSaysWhatItRestsOn() {
        assertEquals(
                List.of(
                        "pool2.contoso.com and pool1.contoso.com back each other up",
                        "pool1.contoso.com: 3 of 3 Front End Servers run, 2 are required",
                        "store:be1 is SERVING: sql:sql11.contoso.com/rtc is UP since 2026-11-21T12:00:00Z"
                                + " (o-dublin says UP, o-lisbon says UP, o-redmond says UP)",
                        "PoolState of pool1.contoso.com is ACTIVE",
                        "1 of 3 Front End Servers run, 2 are required; the losses were seen from at least 2 sites",
                        "PoolState of pool2.contoso.com is ACTIVE",
                        "3 servers run RTCSRV; LYNCBACKUP runs",
                        "pool1.contoso.com would carry 40000 users of 40000",
                        "all modules of pool2.contoso.com were last steady; lost is at most what was written in PT5M",
                        "nothing shows that service comes back sooner than a failover takes",
                        "no run holds any of [cms, pool:pool1.contoso.com, pool:pool2.contoso.com]",
                        "no such run ended within PT5M",
                        "0 runs at the site of 10 allowed, 0 everywhere of 20",
                        "the Central Management store is on pool1.contoso.com: 3 of 3 Front End Servers run, 2 are required",
                        "no Edge pool has pool2.contoso.com as its next hop"),
                failover(usual()).gate().stream().map(GateClause::evidence).toList());
        assertEquals(
                "The pool is below its functional number and cannot be started in time."
                        + " 1 of 3 Front End Servers run, 2 are required.",
                failover(usual()).reason());
        assertEquals(
                "20000 users of pool2.contoso.com are signed out and sign in again at pool1.contoso.com;"
                        + " their conferences end",
                failover(usual()).interruption().who());
    }

    @Test
    void whatMovesFirstIsSaid() {
        Scene scene = new Scene(Contoso.USUAL).down(fe(1, 1), fe(1, 2));
        Decision decision = failover(scene);
        assertEquals(
                "PASSED: the Central Management store is moved first",
                Expect.words(decision, Clause.CMS_WRITABLE));
        assertEquals(
                "PASSED: the next hop of pool:edge1.contoso.com is changed first",
                Expect.words(decision, Clause.EDGE_NEXT_HOP_ELSEWHERE));
    }

    @Test
    void whatCannotMoveFirstStandsInTheWay() {
        Scene scene = new Scene(Contoso.USUAL).down(fe(1, 1), fe(1, 2));
        scene.pool("pool2.contoso.com", PoolState.FAILING_OVER, ExportStatus.STEADY_STATE);
        Decision decision = failover(scene);
        assertEquals(
                "FAILED: the Central Management store is on pool:pool1.contoso.com and cannot be moved now",
                Expect.words(decision, Clause.CMS_WRITABLE));
        assertEquals(
                "FAILED: an Edge pool has pool1.contoso.com as its next hop and cannot be changed now",
                Expect.words(decision, Clause.EDGE_NEXT_HOP_ELSEWHERE));
    }

    @Test
    void aPairThatIsNoneIsSaid() {
        Scene oneWay =
                changed(
                        "pool1.contoso.com",
                        pool -> like(pool, pool.edition(), Optional.empty(), pool.capacity()));
        assertEquals(
                "FAILED: pool2.contoso.com and pool1.contoso.com are no reciprocal pair",
                words(oneWay, Clause.PAIR_LEGAL));
        Scene mixed =
                changed(
                        "pool1.contoso.com",
                        pool -> like(pool, Edition.STANDARD, pool.backupPool(), pool.capacity()));
        assertEquals(
                "FAILED: pool2.contoso.com and pool1.contoso.com back each other up"
                        + " and differ in edition, role or kind of store",
                words(mixed, Clause.PAIR_LEGAL));
    }

    @Test
    void storesOfTwoKindsMakeNoPair() {
        Estate estate =
                Grown.of(Contoso.USUAL)
                        .stores(store ->
                                store.name().value().equals("be2")
                                        ? store
                                        : Grown.of(Contoso.USUAL)
                                                .groups()
                                                .estate()
                                                .store(store.name())
                                                .orElseThrow())
                        .estate();
        assertEquals(
                ClauseResult.FAILED,
                Expect.clause(failover(lost(new Scene(estate))), Clause.PAIR_LEGAL));
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

    @Test
    void aPoolStateThatNobodyToldIsNotProven() {
        Scene scene = usual().facts(HOME, PoolTold.NOTHING.facts());
        assertEquals(
                "UNKNOWN: nobody has told the PoolState of pool2.contoso.com",
                words(scene, Clause.HOME_POOL_STATE_ACTIVE));
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
    void nobodyIsHeldBackForNumbersThatTheEstateDoesNotTell() {
        Scene scene =
                changed(
                        "pool1.contoso.com",
                        pool -> like(pool, pool.edition(), pool.backupPool(), OptionalInt.empty()));
        Decision decision = failover(scene);
        assertEquals(
                "UNKNOWN?: the estate does not tell users and capacity:"
                        + " see that pool1.contoso.com can carry both pools' users",
                Expect.words(decision, Clause.BACKUP_CAPACITY));
        assertFalse(decision.blocked());
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

    /** Of four servers so many are dead and the others stopped, so long that no start helps. */
    private static Scene stopped(int dead) {
        Scene scene = new Scene(Contoso.USUAL.frontEnds(4));
        Facts stopped = new Facts.OfServer(Map.of("RTCSRV", ServiceState.STOPPED));
        for (int i = 1; i <= 3; i++) {
            if (i <= dead) {
                scene.down(fe(2, i));
            } else {
                scene.factsSince(fe(2, i), RTO, stopped);
            }
        }
        return scene.since(RTO).ended(Remediation.QUORUM_RECOVERY, HOME, Duration.ofMinutes(6));
    }

    @Test
    void whatServersSayOfThemselvesIsNotSeenFromOutside() {
        String own =
                "UNKNOWN: 1 of 4 Front End Servers run, 2 are required; only their own word says"
                        + " that the servers are out, and nobody sees them down from outside";
        String seen =
                "PASSED: 1 of 4 Front End Servers run, 2 are required; the losses were seen from at"
                        + " least 2 sites";
        assertEquals(own, words(stopped(1), Clause.HOME_POOL_SEEN_DOWN));
        assertEquals(own, words(stopped(2), Clause.HOME_POOL_SEEN_DOWN));
        assertEquals(seen, words(stopped(3), Clause.HOME_POOL_SEEN_DOWN));
        assertEquals(seen, words(stopped(1).down(HOME), Clause.HOME_POOL_SEEN_DOWN));
    }

    @Test
    void aPoolThatLivesWithoutItsStoreIsOutForTheStore() {
        Scene scene = new Scene(Contoso.USUAL);
        scene.down("sql:sql21.contoso.com/rtc", "sql:sql22.contoso.com/rtc");
        scene.since(Duration.ofMinutes(30));
        Decision decision = failover(scene);
        assertEquals(
                "PASSED: its store is unavailable since 2026-11-21T11:30:00Z",
                Expect.words(decision, Clause.HOME_POOL_SEEN_DOWN));
        Rejected mirror = Expect.rejected(decision, Remediation.MIRROR_FAILOVER);
        assertEquals("the store's rows show why it is not possible", mirror.because());
        assertEquals("B9", mirror.rule());
    }

    @Test
    void aMirrorCuresNoLostQuorum() {
        Rejected mirror = Expect.rejected(failover(usual()), Remediation.MIRROR_FAILOVER);
        assertEquals(
                "it cures a lost Back End partner and does nothing for lost Front End quorum",
                mirror.because());
        assertEquals("F6", mirror.rule());
    }

    @Test
    void theUsersOfAPoolThatTheEstateDoesNotCountAreAllUsers() {
        Scene scene =
                changed(
                        "pool2.contoso.com",
                        pool ->
                                new Pool(
                                        pool.fqdn(),
                                        pool.role(),
                                        pool.edition(),
                                        pool.release(),
                                        pool.site(),
                                        pool.servers(),
                                        pool.store(),
                                        pool.backupPool(),
                                        pool.centralManagement(),
                                        OptionalInt.empty(),
                                        pool.capacity(),
                                        pool.nextHopPool(),
                                        pool.federationRoute()));
        Decision decision = failover(scene);
        String who = decision.interruption().who();
        assertTrue(who.startsWith("all users of pool2.contoso.com "), who);
        assertEquals(ClauseResult.UNKNOWN, Expect.clause(decision, Clause.BACKUP_CAPACITY));
    }

    /** One pool of the estate is another. */
    private static Scene changed(String fqdn, UnaryOperator<Pool> change) {
        Estate usual = Contoso.USUAL.estate();
        List<Pool> pools =
                usual.pools().stream()
                        .map(pool -> pool.fqdn().value().equals(fqdn) ? change.apply(pool) : pool)
                        .toList();
        return lost(
                new Scene(
                        new Estate(
                                usual.name(),
                                usual.sites(),
                                pools,
                                usual.stores(),
                                usual.observers())));
    }

    private static Pool like(
            Pool pool, Edition edition, Optional<PoolFqdn> backup, OptionalInt capacity) {
        return new Pool(
                pool.fqdn(),
                pool.role(),
                edition,
                pool.release(),
                pool.site(),
                pool.servers(),
                pool.store(),
                backup,
                pool.centralManagement(),
                pool.users(),
                capacity,
                pool.nextHopPool(),
                pool.federationRoute());
    }
}
