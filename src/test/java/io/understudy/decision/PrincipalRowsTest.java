package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.ComponentId;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.StoreName;
import io.understudy.health.MirroringState;
import io.understudy.testing.Contoso;
import io.understudy.testing.Policies;
import io.understudy.testing.Scene;
import io.understudy.testing.StoreTold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows B13 and B14: where the principals are while both partners live. */
class PrincipalRowsTest {

    private static final String STORE = "store:be1";
    private static final String PRIMARY = "sql:sql11.contoso.com/rtc";
    private static final String MIRROR = "sql:sql12.contoso.com/rtc";
    private static final Instant NOON = Scene.NOON;

    private static Scene plain() {
        return new Scene(Contoso.USUAL);
    }

    private static StoreTold on(Position side) {
        return StoreTold.mirrored(plain().store("be1"), MirroringState.SYNCHRONIZED, side);
    }

    /** One of the four databases has its principal on the mirror. */
    private static StoreTold split() {
        return on(Position.PRIMARY).principal("rgsconfig", Position.MIRROR);
    }

    private static Decision aligned(Scene scene) {
        return Expect.only(scene.evaluate(), Remediation.PRINCIPAL_ALIGNMENT);
    }

    @Test
    void b13BringsTheFewToTheMany() {
        Evaluation evaluation =
                plain().factsSince(STORE, Duration.ofMinutes(4), split().facts()).evaluate();
        Decision decision = Expect.only(evaluation, Remediation.PRINCIPAL_ALIGNMENT);
        assertEquals("B13", decision.rule());
        Remedy.PrincipalAlignment remedy = (Remedy.PrincipalAlignment) decision.remedy();
        assertEquals(new StoreName("be1"), remedy.store());
        assertEquals(new PoolFqdn("pool1.contoso.com"), remedy.pool());
        assertEquals("sql11.contoso.com/rtc", remedy.to().toString());
        assertEquals(Position.PRIMARY, remedy.newPrincipal());
        assertEquals(List.of(DatabaseType.APPLICATION), remedy.types());
        assertEquals(Mode.AUTOMATE, decision.mode());
        assertEquals(0, decision.approvalsRequired());
        assertEquals(new DataLoss.None(), decision.dataLoss());
        assertEquals(Duration.ofSeconds(20), decision.interruption().expected());
        assertEquals(
                List.of(
                        "MIRROR_REACHABLE=PASSED",
                        "ALL_SYNCHRONIZED=PASSED",
                        "WITNESS_ALLOWS=PASSED",
                        "FRONT_END_QUORUM_KEPT=PASSED",
                        "NO_OTHER_RUN=PASSED",
                        "COOL_DOWN_OVER=PASSED",
                        "LIMIT_KEPT=PASSED"),
                Expect.gate(decision));
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
        Finding finding = Expect.finding(evaluation, FindingCode.PRINCIPALS_SPLIT);
        assertEquals("B13", finding.rule());
        assertEquals(Severity.WARNING, finding.severity());
        assertEquals(NOON.minus(Duration.ofMinutes(4)), finding.since());
        assertEquals(1, evaluation.decisions().size());
    }

    @Test
    void b13FollowsTheMajorityToTheMirror() {
        StoreTold most = on(Position.MIRROR).principal("rtcxds", Position.PRIMARY);
        Remedy.PrincipalAlignment remedy =
                (Remedy.PrincipalAlignment) aligned(plain().facts(STORE, most.facts())).remedy();
        assertEquals("sql12.contoso.com/rtc", remedy.to().toString());
        assertEquals(Position.MIRROR, remedy.newPrincipal());
        assertEquals(List.of(DatabaseType.USER), remedy.types());
    }

    @Test
    void b13PrefersThePrimaryWhereBothHaveAsMany() {
        StoreTold half =
                on(Position.PRIMARY)
                        .principal("rtcxds", Position.MIRROR)
                        .principal("xds", Position.MIRROR);
        Remedy.PrincipalAlignment remedy =
                (Remedy.PrincipalAlignment) aligned(plain().facts(STORE, half.facts())).remedy();
        assertEquals(Position.PRIMARY, remedy.newPrincipal());
        assertEquals(List.of(DatabaseType.USER, DatabaseType.CENTRAL_MGMT), remedy.types());
    }

