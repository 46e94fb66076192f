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

/** The gate of a pool failover (domain.md 8.5), as an operator reads it. */
class PoolGateTest {

    private static final String HOME = "pool:pool2.contoso.com";
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
    void aPoolStateThatNobodyToldIsNotProven() {
        Scene scene = usual().facts(HOME, PoolTold.NOTHING.facts());
        assertEquals(
                "UNKNOWN: nobody has told the PoolState of pool2.contoso.com",
                words(scene, Clause.HOME_POOL_STATE_ACTIVE));
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
}
