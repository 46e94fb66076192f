package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import io.understudy.health.WitnessState;
import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.Scene;
import io.understudy.testing.StoreTold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Whether the mirror of a lost principal has all that was acknowledged, from what was told before
 * the loss and since (domain.md 4.5, 4.6). The principal of be1 is lost, mostly at noon.
 */
class ReplicationTest {

    private static final String STORE = "store:be1";
    private static final String P = "sql:sql11.contoso.com/rtc";
    private static final Duration AGE = Policy.DEFAULT.thresholds().maxAge();
    private static final Duration ALIGNED = Setting.LOSS_ALIGNMENT.otherwise().orElseThrow();
    private static final Duration MOMENT = Duration.ofMillis(1);

    private static Scene lost() {
        return new Scene(Contoso.USUAL).down(P);
    }

    private static StoreTold told(Scene scene, MirroringState state) {
        return StoreTold.mirrored(scene.store("be1"), state, Position.PRIMARY);
    }

    /** The mirror was in step then, and said DISCONNECTED from then on. */
    private static Scene apart(Scene scene, Duration together, Duration apart) {
        return scene.factsBefore(
                        STORE,
                        Scene.NOON.minus(together),
                        told(scene, MirroringState.SYNCHRONIZED).facts())
                .facts(STORE, told(scene, MirroringState.DISCONNECTED).facts())
                .factsAt(STORE, Scene.NOON.minus(apart));
    }

    private static String proven(Scene scene) {
        Decision decision = Expect.forTarget(scene.evaluate(), STORE);
        assertEquals(Remediation.MIRROR_FAILOVER, decision.remediation(), decision::toString);
        return Expect.words(decision, Clause.MIRROR_SYNCHRONIZED);
    }

    /** Why no mirror failover is proposed. */
    private static String unproven(Scene scene) {
        Decision decision = Expect.forTarget(scene.evaluate(), STORE);
        assertEquals("B4", decision.rule(), decision::toString);
        return Expect.rejected(decision, Remediation.MIRROR_FAILOVER).because();
    }

    @Test
    void whatWasSynchronizedShortlyBeforeTheLossIsInStep() {
        assertEquals(
                "PASSED: rtcxds, rtcshared, rgsconfig, xds were SYNCHRONIZED, last seen 2026-11-21T12:00:00Z",
                proven(lost()));
    }

    @Test
    void aWordBeforeTheLossCountsFromTheLoss() {
        Duration lost = Duration.ofMinutes(10);
        Instant old = Scene.NOON.minus(lost).minus(AGE);
        assertTrue(proven(lost().since(lost).factsAt(STORE, old)).startsWith("PASSED: "));
        assertEquals(
                "rtcxds was SYNCHRONIZED at "
                        + old.minus(MOMENT)
                        + ", which is more than "
                        + AGE
                        + " before the loss",
                unproven(lost().since(lost).factsAt(STORE, old.minus(MOMENT))));
    }

    @Test
    void databasesWhosePrincipalIsElsewhereAreNotJudged() {
        Scene scene = lost();
        StoreTold told =
                told(scene, MirroringState.SYNCHRONIZED)
                        .principal("xds", Position.MIRROR)
                        .state("xds", MirroringState.DISCONNECTED);
        assertEquals(
                "PASSED: rtcxds, rtcshared, rgsconfig were SYNCHRONIZED, last seen 2026-11-21T12:00:00Z",
                proven(scene.facts(STORE, told.facts())));
    }

    @Test
    void aDatabaseWhosePrincipalNobodyToldIsJudged() {
        Scene scene = lost();
        Facts.OfStore told = told(scene, MirroringState.SYNCHRONIZED).facts();
        assertTrue(proven(scene.facts(STORE, somewhere(told))).startsWith("PASSED: rtcxds, "));
    }

    private static Facts somewhere(Facts.OfStore told) {
        List<Facts.MirroringRow> rows =
                told.mirroring().stream()
                        .map(row ->
                                new Facts.MirroringRow(
                                        row.database(),
                                        Optional.empty(),
                                        row.state(),
                                        row.safety(),
                                        row.witness()))
                        .toList();
        return new Facts.OfStore(
                rows,
                told.availabilityGroup(),
                told.logShipping(),
                told.redoQueueKb(),
                told.redoRateKbPerSecond(),
                told.transactionLogFull());
    }

    @Test
    void aStoreWithoutDatabasesProvesNothing() {
        Scene scene =
                new Scene(
                        Grown.of(Contoso.USUAL).stores(ReplicationTest::withoutDatabases).estate());
        assertEquals("no database is known to have its principal there", unproven(scene.down(P)));
    }

    private static Store withoutDatabases(Store of) {
        return new Store(
                of.name(),
                of.site(),
                of.technology(),
                of.primary(),
                of.mirror(),
                of.witness(),
                List.of(),
                of.logShipping());
    }

