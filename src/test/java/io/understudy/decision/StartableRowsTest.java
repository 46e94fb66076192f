package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.ComponentId;
import io.understudy.testing.Contoso;
import io.understudy.testing.Policies;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every act: one at a time, not just done, not forbidden now, not too many. */
class StartableRowsTest {

    private static final Instant NOON = Scene.NOON;
    private static final Duration COOL_DOWN = Duration.ofMinutes(5);

    /** A store that is to be switched, and nothing else. */
    private static Scene scene() {
        return new Scene(Contoso.USUAL.pairs(2)).down("sql:sql11.contoso.com/rtc");
    }

    private static Decision switched(Scene scene) {
        return Expect.only(scene.evaluate(), Remediation.MIRROR_FAILOVER);
    }

    private static KnownRun run(Remediation remediation, String target, RunState state) {
        return new KnownRun("r", remediation, ComponentId.parse(target), state, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "MIRROR_FAILOVER, store:be1, FAILED",
        "PRINCIPAL_ALIGNMENT, store:be1, FAILED",
        "POOL_FAILOVER, pool:pool1.contoso.com, FAILED",
        "POOL_FAILOVER, pool:pool2.contoso.com, FAILED",
        "EDGE_NEXT_HOP_CHANGE, pool:edge1.contoso.com, FAILED",
        "MIRROR_FAILOVER, store:be2, PASSED",
        "MIRROR_FAILOVER, store:be3, PASSED",
        "POOL_FAILOVER, pool:pool3.contoso.com, PASSED"
    })
    void nothingElseRunsOnTheStoreOnItsPoolsOrOnTheirPairs(
            Remediation remediation, String target, ClauseResult result) {
        Decision decision = switched(scene().running(remediation, target));
        assertEquals(result, Expect.clause(decision, Clause.NO_OTHER_RUN));
        assertEquals(result != ClauseResult.PASSED, decision.blocked());
    }

    @Test
    void twoPoolsNeverFailOverAtATimeSinceBothNeedTheCms() {
        Scene lost =
                new Scene(Contoso.USUAL.pairs(2))
                        .down("server:fe41.contoso.com", "server:fe42.contoso.com");
        Decision alone = Expect.only(lost.evaluate(), Remediation.POOL_FAILOVER);
        assertFalse(alone.blocked(), alone::toString);
        lost.running(Remediation.POOL_FAILOVER, "pool:pool1.contoso.com");
        Decision second = Expect.only(lost.evaluate(), Remediation.POOL_FAILOVER);
        assertEquals(ClauseResult.FAILED, Expect.clause(second, Clause.NO_OTHER_RUN));
        String evidence =
                second.gate().stream()
                        .filter(c -> c.clause() == Clause.NO_OTHER_RUN)
                        .findFirst()
                        .orElseThrow()
                        .evidence();
        assertEquals("run run-1, POOL_FAILOVER of pool:pool1.contoso.com, is RUNNING", evidence);
    }

    @ParameterizedTest
    @EnumSource(RunState.class)
    void onlyARunThatHasEndedHoldsNothing(RunState state) {
        Decision decision =
                switched(scene().run(run(Remediation.MIRROR_FAILOVER, "store:be1", state)));
        assertEquals(
                state.ended() ? ClauseResult.PASSED : ClauseResult.FAILED,
                Expect.clause(decision, Clause.NO_OTHER_RUN));
    }

    @Test
    void theSameIsNotDoneAgainWithinTheCoolDown() {
        Decision inside =
                switched(
                        scene().ended(
                                        Remediation.MIRROR_FAILOVER,
                                        "store:be1",
                                        COOL_DOWN.minusMillis(1)));
        assertEquals(ClauseResult.FAILED, Expect.clause(inside, Clause.COOL_DOWN_OVER));
        assertTrue(inside.blocked());
        assertFalse(
                switched(scene().ended(Remediation.MIRROR_FAILOVER, "store:be1", COOL_DOWN))
                        .blocked());
    }

    @Test
    void theCoolDownIsThatOfTheTargetAndTheRemediation() {
        assertFalse(
                switched(scene().ended(Remediation.MIRROR_FAILBACK, "store:be1", Duration.ZERO))
                        .blocked());
        assertFalse(
                switched(scene().ended(Remediation.MIRROR_FAILOVER, "store:be2", Duration.ZERO))
                        .blocked());
        Policy hour = Policies.with("site:redmond", Setting.COOL_DOWN, Duration.ofHours(1));
        assertTrue(
                switched(
                                scene().policy(hour)
                                        .ended(
                                                Remediation.MIRROR_FAILOVER,
                                                "store:be1",
                                                Duration.ofMinutes(59)))
                        .blocked());
    }

