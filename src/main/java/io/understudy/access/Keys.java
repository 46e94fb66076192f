package io.understudy.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** How a key becomes what is kept of it, and how it is known again. */
public final class Keys {

    private static final int ID_DIGITS = 16;

    private Keys() {}

    /** What is kept of {@code key}, whose roles hold everywhere and for ever. */
    public static ApiKey keep(String key, String name, Set<Role> roles, Instant createdAt) {
        return keep(key, name, Grants.everywhere(roles), createdAt, Optional.empty());
    }

    /** What is kept of {@code key}, not revoked. */
    public static ApiKey keep(
            String key,
            String name,
            Grants grants,
            Instant createdAt,
            Optional<Instant> expiresAt) {
        String hash = hash(key);
        return new ApiKey(
                hash.substring(0, ID_DIGITS),
                name,
                grants,
                hash,
                createdAt,
                expiresAt,
                Optional.empty());
    }

    /** The kept key that {@code key} is, neither revoked nor expired; compared in constant time. */
    public static Optional<ApiKey> known(KeyStore keys, String key, Instant now) {
        String hash = hash(key);
        return keys.find(hash.substring(0, ID_DIGITS))
                .filter(kept -> kept.holds(now))
                .filter(kept -> MessageDigest.isEqual(bytes(kept.hash()), bytes(hash)));
    }

    /** The id that {@code key} has, or would have: the start of its digest. */
    public static String id(String key) {
        return hash(key).substring(0, ID_DIGITS);
    }

    private static String hash(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(key)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
