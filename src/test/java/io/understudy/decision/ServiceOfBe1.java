package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.estate.Position;
import io.understudy.health.MirroringState;
import io.understudy.health.WitnessState;
import io.understudy.testing.Contoso;
import io.understudy.testing.Scene;
import io.understudy.testing.StoreTold;
import java.time.Duration;

/**
 * What clients get from the store be1 of pool1, read off the gate of a failover of pool2 onto
 * pool1.
 */
final class ServiceOfBe1 {

    static final String P = "sql:sql11.contoso.com/rtc";
    static final String M = "sql:sql12.contoso.com/rtc";
    static final String W = "sql:sqlw1.contoso.com/rtc";
    static final String STORE = "store:be1";
    static final Duration AGE = Policy.DEFAULT.thresholds().maxAge();
    static final Duration GRACE = Duration.ofSeconds(60);
    static final Duration MOMENT = Duration.ofMillis(1);

    private ServiceOfBe1() {}

    static Scene plain() {
        return lost(new Scene(Contoso.USUAL));
    }

    static Scene witnessed() {
        return lost(new Scene(Contoso.USUAL.withWitness()));
    }

    /** Enough of pool2 is lost for it to fail over, and not so much that its site is. */
    static Scene lost(Scene scene) {
        return scene.down("server:fe21.contoso.com", "server:fe22.contoso.com");
    }

    static GateClause clause(Scene scene) {
        Decision failover = Expect.forTarget(scene.evaluate(), "pool:pool2.contoso.com");
        assertEquals(Remediation.POOL_FAILOVER, failover.remediation(), failover::toString);
        return failover.gate().stream()
                .filter(c -> c.clause() == Clause.BACKUP_STORE_SERVING)
                .findFirst()
                .orElseThrow();
    }

    static void serves(Scene scene) {
        assertStarts("store:be1 is SERVING: ", ClauseResult.PASSED, scene);
    }

    static void isExposed(Scene scene) {
        assertStarts("store:be1 is EXPOSED: ", ClauseResult.PASSED, scene);
    }

    static void isUnavailable(Scene scene) {
        assertStarts("store:be1 is UNAVAILABLE: ", ClauseResult.FAILED, scene);
    }

    static void isUnknown(Scene scene) {
        assertStarts("store:be1 is UNKNOWN: ", ClauseResult.UNKNOWN, scene);
    }

    private static void assertStarts(String sentence, ClauseResult result, Scene scene) {
        GateClause clause = clause(scene);
        assertEquals(
                sentence,
                clause.evidence().substring(0, clause.evidence().indexOf(": ") + 2),
                clause::toString);
        assertEquals(result, clause.result());
    }

    /** No copy of it can serve, so that the pair is lost as a whole. */
    static void isLostForGood(Scene scene) {
        assertEquals("P12", Expect.forTarget(scene.evaluate(), "pool:pool2.contoso.com").rule());
    }

    static Scene told(Scene scene, MirroringState state, WitnessState witness) {
        return scene.facts(
                STORE,
                StoreTold.mirrored(scene.store("be1"), state, Position.PRIMARY)
                        .witness(witness)
                        .facts());
    }
}
