package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.understudy.health.Facts;
import io.understudy.health.PoolState;
import io.understudy.health.ServiceState;
import io.understudy.testing.Contoso;
import io.understudy.testing.Policies;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the gates of the ways back to service say, as an operator reads it. */
class WayBackGateTest {

    private static final String P = "sql:sql11.contoso.com/rtc";
    private static final String M = "sql:sql12.contoso.com/rtc";
    private static final String POOL = "pool:pool1.contoso.com";
    private static final String OTHER = "pool:pool2.contoso.com";

    private static Scene plain() {
        return new Scene(Contoso.USUAL);
    }

    private static Decision only(Scene scene, Remediation remediation) {
        return Expect.only(scene.evaluate(), remediation);
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
    void ofACmsThatIsOnlyHalfMoved() {
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
}
