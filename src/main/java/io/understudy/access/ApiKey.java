package io.understudy.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A key as it is kept: never the key itself.
 *
 * @param id the first 16 hex digits of the key's SHA-256, by which it is found
 * @param name who uses it; the actor in the audit
 * @param hash SHA-256 of the key, 64 hex digits
 */
public record ApiKey(
        String id,
        String name,
        Set<Role> roles,
        String hash,
        Instant createdAt,
        Optional<Instant> revokedAt) {

    public ApiKey {
        roles = Set.copyOf(roles);
    }

    /** The key's hash is nobody's business. */
    @Override
    public String toString() {
        return "key " + id + " of " + name + " " + roles;
    }
}
