package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.Database;
import io.understudy.estate.Position;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.Scene;
import io.understudy.testing.StoreTold;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows B12, B15 and B16: mirroring stands still, or its log is full, while both partners live. */
class SessionRowsTest {

    private static final String STORE = "store:be1";
    private static final String MIRROR = "sql:sql12.contoso.com/rtc";
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Duration AGE = Policy.DEFAULT.thresholds().maxAge();

    private static Scene plain() {
        return new Scene(Contoso.USUAL);
    }

    private static StoreTold told(MirroringState state) {
        return StoreTold.mirrored(plain().store("be1"), state, Position.PRIMARY);
    }

    private static Decision decided(Scene scene) {
        return Expect.forTarget(scene.evaluate(), STORE);
    }

    @ParameterizedTest
    @EnumSource(
            value = MirroringState.class,
            names = {"SUSPENDED", "UNSYNCHRONIZED", "DISCONNECTED"})
    void b12MendsMirroringThatStandsStill(MirroringState state) {
        Evaluation evaluation =
                plain().factsSince(STORE, Duration.ofMinutes(7), told(state).facts()).evaluate();
        Decision decision = Expect.only(evaluation, Remediation.REPAIR);
        assertEquals("B12", decision.rule());
        assertEquals(STORE, decision.target().toString());
        assertTrue(
                ((Remedy.Repair) decision.remedy())
                        .first()
                        .contains("SET PARTNER RESUME on sql11.contoso.com/rtc"));
        assertTrue(decision.reason().contains("xds is " + state + "."), decision::reason);
        Expect.rejected(decision, Remediation.MIRROR_FAILOVER);
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
        Finding finding = Expect.finding(evaluation, FindingCode.MIRRORING_SUSPENDED);
        assertEquals("B12", finding.rule());
        assertEquals(Severity.WARNING, finding.severity());
        assertEquals(Scene.NOON.minus(Duration.ofMinutes(7)), finding.since());
        assertFalse(finding.evidence().isEmpty());
        Expect.nothingActs(evaluation);
    }

    @ParameterizedTest
    @EnumSource(
            value = MirroringState.class,
            names = {"SYNCHRONIZED", "SYNCHRONIZING", "PENDING_FAILOVER", "UNKNOWN"})
    void b12IsNotAboutMirroringThatMoves(MirroringState state) {
        assertEquals(Evaluation.NOTHING, plain().facts(STORE, told(state).facts()).evaluate());
    }

    @Test
    void b12NamesTheOneDatabaseThatStandsStill() {
        StoreTold one =
                told(MirroringState.SYNCHRONIZED).state("rgsconfig", MirroringState.SUSPENDED);
        Decision decision = decided(plain().facts(STORE, one.facts()));
        assertEquals("B12", decision.rule());
        assertTrue(decision.reason().endsWith("rgsconfig is SUSPENDED."), decision::reason);
    }

    @Test
    void b12NamesWhatARunOfItResumesBySide() {
        assertEquals(
                List.of(),
                repair(decided(plain().facts(STORE, told(MirroringState.UNSYNCHRONIZED).facts())))
                        .suspended());
        StoreTold one =
                told(MirroringState.SYNCHRONIZED).state("rgsconfig", MirroringState.SUSPENDED);
        Decision decision = decided(plain().facts(STORE, one.facts()));
        assertEquals(
                List.of(new Remedy.Repair.Suspended(Position.PRIMARY, List.of("rgsconfig"))),
                repair(decision).suspended());
        assertEquals(0, decision.approvalsRequired());
        assertEquals(new DataLoss.None(), decision.dataLoss());
    }

    private static Remedy.Repair repair(Decision decision) {
        return (Remedy.Repair) decision.remedy();
    }

    @Test
    void b16NeedsTwoPeopleWhateverThePolicySays() {
        StoreTold forced =
                StoreTold.mirrored(plain().store("be1"), MirroringState.SUSPENDED, Position.MIRROR)
                        .forcedAt(Scene.NOON.minus(Duration.ofHours(1)));
        for (Mode mode : Mode.values()) {
            Decision decision =
                    decided(plain().facts(STORE, forced.facts()).policy(everywhere(mode)));
            assertEquals("B16", decision.rule());
            assertEquals(2, decision.approvalsRequired(), mode.name());
            assertNotEquals(Mode.AUTOMATE, decision.mode());
            assertEquals(new DataLoss.Unknown(), decision.dataLoss());
        }
    }

    private static Policy everywhere(Mode mode) {
        return new Policy(
                Policy.DEFAULT.thresholds(),
                List.of(new Policy.ModeRule(Optional.empty(), Optional.empty(), mode)),
                Policy.DEFAULT.settings(),
                Policy.DEFAULT.scoped(),
                Policy.DEFAULT.primaryStoreVotes(),
                Policy.DEFAULT.limits(),
                Policy.DEFAULT.windows());
    }

    @Test
    void b12RestsOnWhatWasToldOfLate() {
        Facts suspended = told(MirroringState.SUSPENDED).facts();
        Scene fresh = plain().facts(STORE, suspended).factsAt(STORE, Scene.NOON.minus(AGE));
        assertEquals("B12", decided(fresh).rule());
        Scene stale =
                plain().facts(STORE, suspended).factsAt(STORE, Scene.NOON.minus(AGE).minus(MOMENT));
        assertEquals(Evaluation.NOTHING, stale.evaluate());
    }

