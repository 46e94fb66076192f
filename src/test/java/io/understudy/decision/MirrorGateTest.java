package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.ComponentId;
import io.understudy.estate.Position;
import io.understudy.health.MirroringState;
import io.understudy.health.WitnessState;
import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.Policies;
import io.understudy.testing.Scene;
import io.understudy.testing.StoreTold;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What the gates of a mirrored store say, as an operator reads it, and which row it comes under.
 */
class MirrorGateTest {

    private static final String STORE = "store:be1";
    private static final String P = "sql:sql11.contoso.com/rtc";
    private static final String M = "sql:sql12.contoso.com/rtc";
    private static final String POOL = "pool:pool1.contoso.com";
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
