package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.PoolRole;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.health.Facts;
import io.understudy.health.PoolState;
import io.understudy.health.ServiceState;
import io.understudy.health.Status;
import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import io.understudy.testing.StoreTold;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The gate of a failover of Persistent Chat (row O10), as an operator reads it. */
class ChatGateTest {

    private static final String STORE = "store:chat";
    private static final String FIRST = "sql:sqlc1.contoso.com/rtc";
    private static final String SECOND = "sql:sqlc2.contoso.com/rtc";
    private static final String[] HOP_LOST = {"server:fe11.contoso.com", "server:fe12.contoso.com"};

    private static Estate chat() {
        return Grown.of(Contoso.USUAL).chat().estate();
    }

    private static Scene lost() {
        return new Scene(chat()).down(FIRST, SECOND);
    }

    private static Decision moved(Scene scene) {
        return Expect.only(scene.evaluate(), Remediation.CHAT_FAILOVER);
    }

    private static String nextHop(Scene scene) {
        return Expect.words(moved(scene), Clause.NEXT_HOP_SERVING);
    }

    @Test
    void everyCopyIsNamedWithWhatIsSeenOfIt() {
        String down =
                " is DOWN since 2026-11-21T12:00:00Z"
                        + " (o-dublin says DOWN, o-lisbon says DOWN, o-redmond says DOWN)";
        Decision decision = moved(lost());
        assertEquals(
                "PASSED: " + FIRST + down, Expect.words(decision, Clause.CHAT_STORE_SEEN_DOWN));
        assertEquals("PASSED: " + SECOND + down, Expect.words(decision, Clause.MIRROR_SEEN_DOWN));
        assertEquals(
                "PASSED: sql:sqlc3.contoso.com/rtc is UP since 2026-11-21T12:00:00Z"
                        + " (o-dublin says UP, o-lisbon says UP, o-redmond says UP)",
                Expect.words(decision, Clause.LOG_SHIPPING_SECONDARY_REACHABLE));
    }

    @Test
    void chatIsReachedThroughItsNextHop() {
        assertEquals(
                "PASSED: pool1.contoso.com: 3 of 3 Front End Servers run, 2 are required",
                nextHop(lost()));
        assertEquals(
                "PASSED: pool1.contoso.com is failed over first", nextHop(lost().down(HOP_LOST)));
        assertEquals(
                "PASSED: pool1.contoso.com is failed over to its pair",
                nextHop(
                        lost().down(HOP_LOST)
                                .facts(
                                        "pool:pool1.contoso.com",
                                        PoolTold.WELL.state(PoolState.FAILED_OVER).facts())));
        assertEquals(
                "FAILED: pool1.contoso.com: 1 of 3 Front End Servers run, 2 are required",
                nextHop(lost().down(HOP_LOST).down("server:fe23.contoso.com")));
    }

    @Test
    void aNextHopThatIsStartedAgainDoesNotServeYet() {
        Scene scene = lost();
        for (String server : HOP_LOST) {
            scene.facts(server, new Facts.OfServer(Map.of("RTCSRV", ServiceState.STOPPED)));
        }
        assertEquals("F5", Expect.forTarget(scene.evaluate(), "pool:pool1.contoso.com").rule());
        assertEquals(
                "FAILED: pool1.contoso.com: 1 of 3 Front End Servers run, 2 are required",
                nextHop(scene));
        assertTrue(moved(scene).blocked());
    }

    @Test
    void anEstateThatNamesNoNextHopHoldsNobodyBack() {
        Scene scene = new Scene(chatPool(Optional.empty(), Optional.of(new StoreName("chat"))));
        Decision decision = moved(scene.down(FIRST, SECOND));
        assertEquals(
                "UNKNOWN?: the estate names no next hop of the chat pool: see that users reach it",
                Expect.words(decision, Clause.NEXT_HOP_SERVING));
        assertFalse(decision.blocked());
    }

    @Test
    void aStoreWithoutMirrorHasNoneToSeeDown() {
        Estate estate =
                Grown.of(Contoso.USUAL)
                        .chat()
                        .stores(store -> store.id().toString().equals(STORE) ? alone(store) : store)
                        .estate();
        assertEquals(
                "PASSED: it has no mirror",
                Expect.words(moved(new Scene(estate).down(FIRST)), Clause.MIRROR_SEEN_DOWN));
    }

    private static Store alone(Store store) {
        return new Store(
                store.name(),
                store.site(),
                store.technology(),
                store.primary(),
                Optional.empty(),
                Optional.empty(),
                store.databases(),
                store.logShipping());
    }

    @Test
    void aChatPoolWhoseStoreTheEstateDoesNotNameIsOnlySeenByItsServers() {
        PoolFqdn hop = new PoolFqdn("pool1.contoso.com");
        Scene scene = new Scene(chatPool(Optional.of(hop), Optional.empty()));
        assertEquals(Evaluation.NOTHING, scene.evaluate());
        scene.down("server:c1.contoso.com");
        assertEquals("O8", Expect.only(scene.evaluate(), Remediation.REPAIR).rule());
    }

    @Test
    void shippingThatIsNotConfiguredIsNotBehind() {
        StoreTold behind =
                StoreTold.nothing()
                        .shipped(
                                Optional.of(Duration.ofHours(9)), Optional.of(Duration.ofHours(9)));
        Estate estate =
                Grown.of(Contoso.USUAL)
                        .chat()
                        .stores(store ->
                                store.id().toString().equals(STORE) ? unshipped(store) : store)
                        .estate();
        assertEquals(Evaluation.NOTHING, new Scene(estate).facts(STORE, behind.facts()).evaluate());
        assertEquals(
                "O11",
                Expect.only(
                                new Scene(chat()).facts(STORE, behind.facts()).evaluate(),
                                Remediation.REPAIR)
                        .rule());
    }

    private static Store unshipped(Store store) {
        return new Store(
                store.name(),
                store.site(),
                store.technology(),
                store.primary(),
                store.mirror(),
                store.witness(),
                store.databases(),
                Optional.empty());
    }

    @Test
    void aServerWhoseStateNobodyKnowsIsNoServerThatIsLeft() {
        Scene scene = new Scene(chat()).down("server:c1.contoso.com");
        scene.all(Status.UNKNOWN, "server:c2.contoso.com");
        Decision decision = Expect.only(scene.evaluate(), Remediation.REPAIR);
        assertTrue(decision.reason().endsWith("0 active servers are left."), decision::reason);
    }

    private static Estate chatPool(Optional<PoolFqdn> nextHop, Optional<StoreName> store) {
        Estate usual = chat();
        List<Pool> pools =
                usual.pools().stream()
                        .map(pool ->
                                pool.role() == PoolRole.PERSISTENT_CHAT
                                        ? like(pool, nextHop, store)
                                        : pool)
                        .toList();
        return new Estate(usual.name(), usual.sites(), pools, usual.stores(), usual.observers());
    }

    private static Pool like(Pool pool, Optional<PoolFqdn> nextHop, Optional<StoreName> store) {
        return new Pool(
                pool.fqdn(),
                pool.role(),
                pool.edition(),
                pool.release(),
                pool.site(),
                pool.servers(),
                store,
                pool.backupPool(),
                pool.centralManagement(),
                pool.users(),
                pool.capacity(),
                nextHop,
                pool.federationRoute());
    }
}
