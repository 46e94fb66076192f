package io.understudy.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.access.ApiKey;
import io.understudy.access.Grant;
import io.understudy.access.Grants;
import io.understudy.access.KeyAudit;
import io.understudy.access.KeyStore;
import io.understudy.access.Role;
import io.understudy.access.Scope;
import io.understudy.audit.AuditLog;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.SiteName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PgKeyStoreTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123456Z");

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private KeyStore keys;

    @BeforeEach
    void open() {
        keys = new PgKeyStore(database.database());
    }

    @Test
    void keysAreReadAsTheyWereAddedOldestFirst() {
        ApiKey younger = key("b", AT.plusSeconds(1), Set.of(Role.values()));
        ApiKey older = key("c", AT, Set.of(Role.MONITOR));
        ApiKey without = key("d", AT.plusSeconds(2), Set.of());
        assertTrue(add(younger) && add(older) && add(without));

        assertEquals(List.of(older, younger, without), keys.all());
        assertEquals(Optional.of(older), keys.find("c"));
        assertEquals(Optional.empty(), keys.find("e"));
    }

    @Test
    void whereItsRolesHoldAndUntilWhenIsKeptWithAKey() {
        Grant scoped =
                new Grant(
                        Role.OPERATOR,
                        new Scope.Within(
                                Set.of(new SiteName("dublin")),
                                Set.of(new PoolFqdn("pool1.contoso.com"))));
        Grants grants = new Grants(Set.of(scoped, new Grant(Role.VIEWER, Scope.EVERYWHERE)));
        ApiKey key = key("b", AT, grants, Optional.of(AT.plusSeconds(60)));

        assertTrue(add(key));

        assertEquals(Optional.of(key), keys.find("b"));
    }

    @Test
    void aKeyThatIsThereIsNotReplaced() {
        add(key("b", AT, Set.of(Role.VIEWER)));

        assertFalse(add(key("b", AT, Set.of(Role.ADMIN))));

        assertEquals(Set.of(Role.VIEWER), keys.find("b").orElseThrow().grants().unscoped());
    }

    @Test
    void aKeyIsRevokedOnceAndStillFound() {
        add(key("b", AT, Set.of(Role.ADMIN)));

        assertTrue(revoke("b", AT.plusSeconds(5)));
        assertFalse(revoke("b", AT.plusSeconds(9)));
        assertFalse(revoke("c", AT));

        assertEquals(Optional.of(AT.plusSeconds(5)), keys.find("b").orElseThrow().revokedAt());
    }

    @Test
    void theDatabaseRefusesAKeyThatIsNotHashed() {
        ApiKey plain =
                new ApiKey(
                        "b",
                        "ann",
                        Grants.NONE,
                        "not a hash",
                        AT,
                        Optional.empty(),
                        Optional.empty());

        String message = assertThrows(StoreFailure.class, () -> add(plain)).getMessage();

        assertFalse(message.contains("not a hash"), message);
        assertEquals(List.of(), keys.all());
    }

    @Test
    void whatIsDoneWithAKeyIsAuditedAndWhatIsNotDoneIsNot() {
        add(key("b", AT, Set.of(Role.ADMIN, Role.VIEWER)));
        add(key("b", AT, Set.of(Role.VIEWER)));
        revoke("b", AT);
        revoke("b", AT);

        AuditLog audit = new PgAuditLog(database.database());
        assertEquals(
                List.of(
                        KeyAudit.revoked("b", "olga", AT),
                        KeyAudit.made(key("b", AT, Set.of(Role.ADMIN, Role.VIEWER)), "olga")),
                audit.newest(9, OptionalLong.empty()).stream().map(AuditLog.Entry::event).toList());
    }

    @Test
    void aKeyThatCannotBeAuditedIsNotAdded() throws Exception {
        database.execute("drop trigger audit_head_follows_the_chain on audit_head");
        database.execute("delete from audit_head");

        assertThrows(StoreFailure.class, () -> add(key("b", AT, Set.of())));

        assertEquals(List.of(), keys.all());
    }

    private boolean add(ApiKey key) {
        return keys.add(key, KeyAudit.made(key, "olga"));
    }

    private boolean revoke(String id, Instant at) {
        return keys.revoke(id, at, KeyAudit.revoked(id, "olga", at));
    }

    private static ApiKey key(String id, Instant createdAt, Set<Role> roles) {
        return key(id, createdAt, Grants.everywhere(roles), Optional.empty());
    }

    private static ApiKey key(
            String id, Instant createdAt, Grants grants, Optional<Instant> expiresAt) {
        return new ApiKey(id, "ann", grants, id.repeat(64), createdAt, expiresAt, Optional.empty());
    }
}
