package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.Position;
import io.understudy.health.Facts;
import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.Scene;
import io.understudy.testing.StoreTold;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the gate of a move of an Availability Group says, as an operator reads it. */
class GroupGateTest {

    private static final String STORE = "store:be1";
    private static final String P = "sql:sql11.contoso.com/rtc";
    private static final Duration TEN = Duration.ofMinutes(10);
    private static final String DOWN =
            " is DOWN since 2026-11-21T12:00:00Z (o-dublin says DOWN, o-lisbon says DOWN, o-redmond says DOWN)";

    private static Decision only(Scene scene, Remediation remediation) {
        return Expect.only(scene.evaluate(), remediation);
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
}
