package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.estate.ComponentId;
import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a run keeps others away from (product.md S8). */
class LocksTest {

    private static Set<String> held(Remediation remediation, String target) {
        return Locks.of(
                Grown.of(Contoso.USUAL).chat().mediation().estate(),
                remediation,
                ComponentId.parse(target));
    }

    @Test
    void aStoreIsHeldWithThePoolsThatUseIt() {
        assertEquals(
                Set.of("store:be1", "pool:pool1.contoso.com"),
                held(Remediation.MIRROR_FAILOVER, "store:be1"));
        assertEquals(
                Set.of("store:chat", "pool:chat1.contoso.com"),
                held(Remediation.MIRROR_FAILOVER, "store:chat"));
    }

    @Test
    void aPoolIsHeldWithItsPairAndTheCms() {
        Set<String> pair = Set.of("pool:pool1.contoso.com", "pool:pool2.contoso.com", "cms");
        assertEquals(pair, held(Remediation.POOL_FAILOVER, "pool:pool1.contoso.com"));
        assertEquals(pair, held(Remediation.QUORUM_RECOVERY, "pool:pool2.contoso.com"));
        assertEquals(
                Set.of("pool:med1.contoso.com", "cms"),
                held(Remediation.REPAIR, "pool:med1.contoso.com"));
    }

    @Test
    void aPoolIsHeldWithItsNextHopAndThePairOfThat() {
        assertEquals(
                Set.of(
                        "pool:edge1.contoso.com",
                        "pool:pool1.contoso.com",
                        "pool:pool2.contoso.com",
                        "cms"),
                held(Remediation.EDGE_NEXT_HOP_CHANGE, "pool:edge1.contoso.com"));
        assertEquals(
                Set.of(
                        "pool:chat1.contoso.com",
                        "pool:pool1.contoso.com",
                        "pool:pool2.contoso.com",
                        "cms"),
                held(Remediation.CHAT_FAILOVER, "pool:chat1.contoso.com"));
    }

    @Test
    void whatMovesTheCmsHoldsItWhateverItIsAbout() {
        assertEquals(Set.of("site:redmond"), held(Remediation.REPAIR, "site:redmond"));
        assertEquals(Set.of("site:redmond", "cms"), held(Remediation.CMS_FAILOVER, "site:redmond"));
    }
}
