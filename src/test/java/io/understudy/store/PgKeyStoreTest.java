package io.understudy.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.access.ApiKey;
import io.understudy.access.KeyStore;
import io.understudy.access.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
        assertTrue(keys.add(younger) && keys.add(older) && keys.add(without));

        assertEquals(List.of(older, younger, without), keys.all());
        assertEquals(Optional.of(older), keys.find("c"));
        assertEquals(Optional.empty(), keys.find("e"));
    }

    @Test
    void aKeyThatIsThereIsNotReplaced() {
        keys.add(key("b", AT, Set.of(Role.VIEWER)));

        assertFalse(keys.add(key("b", AT, Set.of(Role.ADMIN))));

        assertEquals(Set.of(Role.VIEWER), keys.find("b").orElseThrow().roles());
    }

    @Test
    void aKeyIsRevokedOnceAndStillFound() {
        keys.add(key("b", AT, Set.of(Role.ADMIN)));

        assertTrue(keys.revoke("b", AT.plusSeconds(5)));
        assertFalse(keys.revoke("b", AT.plusSeconds(9)));
        assertFalse(keys.revoke("c", AT));

        assertEquals(
                Optional.of(AT.plusSeconds(5)), keys.find("b").orElseThrow().revokedAt());
    }

    @Test
    void theDatabaseRefusesAKeyThatIsNotHashed() {
        ApiKey plain =
                new ApiKey("b", "ann", Set.of(), "not a hash", AT, Optional.empty());

        String message = assertThrows(StoreFailure.class, () -> keys.add(plain)).getMessage();

        assertFalse(message.contains("not a hash"), message);
        assertEquals(List.of(), keys.all());
    }

    private static ApiKey key(String id, Instant createdAt, Set<Role> roles) {
        return new ApiKey(id, "ann", roles, id.repeat(64), createdAt, Optional.empty());
    }
}
