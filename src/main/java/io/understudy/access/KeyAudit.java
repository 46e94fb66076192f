package io.understudy.access;

import io.understudy.audit.AuditEvent;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What the audit says of keys. */
public final class KeyAudit {

    private KeyAudit() {}

    /** Somebody made a key. */
    public static AuditEvent made(ApiKey key, String actor) {
        Map<String, String> details = new TreeMap<>();
        details.put("name", key.name());
        details.put("roles", key.grants().toString());
        key.expiresAt().ifPresent(end -> details.put("expiresAt", end.toString()));
        return new AuditEvent(key.createdAt(), actor, "KEY_MADE", subject(key.id()), details);
    }

    /** Somebody revoked the key with this id. */
    public static AuditEvent revoked(String id, String actor, Instant at) {
        return new AuditEvent(at, actor, "KEY_REVOKED", subject(id), Map.of());
    }

    private static String subject(String id) {
        return "key:" + id;
    }
}