    @ParameterizedTest
    @CsvSource({
        "FREEZE, '', NOT_FROZEN",
        "FREEZE, store:be1, NOT_FROZEN",
        "MAINTENANCE, pool:pool1.contoso.com, NO_MAINTENANCE",
        "MAINTENANCE, site:redmond, NO_MAINTENANCE"
    })
    void nothingStartsInAFreezeOrDuringMaintenance(Window.Kind kind, String scope, Clause clause) {
        Optional<String> where = scope.isEmpty() ? Optional.empty() : Optional.of(scope);
        Instant until = NOON.plusMillis(1);
        Decision closed =
                switched(scene().policy(Policies.with(Policies.window(kind, where, NOON, until))));
        assertTrue(closed.blocked());
        assertEquals(ClauseResult.FAILED, Expect.clause(closed, clause));
        assertTrue(
                closed.gate().stream()
                        .anyMatch(c -> c.evidence().endsWith("lasts until " + until)));
        Decision over =
                switched(
                        scene().policy(
                                        Policies.with(
                                                Policies.window(
                                                        kind, where, NOON.minusSeconds(1), NOON))));
        assertFalse(over.blocked());
        assertTrue(over.gate().stream().noneMatch(c -> c.clause() == clause));
    }

    @ParameterizedTest
    @ValueSource(strings = {"site:dublin", "store:be2", "pool:pool2.contoso.com"})
    void aWindowElsewhereStopsNothing(String scope) {
        Window window =
                Policies.window(Window.Kind.FREEZE, Optional.of(scope), NOON, NOON.plusSeconds(1));
        assertFalse(switched(scene().policy(Policies.with(window))).blocked());
    }

    @Test
    void quietHoursStopNoFailover() {
        Window window =
                Policies.window(
                        Window.Kind.QUIET_HOURS,
                        Optional.empty(),
                        NOON.plusSeconds(1),
                        NOON.plusSeconds(2));
        Decision decision = switched(scene().policy(Policies.with(window)));
        assertFalse(decision.blocked());
        assertTrue(decision.gate().stream().noneMatch(c -> c.clause() == Clause.QUIET_HOURS));
    }

    /** So many runs that hold nothing of the store: two at redmond for each at dublin. */
    private static Scene busy(Policy.Limits limits, RunState state, String... targets) {
        Scene scene = scene().policy(Policies.with(limits));
        for (String target : targets) {
            scene.run(run(Remediation.MIRROR_FAILOVER, target, state));
        }
        return scene;
    }

    private static ClauseResult kept(Scene scene) {
        return Expect.clause(switched(scene), Clause.LIMIT_KEPT);
    }

    @Test
    void noMoreRunsAtASiteThanItsLimit() {
        Policy.Limits two = new Policy.Limits(2, 9);
        assertEquals(
                ClauseResult.PASSED,
                kept(busy(two, RunState.RUNNING, "store:be3", "store:be2", "store:be4")));
        Scene full = busy(two, RunState.RUNNING, "store:be3", "sql:sql31.contoso.com/rtc");
        assertEquals(ClauseResult.FAILED, kept(full));
        assertTrue(switched(full).blocked());
        assertTrue(
                switched(full).gate().stream()
                        .anyMatch(c ->
                                c.evidence()
                                        .equals(
                                                "2 runs at the site of 2 allowed, 2 everywhere of 9")));
    }

    @Test
    void noMoreRunsEverywhereThanTheLimitOfTheEstate() {
        Policy.Limits two = new Policy.Limits(9, 2);
        assertEquals(ClauseResult.PASSED, kept(busy(two, RunState.RUNNING, "store:be2")));
        assertEquals(
                ClauseResult.FAILED, kept(busy(two, RunState.RUNNING, "store:be2", "store:be4")));
    }

    @ParameterizedTest
    @EnumSource(RunState.class)
    void onlyRunsUnderWayCount(RunState state) {
        boolean counts = state == RunState.RUNNING || state == RunState.AWAITING_OPERATOR;
        assertEquals(
                counts ? ClauseResult.FAILED : ClauseResult.PASSED,
                kept(busy(new Policy.Limits(1, 9), state, "store:be3")));
    }

    @Test
    void everyActCarriesTheseClauses() {
        Evaluation evaluation =
                new Scene(Contoso.USUAL)
                        .down("server:fe11.contoso.com", "server:fe12.contoso.com")
                        .down("sql:sql21.contoso.com/rtc")
                        .evaluate();
        List<Decision> acts = evaluation.decisions().stream().filter(Decision::isActed).toList();
        assertEquals(4, acts.size(), evaluation::toString);
        for (Decision act : acts) {
            assertEquals(ClauseResult.PASSED, Expect.clause(act, Clause.NO_OTHER_RUN));
            assertEquals(ClauseResult.PASSED, Expect.clause(act, Clause.COOL_DOWN_OVER));
            assertEquals(ClauseResult.PASSED, Expect.clause(act, Clause.LIMIT_KEPT));
        }
    }
}
