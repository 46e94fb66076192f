package io.understudy.app;

import io.understudy.access.ApiKey;
import io.understudy.access.KeyAudit;
import io.understudy.access.KeyStore;
import io.understudy.access.Keys;
import io.understudy.access.Role;
import io.understudy.run.Run;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The first administrator's key. Only its hash is kept. */
final class AdminKey {

    private static final System.Logger LOGGER = System.getLogger(AdminKey.class.getName());
    private static final String NAME = "admin";

    private AdminKey() {}

    /**
     * Sees to it that there is an administrator: the given key is kept, and where none is given and
     * there is no key at all, one is made and shown, this once.
     *
     * @param given a key that somebody has chosen; never shown
     * @param chance makes a new secret
     */
    static void ensure(
            KeyStore keys, Optional<String> given, Supplier<String> chance, InstantSource clock) {
        if (given.isPresent()) {
            keep(keys, given.get(), clock);
        } else if (keys.all().isEmpty()) {
            String key = chance.get();
            keep(keys, key, clock);
            LOGGER.log(Level.INFO, shown(key));
        }
    }

    private static void keep(KeyStore keys, String secret, InstantSource clock) {
        ApiKey key = Keys.keep(secret, NAME, Set.of(Role.ADMIN), clock.instant());
        keys.add(key, KeyAudit.made(key, Run.UNDERSTUDY));
    }

    static String shown(String key) {
        return """


        ================================================================================
          The administrator's key, shown this once and kept only as a hash:

            %s

          Use it as:  Authorization: Bearer <key>
        ================================================================================
        """
                .formatted(key);
    }
}
