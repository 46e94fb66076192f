package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.Policies;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What makes two decisions the same, what blocks one, and in which order they stand. */
class DecisionTest {

    private static final String P = "sql:sql11.contoso.com/rtc";
    private static final String STORE = "store:be1";

    private static Scene lost() {
        return new Scene(Contoso.USUAL).down(P);
    }

    private static Decision decided(Scene scene) {
        return Expect.forTarget(scene.evaluate(), STORE);
    }

    private static String essence(Scene scene) {
        return decided(scene).essence();
    }

    @Test
    void itsEssenceIsAllThatDistinguishesIt() {
        assertEquals(
                "MIRROR_FAILOVER|store:be1|B3|AUTOMATE|0|PRINCIPAL_SEEN_DOWN=PASSED,"
                        + "MIRROR_REACHABLE=PASSED,WITNESS_ALLOWS=PASSED,MIRROR_SYNCHRONIZED=PASSED,"
                        + "FRONT_END_QUORUM_KEPT=PASSED,COOL_DOWN_OVER=PASSED|POOL_FAILOVER/P1,"
                        + "FORCED_MIRROR_FAILOVER/B3,REPAIR/B3",
                essence(lost()));
    }

    @Test
    void evidenceAndRunsMakeItNoOther() {
        assertEquals(essence(lost()), essence(lost().later(Duration.ofSeconds(30))));
        Scene running = lost().running(Remediation.MIRROR_FAILOVER, STORE);
        assertTrue(decided(running).blocked());
        assertEquals(essence(lost()), essence(running));
        assertEquals(
                essence(lost()),
                essence(
                        lost().policy(Policies.with(new Policy.Limits(1, 1)))
                                .running(Remediation.POOL_FAILOVER, "pool:pool2.contoso.com")));
    }

    @Test
    void aClauseThatComesOutOtherwiseMakesItAnother() {
        assertNotEquals(
                essence(lost()),
                essence(lost().unheard("server:fe11.contoso.com", "server:fe12.contoso.com")));
    }

    @Test
    void onlyARequiredClauseBlocks() {
        for (ClauseResult result : ClauseResult.values()) {
            assertFalse(new GateClause(Clause.LIMIT_KEPT, result, false, "").blocks());
            assertEquals(
                    result != ClauseResult.PASSED,
                    new GateClause(Clause.LIMIT_KEPT, result, true, "").blocks());
        }
    }

    @Test
    void storesComeBeforeTheCmsAndThatBeforeEdgesAndThoseBeforePoolsAndTheRestLast() {
        Scene scene =
                new Scene(new Grown(Contoso.USUAL.pairs(2)).chat().mediation().estate())
                        .down("server:fe11.contoso.com", "server:fe12.contoso.com")
                        .down("sql:sql31.contoso.com/rtc", "server:m1.contoso.com")
                        .down("sql:sqlc1.contoso.com/rtc", "sql:sqlc2.contoso.com/rtc")
                        .planned(Remediation.POOL_FAILOVER, "pool:pool4.contoso.com");
        assertEquals(
                List.of(
                        "MIRROR_FAILOVER store:be3",
                        "CMS_FAILOVER pool:pool1.contoso.com",
                        "EDGE_NEXT_HOP_CHANGE pool:edge1.contoso.com",
                        "POOL_FAILOVER pool:pool1.contoso.com",
                        "POOL_FAILOVER pool:pool4.contoso.com",
                        "CHAT_FAILOVER pool:chat1.contoso.com",
                        "REPAIR pool:med1.contoso.com"),
                scene.evaluate().decisions().stream()
                        .map(d -> d.remediation() + " " + d.target())
                        .toList());
    }

    @Test
    void ofTwoFindingsOfOneKindAndTargetTheFirstStays() {
        Evaluation evaluation =
                new Scene(Contoso.USUAL)
                        .down("server:fe11.contoso.com", "server:fe12.contoso.com")
                        .evaluate();
        long distinct =
                evaluation.findings().stream()
                        .map(f -> f.code() + " " + f.target())
                        .distinct()
                        .count();
        assertEquals(distinct, evaluation.findings().size());
        assertEquals(
                List.of(
                        "pool:edge1.contoso.com",
                        "pool:pool1.contoso.com",
                        "pool:pool1.contoso.com"),
                evaluation.findings().stream().map(f -> f.target().toString()).toList());
    }

    @Test
    void whatPolicyObservesOnlyNeedsNoApproval() {
        Policy observe =
                Policies.with(
                        List.of(
                                new Policy.ModeRule(
                                        Optional.empty(), Optional.empty(), Mode.OBSERVE)));
        Decision decision = decided(lost().policy(observe));
        assertEquals(Mode.OBSERVE, decision.mode());
        assertEquals(0, decision.approvalsRequired());
    }
}
