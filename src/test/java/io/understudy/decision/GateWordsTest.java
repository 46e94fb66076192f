package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.ComponentId;
import io.understudy.estate.Position;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import io.understudy.health.PoolState;
import io.understudy.health.ServiceState;
import io.understudy.health.WitnessState;
import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.Policies;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import io.understudy.testing.StoreTold;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the gates of stores and of the ways back say, as an operator reads it. */
class GateWordsTest {

    private static final String STORE = "store:be1";
    private static final String P = "sql:sql11.contoso.com/rtc";
    private static final String M = "sql:sql12.contoso.com/rtc";
    private static final String POOL = "pool:pool1.contoso.com";
    private static final String OTHER = "pool:pool2.contoso.com";
    private static final Duration TEN = Duration.ofMinutes(10);
    private static final String UP =
            " is UP since 2026-11-21T12:00:00Z (o-dublin says UP, o-lisbon says UP, o-redmond says UP)";
    private static final String DOWN =
            " is DOWN since 2026-11-21T12:00:00Z (o-dublin says DOWN, o-lisbon says DOWN, o-redmond says DOWN)";

    private static Scene plain() {
        return new Scene(Contoso.USUAL);
    }

    private static Scene witnessed() {
        return new Scene(Contoso.USUAL.withWitness());
    }

    private static Decision only(Scene scene, Remediation remediation) {
        return Expect.only(scene.evaluate(), remediation);
    }

    private static List<String> words(Decision decision) {
        return decision.gate().stream().map(GateClause::evidence).toList();
    }

    @Test
    void ofAMirrorFailover() {
        assertEquals(
                List.of(
                        P + DOWN,
                        M + UP,
                        "no witness is configured",
                        "rtcxds, rtcshared, rgsconfig, xds were SYNCHRONIZED, last seen 2026-11-21T12:00:00Z",
                        "pool1.contoso.com: 3 of 3 Front End Servers run, 2 are required;"
                                + " the lost principal's vote is gone either way",
                        "no run holds any of [pool:pool1.contoso.com, store:be1]",
                        "no such run ended within PT5M",
                        "0 runs at the site of 10 allowed, 0 everywhere of 20"),
                words(only(plain().down(P), Remediation.MIRROR_FAILOVER)));
    }

    @Test
    void ofWhatSqlServerDidNotDoByItself() {
        Decision decision =
                only(
                        witnessed().down(P).since(Duration.ofSeconds(60)),
                        Remediation.MIRROR_FAILOVER);
        assertEquals(
                "PASSED: the principals were still on sql11.contoso.com/rtc at 2026-11-21T12:00:00Z",
                Expect.words(decision, Clause.NOT_FAILED_OVER_BY_ITSELF));
        assertEquals(
                "PASSED: sql:sqlw1.contoso.com/rtc" + UP,
                Expect.words(decision, Clause.WITNESS_ALLOWS));
    }

    @Test
    void ofAForcedMirrorFailover() {
        Scene scene = plain().down(P);
        StoreTold inStep =
                StoreTold.mirrored(
                        scene.store("be1"), MirroringState.SYNCHRONIZED, Position.PRIMARY);
        scene.factsBefore(STORE, Scene.NOON.minusSeconds(60), inStep.facts());
        scene.mirroring("be1", MirroringState.SYNCHRONIZING, Position.PRIMARY);
        assertEquals(
                "FAILED?: rtcxds is SYNCHRONIZING; two people must accept the loss",
                Expect.words(
                        only(scene, Remediation.FORCED_MIRROR_FAILOVER),
                        Clause.MIRROR_SYNCHRONIZED));
    }

    @Test
    void ofAPlannedSwitch() {
        Scene scene = plain().planned(Remediation.MIRROR_FAILOVER, STORE);
        Decision decision = only(scene, Remediation.MIRROR_FAILOVER);
        assertEquals(
                "PASSED: every database of store:be1 is SYNCHRONIZED",
                Expect.words(decision, Clause.ALL_SYNCHRONIZED));
        assertEquals(
                "PASSED: pool1.contoso.com: 3 of 3 Front End Servers run, 2 are required;"
                        + " counted without the primary store's vote",
                Expect.words(decision, Clause.FRONT_END_QUORUM_KEPT));
        scene.factsAt(STORE, Scene.NOON.minus(TEN));
        assertEquals(
                "FAILED: not every database of store:be1 is freshly seen SYNCHRONIZED",
                Expect.words(only(scene, Remediation.MIRROR_FAILOVER), Clause.ALL_SYNCHRONIZED));
    }

