package io.understudy.access;

import io.understudy.audit.AuditEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where keys are kept, hashed. */
public interface KeyStore {

    /** A key by id, revoked or not. */
    Optional<ApiKey> find(String id);

    /** All keys, oldest first. */
    List<ApiKey> all();

    /**
     * Adds a key, and what the audit says of it: both or neither.
     *
     * @return false when one with this id exists, which is then unchanged and not audited
     */
    boolean add(ApiKey key, AuditEvent audit);

    /**
     * Revokes a key, and likewise audits it.
     *
     * @return false when there is none with this id that is not revoked
     */
    boolean revoke(String id, Instant at, AuditEvent audit);
}
