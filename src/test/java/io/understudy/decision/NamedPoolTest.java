package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.estate.Database;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Estate;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SiteName;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.estate.StoreTechnology;
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

/** The pools of a store: which one the cmdlets name, and what they would lose. */
class NamedPoolTest {

    private static final String LOST = "sql:odd1.contoso.com/rtc";

    private static Store odd(String site) {
        return new Store(
                new StoreName("odd"),
                new SiteName(site),
                StoreTechnology.MIRRORING,
                sql("odd1"),
                Optional.of(sql("odd2")),
                Optional.empty(),
                List.of(new Database("reportdb", DatabaseType.APPLICATION)),
                Optional.empty());
    }

    private static SqlInstance sql(String host) {
        return new SqlInstance(new ServerFqdn(host + ".contoso.com"), "rtc");
    }

    private static Evaluation lost(Estate estate, String site) {
        return new Scene(PoolsOnOneStore.unnamed(estate, odd(site))).down(LOST).evaluate();
    }

    @Test
    void aStoreThatNoPoolNamesIsMovedByTheOnlyFrontEndPoolOfItsSite() {
        Decision decision =
                Expect.only(lost(Contoso.USUAL.estate(), "redmond"), Remediation.MIRROR_FAILOVER);
        assertEquals(
                new PoolFqdn("pool1.contoso.com"),
                ((Remedy.MirrorFailover) decision.remedy()).pool());
    }

    @Test
    void whereTwoCouldBeNamedOrNoneNobodyGuesses() {
        Expect.none(lost(Contoso.USUAL.pairs(2), "redmond"), Remediation.MIRROR_FAILOVER);
        Expect.none(lost(Contoso.USUAL.estate(), "lisbon"), Remediation.MIRROR_FAILOVER);
    }

    @Test
    void theChatPoolNamesItsStore() {
        Scene chat = new Scene(Grown.of(Contoso.USUAL).chat().estate());
        Decision decision =
                Expect.only(
                        chat.down("sql:sqlc1.contoso.com/rtc").evaluate(),
                        Remediation.MIRROR_FAILOVER);
        assertEquals(
                new PoolFqdn("chat1.contoso.com"),
                ((Remedy.MirrorFailover) decision.remedy()).pool());
    }

    /** be1 is lost with a mirror that is so long behind; pool3's Backup Service is as much. */
    private static Decision behind(Duration mirror, Duration pool3) {
        Scene scene = new Scene(PoolsOnOneStore.estate()).down("sql:sql11.contoso.com/rtc");
        StoreTold inStep =
                StoreTold.mirrored(
                        scene.store("be1"), MirroringState.SYNCHRONIZED, Position.PRIMARY);
        scene.factsBefore("store:be1", Scene.NOON.minus(mirror), inStep.facts());
        scene.mirroring("be1", MirroringState.SYNCHRONIZING, Position.PRIMARY);
        scene.facts(
                "pool:pool3.contoso.com",
                PoolTold.WELL.behindSince(Scene.NOON.minus(pool3)).facts());
        return Expect.forTarget(scene.evaluate(), "store:be1");
    }

    @Test
    void ofTwoPoolsTheOneThatWouldLoseMoreIsComparedWith() {
        Duration six = Duration.ofMinutes(6);
        assertEquals(Remediation.FORCED_MIRROR_FAILOVER, behind(six, six).remediation());
        Decision repair = behind(six, six.minusSeconds(1));
        assertEquals(Remediation.REPAIR, repair.remediation());
        assertEquals(
                "it may lose more than the pool failover that follows when the budget is spent",
                Expect.rejected(repair, Remediation.FORCED_MIRROR_FAILOVER).because());
        assertEquals(
                Remediation.FORCED_MIRROR_FAILOVER,
                behind(Duration.ofMinutes(5), Duration.ofMinutes(1)).remediation());
    }

    /** pool2 fails over while another store of the pool with the CMS is lost. */
    private static String writable(Estate estate, String... lost) {
        Scene scene = new Scene(estate).down(lost);
        scene.down("server:fe21.contoso.com", "server:fe22.contoso.com");
        return Expect.words(
                Expect.only(scene.evaluate(), Remediation.POOL_FAILOVER), Clause.CMS_WRITABLE);
    }

    @Test
    void theCmsIsWritableWithoutStoresThatAreNotItsOwn() {
        String well =
                "PASSED: the Central Management store is on pool1.contoso.com:"
                        + " 3 of 3 Front End Servers run, 2 are required";
        Grown usual = Grown.of(Contoso.USUAL);
        assertEquals(
                well,
                writable(
                        usual.reports(DatabaseType.MONITORING, false).estate(),
                        "sql:sqlr1.contoso.com/rtc",
                        "sql:sqlr2.contoso.com/rtc"));
        assertEquals(well, writable(usual.managementStore(true).estate()));
        assertEquals(
                well.replace("PASSED", "FAILED"),
                writable(
                        usual.managementStore(true).estate(),
                        "sql:sqlx1.contoso.com/rtc",
                        "sql:sqlx2.contoso.com/rtc"));
    }
}