    @Test
    void ofAStoreThatNoFrontEndPoolUses() {
        Scene scene =
                new Scene(Grown.of(Contoso.USUAL).managementStore(true).estate())
                        .down("sql:sqlx1.contoso.com/rtc");
        Decision decision = only(scene, Remediation.MIRROR_FAILOVER);
        assertEquals("P3", decision.rule());
        assertEquals(
                "PASSED: no Front End pool uses this store",
                Expect.words(decision, Clause.FRONT_END_QUORUM_KEPT));
    }

    @Test
    void ofTwoPoolsOnOneStore() {
        Scene scene = new Scene(PoolsOnOneStore.estate()).down(P);
        assertEquals(
                "PASSED: pool1.contoso.com: 3 of 3 Front End Servers run, 2 are required;"
                        + " pool3.contoso.com: 3 of 3 Front End Servers run, 2 are required;"
                        + " the lost principal's vote is gone either way",
                Expect.words(
                        only(scene, Remediation.MIRROR_FAILOVER), Clause.FRONT_END_QUORUM_KEPT));
    }

    private static Scene group(String mode, String synchronization, String quorum) {
        return new Scene(Grown.of(Contoso.USUAL).groups().estate())
                .facts(
                        STORE,
                        StoreTold.nothing()
                                .group(
                                        new Facts.AvailabilityGroup(
                                                Optional.of(Position.PRIMARY),
                                                Optional.of(synchronization),
                                                Optional.of(mode),
                                                Optional.of(quorum),
                                                Optional.empty(),
                                                Optional.of(Duration.ofSeconds(1))))
                                .facts())
                .down(P);
    }

    private static Decision forced(Scene scene) {
        return only(scene, Remediation.FORCED_AVAILABILITY_GROUP_FAILOVER);
    }

    @Test
    void ofAGroup() {
        Decision well = forced(group("MANUAL", "SYNCHRONIZED", "NORMAL"));
        assertEquals("PASSED: " + P + DOWN, Expect.words(well, Clause.PRIMARY_REPLICA_SEEN_DOWN));
        assertEquals(
                "PASSED?: the cluster has quorum", Expect.words(well, Clause.CLUSTER_QUORUM_HELD));
        assertEquals(
                "PASSED?: the secondary is ready for failover",
                Expect.words(well, Clause.SECONDARY_REPLICA_READY));
        Decision behind = forced(group("MANUAL", "SYNCHRONIZING", "?"));
        assertEquals("G3", behind.rule());
        assertEquals(
                "UNKNOWN?: nobody has told whether the cluster has quorum: see to it before you approve",
                Expect.words(behind, Clause.CLUSTER_QUORUM_HELD));
        assertEquals(
                "FAILED?: the secondary has not all that was committed",
                Expect.words(behind, Clause.SECONDARY_REPLICA_READY));
    }

    @Test
    void ofAGroupWhoseClusterHadLostQuorumAtTheLoss() {
        Scene scene = group("MANUAL", "SYNCHRONIZED", "LOST").since(TEN);
        Decision decision = forced(scene.factsAt(STORE, Scene.NOON.minus(TEN)));
        assertEquals("G2", decision.rule());
        assertEquals(
                "FAILED: the cluster has lost quorum",
                Expect.words(decision, Clause.CLUSTER_QUORUM_HELD));
        assertTrue(decision.blocked());
    }

    @Test
    void whatWasToldOfAGroupBeforeTheLossCountsFromTheLoss() {
        Duration age = Policy.DEFAULT.thresholds().maxAge();
        Scene scene = group("MANUAL", "SYNCHRONIZED", "NORMAL").since(TEN);
        scene.factsAt(STORE, Scene.NOON.minus(TEN).minus(age));
        assertEquals("G2", Expect.forTarget(scene.evaluate(), STORE).rule());
        scene.factsAt(STORE, Scene.NOON.minus(TEN).minus(age).minusMillis(1));
        assertEquals("G3", Expect.forTarget(scene.evaluate(), STORE).rule());
    }

    @Test
    void whyAGroupIsNotForced() {
        Decision repair =
                Expect.forTarget(group("MANUAL", "REVERTING", "NORMAL").evaluate(), STORE);
        assertEquals(
                "the state of the secondary is not told, or it is being initialized",
                Expect.rejected(repair, Remediation.FORCED_AVAILABILITY_GROUP_FAILOVER).because());
    }

