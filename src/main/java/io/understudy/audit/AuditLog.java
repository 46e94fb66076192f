package io.understudy.audit;

/** The append-only record. */
public interface AuditLog {

    /** Durable when this returns. */
    void append(AuditEvent event);
}