    @Test
    void b13PrefersThePrimaryWhereThePoolNeedsItsVote() {
        StoreTold most = on(Position.MIRROR).principal("rtcxds", Position.PRIMARY);
        Scene four = new Scene(Contoso.USUAL.frontEnds(4)).facts(STORE, most.facts());
        four.down("server:fe11.contoso.com");
        assertEquals(
                Position.MIRROR,
                ((Remedy.PrincipalAlignment) aligned(four).remedy()).newPrincipal());
        four.down("server:fe12.contoso.com");
        assertEquals(
                Position.PRIMARY,
                ((Remedy.PrincipalAlignment) aligned(four).remedy()).newPrincipal());
        assertFalse(aligned(four).blocked());
    }

    @Test
    void b13MovesNothingWhileAnyDatabaseIsNotSynchronized() {
        StoreTold busy = split().state("xds", MirroringState.SYNCHRONIZING);
        Decision decision = aligned(plain().facts(STORE, busy.facts()));
        assertEquals(ClauseResult.FAILED, Expect.clause(decision, Clause.ALL_SYNCHRONIZED));
        assertTrue(decision.blocked());
        StoreTold suspended = split().state("xds", MirroringState.SUSPENDED);
        Evaluation evaluation = plain().facts(STORE, suspended.facts()).evaluate();
        assertEquals("B12", Expect.forTarget(evaluation, STORE).rule());
    }

    @Test
    void b13MovesNothingWithoutTheWitness() {
        Scene scene = new Scene(Contoso.USUAL.withWitness()).facts(STORE, split().facts());
        assertFalse(aligned(scene).blocked());
        scene.unheard("sql:sqlw1.contoso.com/rtc");
        assertEquals(ClauseResult.FAILED, Expect.clause(aligned(scene), Clause.WITNESS_ALLOWS));
    }

    @Test
    void aSplitStoreOfWhichAPartnerIsLostIsNotAligned() {
        Evaluation mirrorLost = plain().facts(STORE, split().facts()).down(MIRROR).evaluate();
        Expect.none(mirrorLost, Remediation.PRINCIPAL_ALIGNMENT);
        Remedy.MirrorFailover back =
                (Remedy.MirrorFailover)
                        Expect.only(mirrorLost, Remediation.MIRROR_FAILOVER).remedy();
        assertEquals(Position.PRIMARY, back.newPrincipal());
        assertEquals(List.of(DatabaseType.APPLICATION), back.types());
        Evaluation primaryLost = plain().facts(STORE, split().facts()).down(PRIMARY).evaluate();
        assertEquals(
                List.of(DatabaseType.USER, DatabaseType.CENTRAL_MGMT),
                ((Remedy.MirrorFailover)
                                Expect.only(primaryLost, Remediation.MIRROR_FAILOVER).remedy())
                        .types());
    }

    private static Scene onMirror(Scene scene, Duration since) {
        return scene.factsSince(STORE, since, on(Position.MIRROR).facts());
    }

    private static Policy quiet(Optional<String> scope, Instant from, Instant until) {
        return Policies.with(Policies.window(Window.Kind.QUIET_HOURS, scope, from, until));
    }

    @Test
    void b14LeavesAStoreOnItsMirrorOutsideQuietHours() {
        Evaluation evaluation = onMirror(plain(), Duration.ofHours(2)).evaluate();
        Decision decision = Expect.forTarget(evaluation, STORE);
        assertEquals("B14", decision.rule());
        assertEquals(new Remedy.None(), decision.remedy());
        Expect.rejected(decision, Remediation.MIRROR_FAILBACK);
        Finding finding = Expect.finding(evaluation, FindingCode.RUNNING_ON_MIRROR);
        assertEquals("B14", finding.rule());
        assertEquals(Severity.INFO, finding.severity());
        assertEquals(NOON.minus(Duration.ofHours(2)), finding.since());
    }