    @Test
    void ofRunsThatStandInTheWay() {
        Decision held =
                only(
                        plain().down(P).running(Remediation.POOL_FAILOVER, POOL),
                        Remediation.MIRROR_FAILOVER);
        assertEquals(
                "FAILED: run run-1, POOL_FAILOVER of pool:pool1.contoso.com, is RUNNING",
                Expect.words(held, Clause.NO_OTHER_RUN));
        assertEquals(
                "PASSED: 1 runs at the site of 10 allowed, 1 everywhere of 20",
                Expect.words(held, Clause.LIMIT_KEPT));
        Decision cooling =
                only(
                        plain().down(P)
                                .ended(Remediation.MIRROR_FAILOVER, STORE, Duration.ofMinutes(1)),
                        Remediation.MIRROR_FAILOVER);
        assertEquals(
                "FAILED: run run-1 ended SUCCEEDED less than PT5M ago",
                Expect.words(cooling, Clause.COOL_DOWN_OVER));
    }

    @Test
    void ofAWindowThatIsOpen() {
        Window work =
                Policies.window(
                        Window.Kind.MAINTENANCE,
                        Optional.of(POOL),
                        Scene.NOON,
                        Scene.NOON.plusSeconds(1));
        assertEquals(
                "FAILED: maintenance lasts until 2026-11-21T12:00:01Z",
                Expect.words(
                        only(
                                plain().down(P).policy(Policies.with(work)),
                                Remediation.MIRROR_FAILOVER),
                        Clause.NO_MAINTENANCE));
    }

    private static Scene failedOver() {
        return plain().factsSince(
                        OTHER,
                        Duration.ofHours(3),
                        PoolTold.WELL.state(PoolState.FAILED_OVER).facts());
    }

    @Test
    void ofQuietHours() {
        Window quiet =
                Policies.window(
                        Window.Kind.QUIET_HOURS,
                        Optional.of(OTHER),
                        Scene.NOON,
                        Scene.NOON.plusSeconds(1));
        Scene scene = failedOver().policy(Policies.with(quiet));
        assertEquals(
                "PASSED: quiet_hours are now",
                Expect.words(only(scene, Remediation.POOL_FAILBACK), Clause.QUIET_HOURS));
        assertEquals(
                "FAILED: none of the quiet hours is now",
                Expect.words(
                        only(scene.later(Duration.ofSeconds(1)), Remediation.POOL_FAILBACK),
                        Clause.QUIET_HOURS));
    }

    private static String replicas(Optional<Boolean> upToDate) {
        Scene scene = failedOver();
        scene.facts(
                POOL,
                PoolTold.WELL
                        .centralManagement("pool1.contoso.com", "pool1.contoso.com", upToDate)
                        .facts());
        return Expect.words(only(scene, Remediation.POOL_FAILBACK), Clause.CMS_REPLICAS_UP_TO_DATE);
    }

    @Test
    void ofTheReplicasOfTheCms() {
        assertEquals("PASSED?: all replicas are up to date", replicas(Optional.of(true)));
        assertEquals("FAILED: replicas are behind", replicas(Optional.of(false)));
        assertEquals(
                "UNKNOWN?: nobody has told whether the replicas are up to date",
                replicas(Optional.empty()));
    }

    @Test
    void ofTheLossOfACarrier() {
        Scene stopped = failedOver();
        for (int i = 1; i <= 3; i++) {
            stopped.facts(
                    "server:fe1" + i + ".contoso.com",
                    new Facts.OfServer(Map.of("RTCSRV", ServiceState.STOPPED)));
        }
        assertEquals(
                "FAILED: pool1.contoso.com: 0 of 3 Front End Servers run, 2 are required",
                Expect.words(
                        only(stopped, Remediation.POOL_FAILBACK), Clause.BACKUP_POOL_SEEN_DOWN));
        Scene store = failedOver().down(P, M).since(Duration.ofMinutes(30));
        Decision back = only(store, Remediation.POOL_FAILBACK);
        assertEquals(
                "PASSED: pool1.contoso.com: 3 of 3 Front End Servers run, 2 are required",
                Expect.words(back, Clause.BACKUP_POOL_SEEN_DOWN));
        assertFalse(back.blocked());
    }

