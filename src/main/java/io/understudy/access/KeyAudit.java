package io.understudy.access;

import io.understudy.audit.AuditEvent;
import java.time.Instant;
import java.util.Map;
import java.util.TreeSet;

/** What the audit says of keys. */
public final class KeyAudit {

    private KeyAudit() {}

    /** Somebody made a key. */
    public static AuditEvent made(ApiKey key, String actor) {
        return new AuditEvent(
                key.createdAt(),
                actor,
                "KEY_MADE",
                subject(key.id()),
                Map.of("name", key.name(), "roles", new TreeSet<>(key.roles()).toString()));
    }

    /** Somebody revoked the key with this id. */
    public static AuditEvent revoked(String id, String actor, Instant at) {
        return new AuditEvent(at, actor, "KEY_REVOKED", subject(id), Map.of());
    }

    private static String subject(String id) {
        return "key:" + id;
    }
}