    @Test
    void b12IsAboutLivingPartnersOnly() {
        Facts suspended = told(MirroringState.SUSPENDED).facts();
        assertEquals("B7", decided(plain().facts(STORE, suspended).down(MIRROR)).rule());
        assertEquals(
                Evaluation.NOTHING, plain().facts(STORE, suspended).unheard(MIRROR).evaluate());
    }

    @Test
    void b16KeepsMirroringSuspendedAfterTheMirrorWasForced() {
        StoreTold forced =
                StoreTold.mirrored(plain().store("be1"), MirroringState.SUSPENDED, Position.MIRROR)
                        .forcedAt(Scene.NOON.minus(Duration.ofHours(1)));
        Evaluation evaluation =
                plain().factsSince(STORE, Duration.ofMinutes(3), forced.facts()).evaluate();
        Decision decision = Expect.only(evaluation, Remediation.REPAIR);
        assertEquals("B16", decision.rule());
        Remedy.Repair repair = repair(decision);
        assertEquals(
                "decide what to save of sql11.contoso.com/rtc, extract it with mirroring broken, then SET PARTNER RESUME on sql12.contoso.com/rtc",
                repair.first());
        assertEquals(Optional.empty(), repair.before());
        assertEquals(Position.MIRROR, repair.suspended().getFirst().principalOn());
        assertEquals(
                plain().store("be1").databases().stream().map(Database::name).toList(),
                repair.suspended().getFirst().databases());
        Expect.rejected(decision, Remediation.MIRROR_FAILOVER);
        Finding finding = Expect.finding(evaluation, FindingCode.MIRRORING_SUSPENDED);
        assertEquals("B16", finding.rule());
        assertEquals(Scene.NOON.minus(Duration.ofMinutes(3)), finding.since());
        Expect.nothingActs(evaluation);
    }

    @Test
    void b16RemembersItsOwnForcedFailover() {
        Scene scene = plain().facts(STORE, told(MirroringState.SUSPENDED).facts());
        scene.ended(Remediation.FORCED_MIRROR_FAILOVER, STORE, Duration.ofHours(1));
        assertEquals("B16", decided(scene).rule());
        Scene other = plain().facts(STORE, told(MirroringState.SUSPENDED).facts());
        other.ended(Remediation.FORCED_MIRROR_FAILOVER, "store:be2", Duration.ofHours(1))
                .ended(Remediation.MIRROR_FAILOVER, STORE, Duration.ofHours(1));
        assertEquals("B12", decided(other).rule());
    }

    @Test
    void b16IsOverOnceMirroringMovesAgain() {
        Scene scene =
                plain().facts(
                                STORE,
                                told(MirroringState.SYNCHRONIZED).forcedAt(Scene.NOON).facts());
        assertEquals(Evaluation.NOTHING, scene.evaluate());
    }

    @Test
    void b15NamesAFullLogAndFailsNothingOver() {
        StoreTold full = told(MirroringState.SYNCHRONIZED).logFull(true);
        Evaluation evaluation =
                plain().factsSince(STORE, Duration.ofMinutes(2), full.facts()).evaluate();
        Decision decision = Expect.only(evaluation, Remediation.REPAIR);
        assertEquals("B15", decision.rule());
        assertTrue(((Remedy.Repair) decision.remedy()).first().startsWith("back the logs up"));
        Expect.rejected(decision, Remediation.MIRROR_FAILOVER);
        assertEquals("B9", Expect.rejected(decision, Remediation.POOL_FAILOVER).rule());
        Finding finding = Expect.finding(evaluation, FindingCode.TRANSACTION_LOG_FULL);
        assertEquals("B15", finding.rule());
        assertEquals(Severity.CRITICAL, finding.severity());
        assertEquals(Scene.NOON.minus(Duration.ofMinutes(2)), finding.since());
        Expect.nothingActs(evaluation);
    }

    @Test
    void b15IsNotAboutALogWithRoomOrAnOldWord() {
        assertEquals(
                Evaluation.NOTHING,
                plain().facts(STORE, told(MirroringState.SYNCHRONIZED).logFull(false).facts())
                        .evaluate());
        Scene stale =
                plain().facts(STORE, told(MirroringState.SYNCHRONIZED).logFull(true).facts())
                        .factsAt(STORE, Scene.NOON.minus(AGE).minus(MOMENT));
        assertEquals(Evaluation.NOTHING, stale.evaluate());
    }

    @Test
    void b15ComesBeforeWhateverElseIsWrongWithTheStore() {
        Facts full = told(MirroringState.SYNCHRONIZED).logFull(true).facts();
        assertEquals("B15", decided(plain().facts(STORE, full).down(MIRROR)).rule());
        Scene group = new Scene(Grown.of(Contoso.USUAL).groups().estate());
        group.facts(STORE, StoreTold.nothing().logFull(true).facts());
        assertEquals("B15", decided(group).rule());
    }

    @Test
    void nothingIsSaidTwice() {
        List<Decision> decisions =
                plain().facts(STORE, told(MirroringState.SUSPENDED).logFull(true).facts())
                        .evaluate()
                        .decisions();
        assertEquals(List.of("B15"), decisions.stream().map(Decision::rule).toList());
    }
}