    @Test
    void ofAQuorumRecovery() {
        Scene scene = new Scene(Contoso.USUAL.frontEnds(4));
        for (int i = 1; i <= 2; i++) {
            scene.facts(
                    "server:fe1" + i + ".contoso.com",
                    new Facts.OfServer(Map.of("RTCSRV", ServiceState.STOPPED)));
        }
        scene.down("server:fe13.contoso.com", "server:fe14.contoso.com");
        Decision decision = only(scene, Remediation.QUORUM_RECOVERY);
        assertEquals(
                "PASSED: the store serves, from which the routing groups are loaded",
                Expect.words(decision, Clause.STORE_SERVING));
        assertEquals(
                "PASSED: 2 servers that count are reachable, 2 are required",
                Expect.words(decision, Clause.ENOUGH_SERVERS_REACHABLE));
    }

    @Test
    void ofACmsWhoseParts() {
        Scene scene = plain().down("server:fe21.contoso.com", "server:fe22.contoso.com");
        scene.facts(
                POOL,
                PoolTold.WELL
                        .centralManagement(
                                "pool1.contoso.com", "pool2.contoso.com", Optional.empty())
                        .facts());
        assertEquals(
                "FAILED: the Central Management store is on pool1.contoso.com,"
                        + " and its file transfer agents are not: 3 of 3 Front End Servers run,"
                        + " 2 are required",
                Expect.words(only(scene, Remediation.POOL_FAILOVER), Clause.CMS_WRITABLE));
    }

    @Test
    void aWitnessIsLostWhereEveryDatabaseSaysSo() {
        Scene scene = witnessed();
        StoreTold well =
                StoreTold.mirrored(
                        scene.store("be1"), MirroringState.SYNCHRONIZED, Position.PRIMARY);
        scene.facts(STORE, well.witness(WitnessState.DISCONNECTED).facts());
        assertEquals("B8", Expect.forTarget(scene.evaluate(), STORE).rule());
        assertEquals(
                Evaluation.NOTHING,
                scene.facts(STORE, well.witness(WitnessState.UNKNOWN).facts()).evaluate());
        assertEquals(
                Evaluation.NOTHING, scene.facts(STORE, StoreTold.nothing().facts()).evaluate());
        Scene none = plain();
        none.facts(
                STORE,
                StoreTold.mirrored(none.store("be1"), MirroringState.SYNCHRONIZED, Position.PRIMARY)
                        .witness(WitnessState.DISCONNECTED)
                        .facts());
        assertEquals(Evaluation.NOTHING, none.evaluate());
    }

    @Test
    void withoutMirrorAndWitnessThereIsNothingToBringUp() {
        Scene scene = witnessed().down(P, "sql:sqlw1.contoso.com/rtc");
        assertEquals("B10", Expect.forTarget(scene.evaluate(), STORE).rule());
        assertEquals("B2", Expect.forTarget(scene.unheard(M).evaluate(), STORE).rule());
    }

    @Test
    void aStoreLostWithTheCmsDatabaseAloneIsRowP3() {
        Scene scene = plain().down(P);
        StoreTold told =
                StoreTold.mirrored(scene.store("be1"), MirroringState.SYNCHRONIZED, Position.MIRROR)
                        .principal("xds", Position.PRIMARY);
        assertEquals(
                "P3", Expect.forTarget(scene.facts(STORE, told.facts()).evaluate(), STORE).rule());
        StoreTold more =
                told.principal("rtcab", Position.PRIMARY).principal("rgsconfig", Position.PRIMARY);
        assertEquals(
                "B3", Expect.forTarget(scene.facts(STORE, more.facts()).evaluate(), STORE).rule());
    }

    @Test
    void aLostStoreForbidsRestartsOnlyWhereServersNeedIt() {
        Scene chat = new Scene(Grown.of(Contoso.USUAL).chat().estate());
        chat.down(
                "sql:sqlc1.contoso.com/rtc",
                "sql:sqlc2.contoso.com/rtc",
                "sql:sqlc3.contoso.com/rtc");
        Evaluation evaluation = chat.evaluate();
        assertEquals(
                "restore SQL Server on sqlc1.contoso.com/rtc or sqlc2.contoso.com/rtc",
                ((Remedy.Repair) Expect.forTarget(evaluation, "store:chat").remedy()).first());
        assertEquals(
                ComponentId.parse("store:chat"),
                Expect.finding(evaluation, FindingCode.CHAT_STORE_LOST).target());
        assertTrue(
                evaluation.findings().stream().noneMatch(f -> f.code() == FindingCode.STORE_LOST));
        assertEquals(
                "restore SQL Server on sql11.contoso.com/rtc or sql12.contoso.com/rtc;"
                        + " do not restart Front End Servers, which cannot start without it",
                ((Remedy.Repair) Expect.forTarget(plain().down(P, M).evaluate(), STORE).remedy())
                        .first());
    }
}