    @Test
    void b14OffersTheWayBackInAQuietHour() {
        Instant until = NOON.plus(Duration.ofHours(1));
        Scene scene =
                onMirror(plain(), Duration.ofHours(2)).policy(quiet(Optional.empty(), NOON, until));
        Decision decision = Expect.only(scene.evaluate(), Remediation.MIRROR_FAILBACK);
        assertEquals("B14", decision.rule());
        Remedy.MirrorFailback remedy = (Remedy.MirrorFailback) decision.remedy();
        assertEquals(new PoolFqdn("pool1.contoso.com"), remedy.pool());
        assertEquals("sql11.contoso.com/rtc", remedy.to().toString());
        assertEquals(
                List.of(DatabaseType.USER, DatabaseType.APPLICATION, DatabaseType.CENTRAL_MGMT),
                remedy.types());
        assertEquals(new DataLoss.None(), decision.dataLoss());
        Expect.onlyByPeople(decision, 1);
        assertEquals(
                List.of(
                        "MIRROR_REACHABLE=PASSED",
                        "ALL_SYNCHRONIZED=PASSED",
                        "WITNESS_ALLOWS=PASSED",
                        "FRONT_END_QUORUM_KEPT=PASSED",
                        "QUIET_HOURS=PASSED",
                        "NO_OTHER_RUN=PASSED",
                        "COOL_DOWN_OVER=PASSED",
                        "LIMIT_KEPT=PASSED"),
                Expect.gate(decision));
    }

    @Test
    void b14KeepsToTheQuietHoursOfItsPlace() {
        Instant hour = NOON.plus(Duration.ofHours(1));
        Scene scene = onMirror(plain(), Duration.ofHours(2));
        for (String here : List.of("site:redmond", "pool:pool1.contoso.com", STORE)) {
            scene.policy(quiet(Optional.of(here), NOON, hour));
            Expect.only(scene.evaluate(), Remediation.MIRROR_FAILBACK);
        }
        scene.policy(quiet(Optional.of("site:dublin"), NOON, hour));
        Expect.none(scene.evaluate(), Remediation.MIRROR_FAILBACK);
        scene.policy(quiet(Optional.empty(), NOON.plusMillis(1), hour));
        Expect.none(scene.evaluate(), Remediation.MIRROR_FAILBACK);
        scene.policy(quiet(Optional.empty(), NOON.minusSeconds(9), NOON));
        Expect.none(scene.evaluate(), Remediation.MIRROR_FAILBACK);
    }

    @Test
    void b14NeverStartsByItselfWhateverThePolicySays() {
        Scene scene = onMirror(plain(), Duration.ofHours(2));
        Policy all =
                new Policy(
                        Policy.DEFAULT.thresholds(),
                        Policies.AUTOMATE.modes(),
                        Policy.DEFAULT.settings(),
                        List.of(),
                        Policy.DEFAULT.primaryStoreVotes(),
                        Policy.DEFAULT.limits(),
                        quiet(Optional.empty(), NOON, NOON.plusSeconds(1)).windows());
        Expect.onlyByPeople(
                Expect.only(scene.policy(all).evaluate(), Remediation.MIRROR_FAILBACK), 1);
    }

    @Test
    void b14DoesNotGoBackWhileSynchronizing() {
        StoreTold busy =
                StoreTold.mirrored(
                        plain().store("be1"), MirroringState.SYNCHRONIZING, Position.MIRROR);
        Scene scene =
                plain().facts(STORE, busy.facts())
                        .policy(quiet(Optional.empty(), NOON, NOON.plusSeconds(1)));
        Decision decision = Expect.only(scene.evaluate(), Remediation.MIRROR_FAILBACK);
        assertTrue(decision.blocked());
        assertEquals(ClauseResult.FAILED, Expect.clause(decision, Clause.ALL_SYNCHRONIZED));
    }

    @Test
    void b14GoesNowhereWhileThePrimaryIsNotHeard() {
        Scene scene =
                onMirror(plain(), Duration.ofHours(2))
                        .unheard(PRIMARY)
                        .policy(quiet(Optional.empty(), NOON, NOON.plusSeconds(1)));
        assertEquals(new Remedy.None(), Expect.forTarget(scene.evaluate(), STORE).remedy());
    }

    @Test
    void aSwitchIsForecastFromTheRedoQueue() {
        StoreTold slow = split().redo(9_000, 300);
        assertEquals(
                Duration.ofSeconds(35),
                aligned(plain().facts(STORE, slow.facts())).interruption().expected());
        StoreTold still = split().redo(9_000, 0);
        assertEquals(
                Duration.ofSeconds(20),
                aligned(plain().facts(STORE, still.facts())).interruption().expected());
        assertEquals(
                ComponentId.parse(STORE), aligned(plain().facts(STORE, slow.facts())).target());
    }
}
