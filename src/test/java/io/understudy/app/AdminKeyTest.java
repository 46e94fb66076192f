package io.understudy.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.access.ApiKey;
import io.understudy.access.KeyAudit;
import io.understudy.access.KeyStore;
import io.understudy.access.Keys;
import io.understudy.access.Role;
import io.understudy.audit.AuditEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdminKeyTest {

    private final Kept keys = new Kept();
    private final InstantSource clock = InstantSource.fixed(Instant.EPOCH);

    private static final class Kept implements KeyStore {
        private final Map<String, ApiKey> all = new LinkedHashMap<>();
        private final List<String> audit = new ArrayList<>();

        @Override
        public Optional<ApiKey> find(String id) {
            return Optional.ofNullable(all.get(id));
        }

        @Override
        public List<ApiKey> all() {
            return List.copyOf(all.values());
        }

        @Override
        public boolean add(ApiKey key, AuditEvent event) {
            boolean added = all.putIfAbsent(key.id(), key) == null;
            if (added) {
                audit.add(event.actor() + " " + event.action());
            }
            return added;
        }

        @Override
        public boolean revoke(String id, Instant at, AuditEvent event) {
            return false;
        }
    }

    @Test
    void theFirstStartMakesOneKeyAndTheNextNone() {
        AdminKey.ensure(keys, Optional.empty(), () -> "made-secret", clock);
        AdminKey.ensure(keys, Optional.empty(), () -> "another-secret", clock);

        assertEquals(1, keys.all().size());
        assertEquals(List.of("understudy KEY_MADE"), keys.audit);
        assertEquals(
                Set.of(Role.ADMIN),
                Keys.known(keys, "made-secret", Instant.EPOCH).orElseThrow().grants().unscoped());
        assertEquals(-1, keys.all().toString().indexOf("made-secret"), "only its hash is kept");
    }

    @Test
    void aGivenKeyIsKeptOnceBesideOthersAndNoneIsMade() {
        ApiKey older = Keys.keep("older", "olga", Set.of(Role.VIEWER), Instant.EPOCH);
        keys.add(older, KeyAudit.made(older, "olga"));
        for (int start = 0; start < 2; start++) {
            AdminKey.ensure(
                    keys,
                    Optional.of("given-secret"),
                    () -> {
                        throw new AssertionError("no key is made where one is given");
                    },
                    clock);
        }

        assertEquals(2, keys.all().size());
        assertTrue(Keys.known(keys, "given-secret", Instant.EPOCH).isPresent());
    }

    @Test
    void theBlockShowsTheKeyAndTwoSecretsDiffer() {
        assertTrue(AdminKey.shown("made-secret").contains("made-secret"));
        assertNotEquals(Secrets.next(), Secrets.next());
        assertTrue(Secrets.next().length() >= 43);
    }
}