    @Test
    void aDatabaseOfWhichNobodyToldProvesNothing() {
        assertEquals(
                "nobody has told the mirroring state of rtcxds",
                unproven(lost().facts(STORE, StoreTold.nothing().facts())));
        Scene scene = lost();
        assertEquals(
                "the mirroring state of xds was not told",
                unproven(
                        scene.facts(
                                STORE,
                                told(scene, MirroringState.SYNCHRONIZED)
                                        .state("xds", MirroringState.UNKNOWN)
                                        .facts())));
    }

    @Test
    void aLinkThatBrokeWithThePrincipalLosesNothing() {
        assertEquals(
                "PASSED: rtcxds, rtcshared, rgsconfig, xds were SYNCHRONIZED, last seen 2026-11-21T12:00:00Z",
                proven(apart(lost(), AGE, Duration.ZERO)));
    }

    @Test
    void aLinkThatBrokeLongAfterTheLastWordProvesNothing() {
        assertEquals(
                "rtcxds was last seen SYNCHRONIZED at "
                        + Scene.NOON.minus(AGE).minus(MOMENT)
                        + ", long before 2026-11-21T12:00:00Z",
                unproven(apart(lost(), AGE.plus(MOMENT), Duration.ZERO)));
    }

    @Test
    void aLinkThatBrokeBeforeThePrincipalWasLostLeavesItTimeToWriteAlone() {
        assertTrue(proven(apart(lost(), AGE, ALIGNED)).startsWith("PASSED: "));
        Duration earlier = ALIGNED.plus(MOMENT);
        assertEquals(
                "rtcxds is DISCONNECTED since "
                        + Scene.NOON.minus(earlier)
                        + " while its principal went on and may have written",
                Expect.rejected(
                                Expect.forTarget(apart(lost(), AGE, earlier).evaluate(), STORE),
                                Remediation.MIRROR_FAILOVER)
                        .because());
    }

    @Test
    void aLinkThatWasNeverSeenInStepProvesNothing() {
        Scene scene = lost();
        assertEquals(
                "rtcxds is DISCONNECTED and was never seen SYNCHRONIZED before",
                unproven(scene.facts(STORE, told(scene, MirroringState.DISCONNECTED).facts())));
    }

    @Test
    void onlyDatabasesOnTheLostSideSayWhatForcingLoses() {
        Scene scene = lost();
        Duration minute = Duration.ofMinutes(1);
        StoreTold split =
                told(scene, MirroringState.SYNCHRONIZED).principal("xds", Position.MIRROR);
        scene.factsBefore(STORE, Scene.NOON.minus(minute.multipliedBy(4)), split.facts())
                .factsBefore(
                        STORE,
                        Scene.NOON.minus(minute),
                        split.state("xds", MirroringState.SUSPENDED).facts())
                .facts(
                        STORE,
                        told(scene, MirroringState.SYNCHRONIZING)
                                .principal("xds", Position.MIRROR)
                                .state("xds", MirroringState.SUSPENDED)
                                .facts());
        Decision forced = Expect.forTarget(scene.evaluate(), STORE);
        assertEquals(Remediation.FORCED_MIRROR_FAILOVER, forced.remediation(), forced::toString);
        assertEquals(new DataLoss.Bounded(minute), forced.dataLoss());
    }

    private static String rule(Scene scene) {
        return Expect.forTarget(scene.evaluate(), STORE).rule();
    }

    private static Scene witnessed(WitnessState before, MirroringState state, WitnessState now) {
        Scene scene = new Scene(Contoso.USUAL.withWitness()).down(P);
        return scene.factsBefore(
                        STORE,
                        Scene.NOON.minusSeconds(10),
                        told(scene, MirroringState.SYNCHRONIZED).witness(before).facts())
                .facts(STORE, told(scene, state).witness(now).facts());
    }

    @Test
    void aMirrorTakesOverByItselfUnlessItHadLostItsWitness() {
        MirroringState inStep = MirroringState.SYNCHRONIZED;
        MirroringState apart = MirroringState.DISCONNECTED;
        WitnessState yes = WitnessState.CONNECTED;
        WitnessState no = WitnessState.DISCONNECTED;
        assertEquals("B1", rule(witnessed(yes, inStep, yes)));
        assertEquals("B1", rule(witnessed(no, inStep, yes)));
        assertEquals("B1", rule(witnessed(yes, apart, yes)));
        assertEquals("B1", rule(witnessed(yes, inStep, WitnessState.UNKNOWN)));
        assertEquals("B2", rule(witnessed(yes, inStep, no)));
        assertEquals("B2", rule(witnessed(no, apart, no)));
        assertEquals("B1", rule(witnessed(yes, apart, no)));
    }
}
