package io.understudy.access;

import java.time.Instant;
import java.util.Optional;

/**
 * A key as it is kept: never the key itself.
 *
 * @param id the first 16 hex digits of the key's SHA-256, by which it is found
 * @param name who uses it; the actor in the audit
 * @param hash SHA-256 of the key, 64 hex digits
 * @param expiresAt from when on it is refused
 */
public record ApiKey(
        String id,
        String name,
        Grants grants,
        String hash,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt) {

    /** Whether it may be used at a time. */
    public boolean holds(Instant at) {
        return revokedAt.isEmpty() && expiresAt.filter(end -> !at.isBefore(end)).isEmpty();
    }

    /** The key's hash is nobody's business. */
    @Override
    public String toString() {
        return "key " + id + " of " + name + " " + grants;
    }
}
