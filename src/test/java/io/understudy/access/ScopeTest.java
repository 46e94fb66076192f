package io.understudy.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.SiteName;
import io.understudy.testing.Contoso;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScopeTest {

    private static final Estate ESTATE = Contoso.USUAL.estate();
    private static final Scope REDMOND = new Scope.Within(sites("redmond"), Set.of());
    private static final Scope POOL1 = new Scope.Within(Set.of(), pools("pool1.contoso.com"));

    @Test
    void toASiteBelongsWhatStandsThere() {
        covers(REDMOND, "site:redmond", "pool:pool1.contoso.com", "server:fe11.contoso.com");
        covers(REDMOND, "fileStore:pool1.contoso.com", "store:be1", "sql:sql11.contoso.com/rtc");
        covers(REDMOND, "observer:o-redmond");
        misses(REDMOND, "site:dublin", "pool:pool2.contoso.com", "store:be2", "observer:o-dublin");
        misses(REDMOND, "pool:nowhere.contoso.com", "store:none", "sql:sql11.contoso.com/other");
    }

    @Test
    void toAPoolBelongsWhatItConsistsOfAndAStoreThatIsItsAlone() {
        covers(POOL1, "pool:pool1.contoso.com", "server:fe11.contoso.com");
        covers(POOL1, "fileStore:pool1.contoso.com", "store:be1", "sql:sql12.contoso.com/rtc");
        misses(POOL1, "site:redmond", "observer:o-redmond", "pool:pool2.contoso.com", "store:be2");
    }

    @Test
    void anEmptyScopeHasNothingAndEverywhereHasEvenWhatIsNotThere() {
        misses(Scope.NOWHERE, "site:redmond", "pool:pool1.contoso.com", "store:be1");
        covers(Scope.EVERYWHERE, "site:redmond", "store:none");
    }

    @Test
    void aRoleHoldsWhereAnyGrantThatIncludesItDoes() {
        Grants grants =
                new Grants(
                        Set.of(
                                new Grant(Role.VIEWER, Scope.EVERYWHERE),
                                new Grant(Role.OPERATOR, REDMOND),
                                new Grant(Role.APPROVER, POOL1)));

        assertEquals(Scope.EVERYWHERE, grants.scope(Role.VIEWER));
        assertEquals(REDMOND, grants.scope(Role.OPERATOR));
        assertEquals(POOL1, grants.scope(Role.APPROVER));
        assertEquals(Scope.NOWHERE, grants.scope(Role.ADMIN));
        assertEquals(Set.of(Role.VIEWER), grants.unscoped());
        assertEquals(Set.of(Role.VIEWER, Role.OPERATOR, Role.APPROVER), grants.roles());
        assertFalse(grants.everywhere(Role.OPERATOR));
        assertEquals("pool:pool1.contoso.com, site:redmond", REDMOND.or(POOL1).toString());
    }

    @Test
    void whoOperatesSomewhereSeesThatAndNoMore() {
        Grants grants = new Grants(Set.of(new Grant(Role.OPERATOR, POOL1)));

        assertEquals(POOL1, grants.scope(Role.VIEWER));
        assertEquals(Set.of(), grants.unscoped());
    }

    private static void covers(Scope scope, String... ids) {
        for (String id : ids) {
            assertTrue(scope.covers(ESTATE, ComponentId.parse(id)), scope + " has " + id);
        }
    }

    private static void misses(Scope scope, String... ids) {
        for (String id : ids) {
            assertFalse(scope.covers(ESTATE, ComponentId.parse(id)), scope + " has no " + id);
        }
    }

    private static Set<SiteName> sites(String name) {
        return Set.of(new SiteName(name));
    }

    private static Set<PoolFqdn> pools(String name) {
        return Set.of(new PoolFqdn(name));
    }
}
